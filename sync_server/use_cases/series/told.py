"""Why a day of a series is not booked: a stable code, and a sentence."""

from datetime import date, datetime

from domain.booking.outcomes import NotBookable
from sync_server.use_cases.booking.outcomes import SlotTaken
from sync_server.use_cases.series.wish import NotThatDay, Omitted
from wording import not_bookable_sentence, sentence

TAKEN = "slot_taken"


def told_why(why: NotThatDay, day: date, now: datetime, locale: str) -> tuple[str, str]:
    """Code and sentence."""
    match why:
        case NotBookable():
            return why.rule.value, not_bookable_sentence(why, now, locale)
        case SlotTaken():
            return TAKEN, sentence("series.taken", {}, locale)
        case Omitted():
            return f"series_{why.value}", sentence(f"series.{why.value}", {"day": day}, locale)
        case _:
            return why.value, sentence(f"problem.{why.value}", {}, locale)
