"""What follows from an arrival: the host of a guest is told."""

from domain.invitation import Invitation
from domain.subjects import Body
from domain.visit import Arrived
from ledger.unit import Unit
from sync_server.use_cases.mails import GUEST_ARRIVED, GUESTS_ARRIVED, queue_arrival_note

_INVITED = "invitation"


def after_arrival(unit: Unit, body: Body) -> None:
    """Call once it is recorded, wherever it was recorded first."""
    if not isinstance(body, Arrived) or body.because != _INVITED:
        return
    invitation = unit.full("invitation", body.grant_id, Invitation)
    if invitation is None or invitation.host_id is None:
        return
    what = GUEST_ARRIVED if body.person_id else GUESTS_ARRIVED
    queue_arrival_note(unit, invitation.host_id, body.pass_id, what, body.day)
