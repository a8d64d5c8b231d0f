"""The kiosk dies at every instant of a day, and the line breaks at every call of it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from domain.subjects import HOUSE
from domain.sync import EventUp, Page, PushReply
from kiosk.services.sync import SyncEngine
from ledger.kiosk import KioskUnit, outbox, pages
from ledger.kiosk.unit import SETTLED
from tests.end_to_end.simulation.log_link import Line
from tests.end_to_end.simulation.log_server import LogServer
from tests.end_to_end.simulation.mortal import Mortal
from tests.end_to_end.simulation.spend_day import spend_day

SEED = 1
PLANTED = "a commit too many"


@cache
def undisturbed() -> tuple[int, int]:
    """How many instants and calls a day has when nothing happens to it."""
    mortal, line = Mortal(), Line(SEED)
    assert spend_day([mortal], line) == []
    return len(mortal.instants), line.calls


def test_a_kiosk_that_dies_at_any_instant_loses_and_doubles_nothing() -> None:
    instants, _ = undisturbed()
    assert instants > 100
    for at in range(1, instants + 1, 2):
        dies = Mortal(at)
        assert spend_day([dies, Mortal()], Line(SEED)) == [], f"at {at}, a {dies.instants[-1]}"
        assert dies.dead


def test_a_kiosk_that_dies_again_right_after_its_start_goes_on_from_there() -> None:
    instants, _ = undisturbed()
    for at in range(1, instants + 1, 11):
        mortals = [Mortal(at), *(Mortal(again) for again in (1, 2, 3, 5)), Mortal()]
        assert spend_day(mortals, Line(SEED)) == [], f"at {at}"


@pytest.mark.parametrize("after", [False, True], ids=["call lost", "answer lost"])
def test_a_line_that_breaks_at_any_call_loses_and_doubles_nothing(after: bool) -> None:
    """As a killed server looks to the kiosk: before its commit, and between commit and answer."""
    _, calls = undisturbed()
    for at in range(1 + after, calls + 1, 4):
        line = Line(SEED, at, after=after)
        assert spend_day([Mortal()], line) == [], f"at call {at}"


class Plants:
    """Bugs that were once made, here or elsewhere; each must be found by the days above."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        self.mortal = Mortal()

    def cursor_saved_before_the_page(self) -> None:
        take = pages.apply_page

        def cursor_first(unit: KioskUnit, page: Page) -> None:
            if page.states:
                pages._move_cursor(unit, page)
                self._commit(unit)
            take(unit, page)

        self._patch.setattr(pages, "apply_page", cursor_first)

    def number_taken_before_the_event(self) -> None:
        record = KioskUnit.record

        def number_first(unit: KioskUnit, records: Any, act: Any) -> tuple[str, ...]:
            n = int(unit.meta("last_n") or 0)
            unit.set_meta("last_n", str(n + 1))
            self._commit(unit)
            unit.set_meta("last_n", str(n))
            return record(unit, records, act)

        self._patch.setattr(KioskUnit, "record", number_first)

    def sent_before_it_is_answered(self) -> None:
        choose = outbox.next_push

        def mark(unit: KioskUnit) -> tuple[EventUp, ...]:
            events = choose(unit)
            for event in events:
                unit.db.execute("UPDATE event SET status = ? WHERE id = ?", (SETTLED, event.id))
            return events

        self._patch.setattr(outbox, "next_push", mark)

    def page_taken_while_an_answer_is_on_its_way(self) -> None:
        async def never_mind(_: SyncEngine, __: str) -> None: ...

        self._patch.setattr(SyncEngine, "_pushes_answered", never_mind)

    def answer_without_its_place_in_the_log(self) -> None:
        push = LogServer.push

        def placeless(server: LogServer, *push_: Any) -> PushReply:
            reply = push(server, *push_)
            return replace(reply, results=tuple(replace(r, seq=None) for r in reply.results))

        self._patch.setattr(LogServer, "push", placeless)

    def half_of_the_news_taken_for_all_of_it(self) -> None:
        take = pages.apply_page

        def settle_too_much(unit: KioskUnit, page: Page) -> None:
            take(unit, page)
            if page.stream != HOUSE:
                outbox.settle_up_to(unit, page.to)

        self._patch.setattr(pages, "apply_page", settle_too_much)

    def _commit(self, unit: KioskUnit) -> None:
        unit.finish()
        unit.db.execute("COMMIT")
        if not self.mortal.dead:
            self.mortal.instant(PLANTED)
        unit.db.execute("BEGIN IMMEDIATE")


PLANTS = [name for name in vars(Plants) if not name.startswith("_")]


@pytest.fixture
def plants() -> Iterator[Plants]:
    with pytest.MonkeyPatch.context() as patch:
        yield Plants(patch)


@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_bug_is_found(plants: Plants, plant: str) -> None:
    instants, _ = undisturbed()
    bug: Callable[[], None] = getattr(plants, plant)
    bug()
    at_the_plant = [Mortal(at, PLANTED) for at in range(1, 6)]
    for mortal in [*at_the_plant, *(Mortal(at) for at in range(instants, 0, -2))]:
        plants.mortal = mortal
        if spend_day([mortal, Mortal()], Line(SEED)):
            return
    raise AssertionError(f"{plant} was not found")
