"""A day pass is called off before its day: its place and its credit are there again."""

from dataclasses import replace

from domain.account import Account
from domain.booking import PayBy
from domain.contradiction import Contradiction
from domain.day_pass import DayPass
from sync_server.use_cases.asker import Anyone, Auditor, Member, Operator
from sync_server.use_cases.booking.cancel_day import cancel_day
from sync_server.use_cases.booking.outcomes import No
from tests.sync_server.booking.test_day_passes import DAY, _pays, sold
from tests.sync_server.booking.town import MEMBER, NOBODYS, OTHER, TOMORROW, Town


async def test_place_and_credit_are_there_again(town: Town) -> None:
    made = await sold(town, MEMBER, pay_by=None)
    done = await cancel_day(town.house, Member(MEMBER), made.day_pass_id)
    assert isinstance(done, DayPass)
    assert done.cancelled
    assert await town.held() == []
    account = await town.state("account", MEMBER, Account)
    assert account == Account()
    assert await cancel_day(town.house, Member(MEMBER), made.day_pass_id) is No.NOT_STANDING


async def test_only_by_whose_it_is_and_by_staff(town: Town) -> None:
    made = await sold(town)
    for by in (Anyone(), Auditor(), Member(OTHER), Operator("elsewhere")):
        assert await cancel_day(town.house, by, made.day_pass_id) is No.UNKNOWN_BOOKING
    assert await cancel_day(town.house, Operator(), "ghost") is No.UNKNOWN_BOOKING
    town.clock.now = TOMORROW
    assert await cancel_day(town.house, Member(NOBODYS), made.day_pass_id) is No.NOT_STANDING
    assert isinstance(await cancel_day(town.house, Operator(), made.day_pass_id), DayPass)


async def test_money_that_was_paid_is_for_staff_to_give_back(town: Town) -> None:
    made = await sold(town, pay_by=PayBy.LINK)
    await _pays(town, made)
    done = await cancel_day(town.house, Member(NOBODYS), made.day_pass_id)
    before = await town.state("day_pass", made.day_pass_id, DayPass)
    assert before is not None
    assert done == replace(before, cancelled=True)
    assert before.day == DAY
    told = await town.ledger.read(lambda r: r.all("contradiction", Contradiction))
    assert [each.code for _, each in told] == ["refund_due"]
