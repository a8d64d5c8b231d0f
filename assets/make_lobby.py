"""Draws the lobby of the pages: brick, two windows, an open door. Run it, commit what it writes.

python assets/make_lobby.py
"""

import random
from collections import defaultdict
from pathlib import Path
from typing import Final

_OUT: Final = Path(__file__).parents[1] / "sync_server" / "web" / "static" / "lobby.svg"
WIDTH: Final = 760
HEIGHT: Final = 432
FLOOR: Final = 364
BRICKS: Final = ("#9a5a42", "#8f513b", "#a3654c", "#955641", "#88503d", "#a76b52")
MORTAR: Final = "#b08570"
FRAME: Final = "#3a2f29"
SILL: Final = "#d8b98f"
LIGHT: Final = "#fbe7be"


def wall() -> str:
    """A running bond; bricks of one colour are one path."""
    chance, laid = random.Random(7), defaultdict[str, list[str]](list)  # noqa: S311 - a drawing
    for row in range(FLOOR // 17 + 1):
        left = -22 * (row % 2)
        for column in range(WIDTH // 44 + 2):
            laid[chance.choice(BRICKS)].append(
                f"M{left + column * 44 + 1} {row * 17 + 1}h41v14h-41z"
            )
    return "".join(f'<path fill="{colour}" d="{"".join(each)}"/>' for colour, each in laid.items())


def window(left: int, top: int, width: int, height: int) -> str:
    """Three by four panes of morning."""
    bars = "".join(f"M{left + width * n // 3 - 2} {top}h4v{height}h-4z" for n in (1, 2))
    bars += "".join(f"M{left} {top + height * n // 4 - 2}h{width}v4h-{width}z" for n in (1, 2, 3))
    return (
        f'<path fill="{FRAME}"'
        f' d="M{left - 9} {top - 9}h{width + 18}v{height + 14}h-{width + 18}z"/>'
        f'<path fill="url(#sky)" d="M{left} {top}h{width}v{height}h-{width}z"/>'
        f'<path fill="{FRAME}" d="{bars}"/>'
        f'<path fill="{SILL}" d="M{left - 14} {top + height + 4}h{width + 28}v9h-{width + 28}z"/>'
    )


def lamp(middle: int, top: int) -> str:
    return (
        f'<path fill="#2a211c" d="M{middle - 1} 0h2v{top}h-2z"/>'
        f'<path fill="#2b2420" d="M{middle - 26} {top + 22}c0-16 18-24 26-24s26 8 26 24z"/>'
        f'<ellipse cx="{middle}" cy="{top + 22}" rx="20" ry="3.500" fill="#f8e2a8"/>'
    )


def plant(left: int, floor: int) -> str:
    """Five leaves in a pot."""
    leaves = ((-34, 0, "#3e6a4e"), (-16, 34, "#2f5640"), (4, 44, "#4a7a5a"), (22, 24, "#35604a"),
              (40, -8, "#2f5640"))  # fmt: skip
    root = floor - 42
    drawn = "".join(
        f'<path fill="{colour}" d="M{left} {root}c{lean}-{22 + up} {lean * 1.7:.0f}-{62 + up}'
        f" {lean * 1.5:.0f}-{102 + up}c{-lean * 0.7:.0f} 30 {-lean * 1.2:.0f} 70"
        f' {-lean * 1.5:.0f} {102 + up}z"/>'
        for lean, up, colour in leaves
    )
    return drawn + f'<path fill="#d9cfc0" d="M{left - 30} {root}l8 44h44l8-44z"/>'


def door(left: int, top: int) -> str:
    """It stands open, and there is light behind it."""
    down = FLOOR - top
    return (
        f'<path fill="#33291f" d="M{left} {top}h112v{down}h-112z"/>'
        f'<path fill="#f6e6be" d="M{left + 10} {top + 10}h92v{down - 10}h-92z"/>'
        f'<path fill="#7c5636" d="M{left + 10} {top + 10}l38 16v{down + 8}l-38-18z"/>'
        f'<circle cx="{left + 41}" cy="{top + down // 2 + 16}" r="4" fill="#e3c48f"/>'
    )


def counter() -> str:
    boards = "".join(f"M{x} {FLOOR - 58}h2v112h-2z" for x in range(12, 280, 26))
    return (
        f'<path fill="#6f4b2e" d="M0 {FLOOR - 60}h280v114H0z"/><path fill="#5b3c24" d="{boards}"/>'
        f'<path fill="#d6b183" d="M0 {FLOOR - 74}h292v16H0z"/>'
        f'<path fill="#ede6da" d="M40 {FLOOR - 74}v-26h26v26z"/>'
        f'<path fill="#c7a25c" d="M92 {FLOOR - 74}c0-14 26-14 26 0z"/>'
    )


def floor() -> str:
    joints = "".join(f"M0 {y}h{WIDTH}v1.500H0z" for y in (376, 391, 410, 424))
    panes = ((80, 200, 300, 130), (290, 410, 560, 390), (510, 602, 690, 560))
    light = "".join(f"M{a} {FLOOR + 10}H{b}L{c} {HEIGHT}H{d}z" for a, b, c, d in panes)
    return (
        f'<path fill="#a67c50" d="M0 {FLOOR}h{WIDTH}v{HEIGHT - FLOOR}H0z"/>'
        f'<path fill="#7b5836" opacity=".5" d="{joints}"/>'
        f'<path fill="#fcebc2" opacity=".55" d="{light}"/>'
    )


def lobby() -> str:
    """The whole picture."""
    sky = (
        '<linearGradient id="sky" x2="0" y2="1"><stop stop-color="#eaf0ee"/>'
        '<stop offset="1" stop-color="#fbefd2"/></linearGradient>'
    )
    beam = f'<path fill="{LIGHT}" opacity=".22" d="M300 30l120-16 100 {FLOOR - 14}H380z"/>'
    parts = (
        f'<path fill="{MORTAR}" d="M0 0h{WIDTH}v{FLOOR}H0z"/>', wall(), beam,
        window(60, 30, 150, 230), window(270, 30, 150, 230), door(500, 62), floor(),
        plant(660, FLOOR + 14), counter(), lamp(135, 4), lamp(345, -8),
    )  # fmt: skip
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"<defs>{sky}</defs>{''.join(parts)}</svg>"
    )


if __name__ == "__main__":
    _OUT.write_text(lobby(), encoding="utf-8")
