"""Makes the fonts of the pages: Latin subsets as woff2. Run it and commit what it writes.

python assets/make_web_fonts.py  (needs fonttools[woff])
"""

from pathlib import Path
from typing import Final

from fontTools import subset

_FONTS: Final = Path(__file__).parent / "fonts"
_OUT: Final = Path(__file__).parents[1] / "sync_server" / "web" / "static" / "fonts"
FACES: Final = {
    "bricolage-500": _FONTS / "BricolageGrotesque_500Medium.ttf",
    "bricolage-600": _FONTS / "BricolageGrotesque_600SemiBold.ttf",
    "hanken-400": _FONTS / "web" / "HankenGrotesk_400Regular.ttf",
    "hanken-500": _FONTS / "HankenGrotesk_500Medium.ttf",
    "hanken-600": _FONTS / "HankenGrotesk_600SemiBold.ttf",
}
CHARACTERS: Final = "U+0020-007E,U+00A0-017F,U+0218-021B,U+2010-2015,U+2018-201E,U+2022,U+2026,U+202F,U+2030,U+2032,U+2033,U+2039,U+203A,U+20AC,U+2122,U+2190-2193,U+2212,U+2215,U+00D7"  # noqa: E501
"""Latin, Latin Extended-A, the Romanian comma letters, punctuation, the euro and arrows."""
FEATURES: Final = ("ccmp", "kern", "liga", "locl", "mark", "mkmk")


def main() -> None:
    """Write every face."""
    _OUT.mkdir(parents=True, exist_ok=True)
    for name, source in FACES.items():
        options = subset.Options(
            flavor="woff2", layout_features=list(FEATURES), hinting=False, desubroutinize=True
        )
        font = subset.load_font(str(source), options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=subset.parse_unicodes(CHARACTERS))
        subsetter.subset(font)
        subset.save_font(font, str(_OUT / f"{name}.woff2"), options)


if __name__ == "__main__":
    main()
