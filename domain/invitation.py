"""An invitation: guests of a host's booking, let in for as long as the booking lasts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Invitation:
    """`party` guests of `booking_id`; `host_id` is told when they arrive."""

    booking_id: str
    host_id: str | None
    party: int = 1


@dataclass(frozen=True, slots=True)
class GuestsInvited:
    invitation: Invitation


@dataclass(frozen=True, slots=True)
class InvitationWithdrawn:
    pass


InvitationEvent = GuestsInvited | InvitationWithdrawn


def evolve(state: Invitation | None, event: InvitationEvent) -> Invitation | None:
    match event:
        case GuestsInvited(invitation):
            return invitation
        case InvitationWithdrawn():
            return None
