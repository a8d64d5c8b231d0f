"""The house counts a person once, whatever the kiosk that let them in knew of the pass."""

from collections.abc import Callable
from datetime import UTC, datetime

from domain.sync import EventUp, PushStatus
from domain.visit import Arrived, Departed, Visit
from tests.sync_server.conftest import Demo
from tests.sync_server.doorman import Doorman
from tests.sync_server.lobby import Lobby, day_of
from tests.sync_server.running import RunningServer
from tests.sync_server.seen import all_states, events_of


def by_the_pass_alone(lobby: Lobby, demo: Demo) -> EventUp:
    """The member came in at a kiosk that had not heard of the pass."""
    now, pass_id = datetime.now(UTC), demo.pass_id("member")
    arrived = Arrived(
        pass_id=pass_id,
        person_id=None,
        people=1,
        party=1,
        day=day_of(now),
        at=now,
        place=demo.ids["door"],
        because="membership",
        grant_id="",
        pass_only=True,
    )
    return lobby.event("visit", pass_id, arrived)


def visits(server: RunningServer) -> dict[str, int]:
    return {who: visit.inside for who, visit in all_states(server.settings, "visit", Visit)}


def test_who_came_by_the_pass_alone_is_counted_as_the_person(
    lobby: Lobby, demo: Demo, server: RunningServer, new_token: Callable[..., str]
) -> None:
    event = by_the_pass_alone(lobby, demo)
    (result,) = lobby.push(event).results
    assert result.status is PushStatus.APPLIED
    assert visits(server) == {demo.ids["member"]: 1}
    with_token = Doorman(lobby.http, new_token(), demo.ids["door"])
    assert with_token.ask(demo.code("member")).json()["sentence"].startswith("Good to have you")
    assert visits(server) == {demo.ids["member"]: 1}


def test_who_left_by_the_pass_alone_is_counted_as_gone(
    lobby: Lobby, demo: Demo, server: RunningServer
) -> None:
    now, came = datetime.now(UTC), by_the_pass_alone(lobby, demo)
    gone = lobby.event("visit", demo.pass_id("member"), Departed(1, day_of(now), now))
    lobby.push(came, gone)
    assert visits(server) == {demo.ids["member"]: 0}


def test_the_same_event_again_is_the_same_event(
    lobby: Lobby, demo: Demo, server: RunningServer
) -> None:
    event = by_the_pass_alone(lobby, demo)
    lobby.push(event)
    (again,) = lobby.push(event).results
    assert again.status is PushStatus.DUPLICATE
    assert len(events_of(server.settings, event.id)) == 1


def test_every_kiosk_is_sent_the_visit_of_the_person(lobby: Lobby, demo: Demo) -> None:
    before = lobby.everything(lobby.stream)
    lobby.push(by_the_pass_alone(lobby, demo))
    after = lobby.pull(lobby.stream, before.to, before.hash)
    assert [(each.kind, each.subject) for each in after.states] == [("visit", demo.ids["member"])]
