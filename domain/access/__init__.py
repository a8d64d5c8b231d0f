"""The one admission rule: who is let in where, until when, and what to do if not.

`decide_access` is pure and total. Kiosk, server and replay call the same function on facts
that hold exactly what a kiosk may know. Raise `RULE` with each change of behaviour.
"""

from datetime import datetime
from typing import Final

from domain.access.facts import AccessFacts, Ask, BookingFact
from domain.access.judge import judge_both, room_left
from domain.access.outcomes import (
    Act,
    Admitted,
    AskStaff,
    BuyDayPass,
    Do,
    EnterFewer,
    Outcome,
    Pay,
    Reason,
    Refused,
    Remedy,
    UseDoor,
    Wait,
)
from domain.access.remedies import apply_remedy, remedies_for

__all__ = [
    "RULE",
    "AccessFacts",
    "Act",
    "Admitted",
    "Ask",
    "AskStaff",
    "BookingFact",
    "BuyDayPass",
    "Do",
    "EnterFewer",
    "Outcome",
    "Pay",
    "Reason",
    "Refused",
    "Remedy",
    "UseDoor",
    "Wait",
    "apply_remedy",
    "decide_access",
    "room_left",
]

RULE: Final = 2


def decide_access(facts: AccessFacts, ask: Ask, now: datetime) -> Outcome:
    """Admit `ask.people` by these facts at `now`, or refuse with what would work instead.

    Every Wait and Do among the remedies makes this rule admit once it is waited for or done.
    """
    verdict = judge_both(facts, ask, now)
    if isinstance(verdict, Admitted):
        return verdict
    return Refused(verdict.reason, remedies_for(facts, ask, now, verdict), verdict.since)
