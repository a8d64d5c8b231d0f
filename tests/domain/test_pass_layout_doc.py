"""docs/pass-layout.md shows exactly what the code makes."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from domain.codes import SIGNED_PREFIX, PassCode, print_code, read_code
from domain.passes import Entry, GrantKind
from ledger.seal import SigningKey, verify

PAGE = (Path(__file__).parents[2] / "docs" / "pass-layout.md").read_text()
ROWS = re.findall(r"^\| (\d+) \| (\d+) \| ([^|]+) \| [^|]+ \| `?([0-9a-z]+)`? \|$", PAGE, re.M)
KEY = SigningKey(bytes(range(32)))
SHOWN = PassCode(
    key_number=0,
    site_number=1,
    issued_at=datetime(2026, 6, 15, 6, 30, tzinfo=UTC),
    pass_id="0123456789abcdef",
    grant_kind=GrantKind.BOOKING,
    grant_ref="fedcba9876543210",
    valid_from=datetime(2026, 6, 15, 6, 30, tzinfo=UTC),
    valid_until=datetime(2026, 6, 15, 6, 30, tzinfo=UTC) + timedelta(hours=8),
    zones=0b101,
    resource_number=12,
    entry=Entry.ONCE,
    party=8,
    wishes=3,
)


def shown_after(heading: str) -> str:
    """The indented block that follows a line."""
    block = re.search(rf"{heading}:\n\n((?:    \S+\n)+)", PAGE)
    assert block, heading
    return "".join(block[1].split())


def body() -> bytes:
    return bytes.fromhex("".join(example for *_, example in ROWS[:-1]))


def test_the_table_leaves_no_byte_out() -> None:
    at = 0
    for start, size, _, example in ROWS:
        assert int(start) == at
        assert example == "below" or len(example) == 2 * int(size)
        at += int(size)
    assert (len(ROWS), at) == (14, 104)


def test_the_example_is_what_the_code_prints() -> None:
    assert shown_after("Text") == print_code(SHOWN, KEY.sign)


def test_the_example_is_read_as_the_page_describes_it() -> None:
    def check(_: int, message: bytes, signature: bytes) -> bool:
        return verify(bytes.fromhex(shown_after("public key")), message, signature)

    assert read_code(shown_after("Text"), check) == SHOWN


def test_the_bytes_and_the_signature_are_those_of_the_example() -> None:
    signature = bytes.fromhex(shown_after("Signature"))
    assert signature == KEY.sign(SIGNED_PREFIX + body())
    assert SIGNED_PREFIX == b"foyer-pass-v1\0"
    packed = int.from_bytes(body() + signature, "big") << 3
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUV"
    text = "".join(letters[packed >> 5 * n & 31] for n in reversed(range(167)))
    assert "F1" + text == shown_after("Text")
