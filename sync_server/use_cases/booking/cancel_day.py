"""Calling a day pass off before its day: the place and the credit are there again."""

from domain.account import CreditReturned
from domain.calendar import DAY_MIN, day_window
from domain.day_pass import DayPass, DayPassCancelled
from domain.site import Site
from domain.subjects import HOUSE, site_stream
from ledger.reader import Reader
from ledger.unit import Unit
from sync_server.house import House
from sync_server.use_cases.asker import Asker, Member, runs
from sync_server.use_cases.booking.acts import actor_of, in_streams
from sync_server.use_cases.booking.cancel import REFUND_DUE
from sync_server.use_cases.booking.outcomes import NeedsHouse, No
from sync_server.use_cases.judge_up import raise_contradiction
from sync_server.use_cases.streams import stream_of

_KIND = "day_pass"


async def cancel_day(house: House, asker: Asker, day_pass_id: str) -> DayPass | No:
    """By whose it is until the day begins, by staff until it is over."""

    def read(reader: Reader) -> tuple[str, DayPass | None]:
        stream = stream_of(reader, _KIND, day_pass_id) or ""
        return stream.partition(":")[2], reader.full(_KIND, day_pass_id, DayPass)

    site_id, sold = await house.ledger.read(read)
    staff = runs(asker, site_id)
    if sold is None or not (staff or asker == Member(sold.person_id or "")):
        return No.UNKNOWN_BOOKING

    def work(unit: Unit) -> DayPass | No:
        return cancel_day_pass(unit, (site_id, day_pass_id), actor_of(asker), staff=staff)

    return await in_streams(house, site_stream(site_id), work)


def cancel_day_pass(
    unit: Unit, which: tuple[str, str], actor: str, *, staff: bool = False
) -> DayPass | No:
    """The pass `which` (site, id) is called off; money that was paid is for staff to give back.

    Locks the site's stream. Raises NeedsHouse for one from credits.
    """
    site_id, day_pass_id = which
    sold, site = unit.full(_KIND, day_pass_id, DayPass), unit.full("site", site_id, Site)
    if sold is None or site is None:
        return No.UNKNOWN_BOOKING
    window = day_window(sold.day, 0, DAY_MIN, site.zone)
    over = window is None or unit.now >= (window.end if staff else window.start)
    if sold.cancelled or over:
        return No.NOT_STANDING
    if sold.from_credit and sold.person_id:
        _give_back(unit, sold.person_id, day_pass_id, actor)
    unit.release_claim(day_pass_id)
    stream = site_stream(site_id)
    unit.append(stream, _KIND, day_pass_id, DayPassCancelled(), actor=actor)
    if any(unit.payments_of(_KIND, day_pass_id)) and sold.paid:
        raise_contradiction(unit, stream, (_KIND, day_pass_id, day_pass_id), REFUND_DUE)
    return unit.full(_KIND, day_pass_id, DayPass) or sold


def _give_back(unit: Unit, person_id: str, day_pass_id: str, actor: str) -> None:
    if not unit.locks(HOUSE):
        raise NeedsHouse
    unit.append(HOUSE, "account", person_id, CreditReturned(day_pass_id), actor=actor)
