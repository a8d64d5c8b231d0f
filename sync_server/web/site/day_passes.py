"""Day passes in one line on the page of a site: how many are left, and from which price on."""

from datetime import date, datetime

from domain.money import Money
from ledger.reader import Reader
from sync_server.use_cases.asker import Anyone
from sync_server.use_cases.booking.day_desk import read_day_desk
from sync_server.web.page import Voice
from sync_server.web.places import Place


def day_passes_in_words(
    reader: Reader, place: Place, day: date, now: datetime, voice: Voice
) -> str:
    """What somebody passing by is told; empty where there are none for that day."""
    if not place.site.day_products:
        return ""
    desk = read_day_desk(reader, (place.id, place.site), day, Anyone(), now)
    single = [each for each in desk.on_sale if each.offer]
    if not single:
        return ""
    if desk.left == 0:
        return voice.say("day.row.full")
    least = min(each.quote.total_cents for each in single)
    amount = Money(least, place.site.currency)
    if desk.left is None:
        return voice.say("day.row.from", amount=amount)
    return voice.say("day.row.left", left=desk.left, places=place.site.day_places, amount=amount)
