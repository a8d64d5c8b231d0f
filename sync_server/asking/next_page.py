"""Which page comes after signing in: one of ours, whatever an address may say."""

from typing import Final

HOME: Final = "/me"
_LONGEST: Final = 1000


def next_page(text: str | None) -> str:
    """The path if it stays in this house, else the member's own page.

    Browsers read a backslash as a slash, drop tabs and line ends, and take `//host` for another
    house (WHATWG URL).
    """
    path = text or ""
    stays = path.startswith("/") and not path.startswith("//") and len(path) <= _LONGEST
    return path if stays and path.isprintable() and "\\" not in path else HOME
