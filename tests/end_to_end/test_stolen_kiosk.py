"""A stolen kiosk tells nothing: its disk is searched for every name, address and number."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.cards import Card
from sync_server.use_cases.names import display_name
from tests.end_to_end.house import House
from tests.end_to_end.processes import Line, Process, wait_until

TMPFS = Path("/dev/shm")
GREETED = ("member", "booking", "host", "staff")
"""Admitted at any hour of any day."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    stands = House(tmp_path, members=24)
    with sqlite3.connect(stands.data / "foyer.sqlite") as db:
        db.execute("UPDATE card SET phone = '+49 30 9018' || substr(1000 + rowid, 2)")
    db.close()
    yield stands
    stands.close()


def cards(house: House) -> list[Card]:
    with sqlite3.connect(house.data / "foyer.sqlite") as db:
        rows = db.execute("SELECT name, mail, phone FROM card").fetchall()
    db.close()
    return [Card(*row) for row in rows]


def telling(house: House) -> set[str]:
    """All that would name somebody: whole names, parts of them, addresses, numbers."""
    found = set()
    for card in cards(house):
        digits = card.phone.replace(" ", "")
        parts = [part for part in card.name.split() if len(part) > 4]
        local = card.mail.partition("@")[0]
        found |= {card.name, display_name(card.name), card.mail, card.phone, digits, *parts}
        found |= {local} if len(local) > 4 else set()
    return found


def found_in(haystack: bytes, words: set[str]) -> set[str]:
    """Words in some bytes, whatever their case, as UTF-8 or UTF-16."""
    lower = haystack.lower()
    return {
        word
        for word in words
        if any(word.lower().encode(code) in lower for code in ("utf-8", "utf-16-le", "utf-16-be"))
    }


def bytes_of(folder: Path) -> bytes:
    return b"\0".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def greet(kiosk: Process, house: House, number: int, name: str) -> Line:
    """Show a code; what the screen said."""
    mark = len(kiosk.lines)
    kiosk.tell(act="show", code=house.code(name), people=2, number=number)
    kiosk.wait_for(lambda line: line["what"] == "acted" and line["number"] == number, mark)
    return next(line for line in kiosk.lines[mark:] if line["what"] == "screen")


def has_names(data: Path) -> bool:
    with sqlite3.connect(f"file:{data / 'kiosk.sqlite'}?mode=ro", uri=True) as db:
        (count,) = db.execute("SELECT count(*) FROM name").fetchone()
    db.close()
    return bool(count)


@pytest.mark.timeout(90)
def test_after_a_power_cut_no_byte_on_the_kiosk_names_anybody(house: House) -> None:
    words = telling(house)
    written = {text for card in cards(house) for text in (card.name, card.mail, card.phone)}
    assert found_in(bytes_of(house.data), written) == written, "the search finds what is there"
    server = house.start_server()
    data = house.enrol("kiosk")
    kiosk_id = json.loads((data / "identity.json").read_text())["kiosk_id"]
    key = TMPFS / f"foyer-{kiosk_id}.key"
    kiosk = house.start_driven_kiosk(data)
    kiosk.wait_for(lambda line: line["what"] == "session")
    wait_until(lambda: has_names(data), "no names came down")
    for number, name in enumerate(GREETED):
        assert greet(kiosk, house, number, name)["named"], name
    for number, name in enumerate(("expired", "revoked", "group", "other_site"), start=10):
        greet(kiosk, house, number, name)
    server.kill()
    kiosk.kill()
    said = kiosk.lines
    assert found_in(bytes_of(data), words) == set()

    kiosk = house.start_driven_kiosk(data)
    assert greet(kiosk, house, 20, "member")["named"], "a crash without the server keeps names"
    kiosk.kill()
    said += kiosk.lines
    stolen = house.folder / "stolen"
    shutil.copytree(data, stolen)
    secret = key.read_text()
    key.unlink()

    disk = bytes_of(stolen)
    assert found_in(disk, words) == set()
    assert bytes.fromhex(secret) not in disk
    assert secret.encode() not in disk
    assert found_in(json.dumps(said, ensure_ascii=False).encode(), words) == set()
    for log in ("kiosk.log", "server.log"):
        assert found_in((house.folder / log).read_bytes(), words) == set(), log

    kiosk = house.start_driven_kiosk(stolen)
    screen = greet(kiosk, house, 30, "member")
    assert (screen["kind"], screen["named"]) == ("WelcomeAnswer", False)
    kiosk.kill()
