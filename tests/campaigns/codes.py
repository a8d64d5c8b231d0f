"""The code campaign: good passes changed in every way we can think of; none may be read.

`python -m tests.campaigns codes --count 100000` on demand; the suite runs a small sample.
"""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from domain.codes import ALPHABET, PREFIX, CodeProblem, PassCode, print_code, read_code
from domain.passes import Entry, GrantKind
from ledger.seal import SigningKey, verifier

HOUSE_KEY: Final = SigningKey(bytes(range(32)))
FOREIGN_KEY: Final = SigningKey(bytes(range(1, 33)))
VERIFY: Final = verifier({0: HOUSE_KEY.public_hex, 1: SigningKey(bytes(32)).public_hex})
STRANGE: Final = (
    "abvwxyzWXYZ0O1Il -_=+/\\.,:;'\"<>&%$#@!?\t\n\r\0\x7f\x80ß€ſıＡ０🙂\u200b\u202e\ud800"
)

Mutation = Callable[[str, Random], str]


@dataclass(slots=True)
class CodeSummary:
    """How many texts each kind of change gave, what they were read as, and what went wrong."""

    count: int
    changes: dict[str, int] = field(default_factory=dict)
    read_as: dict[str, int] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


def random_pass(chance: Random) -> PassCode:
    """Any pass this house might print."""
    issued = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=chance.randrange(10**8))
    return PassCode(
        key_number=0,
        site_number=chance.randrange(4),
        issued_at=issued,
        pass_id=chance.randbytes(8).hex(),
        grant_kind=chance.choice(list(GrantKind)),
        grant_ref=chance.randbytes(8).hex(),
        valid_from=issued,
        valid_until=issued + timedelta(hours=chance.randrange(1, 9000)),
        zones=chance.randrange(1 << 16),
        resource_number=chance.randrange(200),
        entry=chance.choice(list(Entry)),
        party=chance.randrange(1, 9),
        wishes=chance.randrange(256),
    )


def run_code_campaign(count: int, seed: int = 1) -> CodeSummary:
    """Change good codes `count` times, as `seed` has it, and try to read each of them."""
    chance = Random(seed)
    summary = CodeSummary(count)
    names = sorted(MUTATIONS)
    good = ""
    for n in range(count):
        if n % 50 == 0:
            good = print_code(random_pass(chance), HOUSE_KEY.sign)
        name = names[n % len(names)]
        while (text := MUTATIONS[name](good, chance)) == good:
            pass
        _try(text, name, summary)
    return summary


def _try(text: str, name: str, summary: CodeSummary) -> None:
    _add(summary.changes, name)
    try:
        read = read_code(text, VERIFY)
    except Exception as error:  # noqa: BLE001 - whatever it raises is what we look for
        summary.broken.append(f"{name}: {text!r} raised {error!r}")
        return
    if isinstance(read, CodeProblem):
        _add(summary.read_as, read.value)
    else:
        summary.broken.append(f"{name}: {text!r} was read as {read}")


def _add(counts: dict[str, int], name: str) -> None:
    counts[name] = counts.get(name, 0) + 1


def _one_letter(good: str, chance: Random) -> str:
    at = chance.randrange(len(good))
    return good[:at] + chance.choice(ALPHABET) + good[at + 1 :]


def _some_letters(good: str, chance: Random) -> str:
    letters = list(good)
    for _ in range(chance.randrange(2, 20)):
        letters[chance.randrange(2, len(good))] = chance.choice(ALPHABET)
    return "".join(letters)


def _strange_letter(good: str, chance: Random) -> str:
    at = chance.randrange(len(good))
    return good[:at] + chance.choice(STRANGE) + good[at + 1 :]


def _left_out(good: str, chance: Random) -> str:
    at = chance.randrange(len(good))
    return good[:at] + good[at + chance.randrange(1, 9) :]


def _put_in(good: str, chance: Random) -> str:
    at = chance.randrange(len(good) + 1)
    return good[:at] + chance.choice(ALPHABET + STRANGE) * chance.randrange(1, 9) + good[at:]


def _swapped(good: str, chance: Random) -> str:
    letters = list(good)
    one, two = chance.sample(range(len(good)), 2)
    letters[one], letters[two] = letters[two], letters[one]
    return "".join(letters)


def _cut_off(good: str, chance: Random) -> str:
    return good[: chance.randrange(len(good))]


def _other_case(good: str, chance: Random) -> str:
    at = chance.randrange(len(good))
    return good[:at] + good[at:].lower()


def _around(good: str, chance: Random) -> str:
    before, after = (
        chance.choice(["", " ", "\n", "https://foyer.example/"]),
        chance.choice(" \n\0="),
    )
    return before + good + after


def _bit(good: str, chance: Random) -> str:
    """One bit of the packed pass turned round and printed again, neatly."""
    packed = bytearray(_packed(good))
    packed[chance.randrange(len(packed))] ^= 1 << chance.randrange(8)
    return _printed(bytes(packed))


def _spare_bits(good: str, chance: Random) -> str:
    """The bits of the last letter that say nothing."""
    return good[:-1] + ALPHABET[ALPHABET.index(good[-1]) ^ chance.randrange(1, 8)]


def _spliced(good: str, chance: Random) -> str:
    """The beginning of one good pass and the end of another, cut well inside of both."""
    other = print_code(random_pass(chance), HOUSE_KEY.sign)
    at = chance.randrange(30, len(good) - 1)
    return good[:at] + other[at:]


def _foreign(good: str, chance: Random) -> str:
    return print_code(random_pass(chance), FOREIGN_KEY.sign)


def _noise(good: str, chance: Random) -> str:
    """Chance bytes that begin like a pass of this house."""
    begin = _packed(good)[:3]
    return _printed(begin + chance.randbytes(len(_packed(good)) - len(begin)))


def _other_signature(good: str, chance: Random) -> str:
    """The same pass with the signature's second half grown by the order of the group."""
    packed = _packed(good)
    order = 2**252 + 27742317777372353535851937790883648493
    grown = (int.from_bytes(packed[-32:], "little") + order) % 2**256
    return _printed(packed[:-32] + grown.to_bytes(32, "little"))


def _nonsense(good: str, chance: Random) -> str:
    letters = [chr(chance.choice([chance.randrange(128), chance.randrange(0x11000)]))]
    return "".join(letters) * chance.choice([1, 169, 10_000])


def _packed(text: str) -> bytes:
    rest = text[len(PREFIX) :]
    return base64.b32hexdecode(rest + "=" * (-len(rest) % 8))


def _printed(packed: bytes) -> str:
    return PREFIX + base64.b32hexencode(packed).decode().rstrip("=")


MUTATIONS: Final[dict[str, Mutation]] = {
    name.lstrip("_"): function
    for name, function in list(globals().items())
    if callable(function) and getattr(function, "__annotations__", {}).get("good") is str
}
