"""People: their end, and the end of what the house knows of them."""

from domain.person import Person, PersonErased, PersonOffboarded
from domain.subjects import HOUSE
from ledger.unit import Unit
from sync_server.use_cases.refusal import Refusal


def offboard(unit: Unit, person_id: str) -> Refusal | None:
    """All that hangs on this person ends now: passes, bookings, their guests."""
    if unit.full("person", person_id, Person) is None:
        return _nobody(person_id)
    unit.append(HOUSE, "person", person_id, PersonOffboarded(unit.now), actor="operator")
    unit.end_all_signing_in(person_id)
    return None


def erase_person(unit: Unit, person_id: str) -> Refusal | None:
    """Name, address and number are gone for good; what remains in the log names nobody."""
    if unit.full("person", person_id, Person) is None:
        return _nobody(person_id)
    unit.append(HOUSE, "person", person_id, PersonErased(unit.now), actor="operator")
    unit.erase_card(person_id)
    unit.end_all_signing_in(person_id)
    return None


def _nobody(person_id: str) -> Refusal:
    return Refusal("unknown_person", f"There is nobody with the id {person_id} here.")
