"""Sessions of browsers: looked up, begun, handed to a person."""

from datetime import datetime

from domain.person import Person
from domain.web_sessions import ends_after
from ledger.reader import Reader
from ledger.unit import Unit
from ledger.web_sessions import WebSession
from sync_server.use_cases.chance import Ids
from sync_server.use_cases.secret_text import fresh_secret, hashed


def living(reader: Reader, secret: str, now: datetime) -> WebSession | None:
    """The session of this secret; None where it ended, or its person left the house."""
    found = reader.web_session(hashed(secret), now)
    if found is None or found.person_id is None or is_welcome(reader, found.person_id):
        return found
    return None


def is_welcome(reader: Reader, person_id: str) -> bool:
    """Whether this person can be signed in: known here, and not gone."""
    person = reader.full("person", person_id, Person)
    return person is not None and person.ended_at is None


def begin(unit: Unit, secret: str | None) -> tuple[str, WebSession]:
    """A session for somebody passing by, and its secret: the one they have, if it is unused.

    Two tabs that send something at once get the same one.
    """
    for each in (secret or fresh_secret(), fresh_secret()):
        _write(unit, each, None)
        if found := unit.web_session(hashed(each), unit.now):
            return each, found
    raise AssertionError("32 bytes of chance were in use already")


def sign_in(unit: Unit, current: WebSession | None, person_id: str) -> tuple[str, WebSession]:
    """The session goes on as this person's, with a new secret: nobody can have planted it.

    One that was another person's, or this one's before, ends.
    """
    secret = fresh_secret()
    if current and current.person_id is None:
        unit.change_web_session(current.id, hashed(secret), person_id)
        unit.touch_web_session(current.id, ends_after(unit.now))
    else:
        if current:
            unit.end_web_session(current.id)
        _write(unit, secret, person_id)
    found = unit.web_session(hashed(secret), unit.now)
    assert found, "it was written a moment ago"
    return secret, found


def seen(unit: Unit, session_id: str) -> None:
    """It is good for another thirty days."""
    unit.touch_web_session(session_id, ends_after(unit.now))


def _write(unit: Unit, secret: str, person_id: str | None) -> None:
    id_ = Ids().subject(unit.now)
    unit.begin_web_session(id_, hashed(secret), person_id, ends_after(unit.now))
