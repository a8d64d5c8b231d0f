"""Words for people: stable codes become sentences in their language, in one catalogue."""

from wording.bookings import not_bookable_sentence, price_line_words
from wording.formats import clock_time, day, day_short, length, money, weekday
from wording.lines import NO_BREAK, keep_together, split_message
from wording.refusals import Circumstances, is_soon, refusal_sentence, time_or_day
from wording.sentences import LOCALES, codes, sentence
from wording.until import until_when

__all__ = [
    "LOCALES",
    "NO_BREAK",
    "Circumstances",
    "clock_time",
    "codes",
    "day",
    "day_short",
    "is_soon",
    "keep_together",
    "length",
    "money",
    "not_bookable_sentence",
    "price_line_words",
    "refusal_sentence",
    "sentence",
    "split_message",
    "time_or_day",
    "until_when",
    "weekday",
]
