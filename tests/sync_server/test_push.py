"""What happened at a kiosk is recorded once, in order, whatever the rule says of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import zstandard

from domain.access.outcomes import Reason
from domain.contradiction import Contradiction
from domain.person import EVERYWHERE, PersonBlocked
from domain.sync import DecisionWire, EventUp, Push, PushStatus
from domain.visit import Arrived, Departed, EntryRefused, Visit
from ledger.codec import canonical
from tests.sync_server.conftest import Demo
from tests.sync_server.lobby import Lobby, fresh_id, no_pass
from tests.sync_server.running import RunningServer
from tests.sync_server.seen import all_states, events_of


def arrival(lobby: Lobby, demo: Demo, part: str = "member", **changed: object) -> EventUp:
    """Somebody of the demo came in through the front door just now."""
    now = datetime.now(UTC)
    passes = demo.ids["passes"][part]
    arrived = Arrived(
        pass_id=passes["id"],
        person_id=passes["person"],
        people=1,
        party=1,
        day=datetime.now(UTC).date(),
        at=now,
        place=demo.ids["door"],
        because="membership",
        grant_id="",
    )
    arrived = replace(arrived, **changed)  # type: ignore[arg-type]
    holder = arrived.person_id if arrived.party == 1 else arrived.pass_id
    return lobby.event("visit", holder or arrived.pass_id, arrived)


def statuses(lobby: Lobby, *events: EventUp) -> list[tuple[PushStatus, str | None]]:
    return [(result.status, result.code) for result in lobby.push(*events).results]


def test_an_arrival_is_applied_once_and_known_ever_after(
    lobby: Lobby, demo: Demo, server: RunningServer
) -> None:
    event = arrival(lobby, demo)
    first = lobby.push(event)
    assert [result.status for result in first.results] == [PushStatus.APPLIED]
    assert first.next_expected == 2
    again = lobby.push(event)
    assert [result.status for result in again.results] == [PushStatus.DUPLICATE]
    assert again.next_expected == 2
    assert len(events_of(server.settings, event.id)) == 1
    visit = dict(all_states(server.settings, "visit", Visit))[demo.ids["member"]]
    assert visit.inside == 1


def test_the_answer_says_how_far_the_stream_has_come(lobby: Lobby, demo: Demo) -> None:
    before = lobby.everything(lobby.stream)
    reply = lobby.push(arrival(lobby, demo))
    assert reply.at == {lobby.stream: before.to + 1}
    after = lobby.pull(lobby.stream, before.to, before.hash)
    assert [(state.kind, state.subject) for state in after.states] == [
        ("visit", demo.ids["member"])
    ]


def test_an_empty_push_says_what_is_expected(lobby: Lobby) -> None:
    assert lobby.push().next_expected == 1


def test_events_after_a_hole_wait_until_it_is_filled(lobby: Lobby, demo: Demo) -> None:
    first, second = arrival(lobby, demo), arrival(lobby, demo)
    early = lobby.push(second)
    assert early.results == ()
    assert early.next_expected == 1
    assert len(lobby.push(first, second).results) == 2


def test_the_same_id_with_other_content_is_quarantined(lobby: Lobby, demo: Demo) -> None:
    event = arrival(lobby, demo)
    lobby.push(event)
    other = replace(arrival(lobby, demo, "early"), id=event.id)
    assert statuses(lobby, other) == [(PushStatus.QUARANTINED, "id_reused")]
    assert lobby.push().next_expected == 3


def test_a_kind_of_the_future_waits_as_unsupported(lobby: Lobby, demo: Demo) -> None:
    event = replace(arrival(lobby, demo), kind="visit.Teleported/1")
    assert statuses(lobby, event) == [(PushStatus.UNSUPPORTED, "unknown_kind")]
    newer = replace(arrival(lobby, demo), kind="visit.Arrived/2")
    assert statuses(lobby, newer) == [(PushStatus.UNSUPPORTED, "unknown_kind")]
    assert statuses(lobby, arrival(lobby, demo)) == [(PushStatus.APPLIED, None)]


def test_a_broken_body_is_set_aside_and_nothing_behind_it_waits(lobby: Lobby, demo: Demo) -> None:
    broken, good = replace(arrival(lobby, demo), body="{"), arrival(lobby, demo)
    assert statuses(lobby, broken, good) == [
        (PushStatus.QUARANTINED, "bad_body"),
        (PushStatus.APPLIED, None),
    ]


@pytest.mark.parametrize(
    "broken",
    [{"id": ""}, {"id": "1"}, {"id": "\x00"}, {"subject": "a\x00b"}, {"actor": "\x00"}],
    ids=str,
)
def test_what_no_database_would_take_is_set_aside_once(
    lobby: Lobby, demo: Demo, broken: dict[str, str]
) -> None:
    event, good = replace(arrival(lobby, demo), **broken), arrival(lobby, demo)
    expected = [(PushStatus.QUARANTINED, "bad_event"), (PushStatus.APPLIED, None)]
    assert statuses(lobby, event, good) == expected
    assert statuses(lobby, event) == expected[:1]
    assert lobby.push().next_expected == 3


def test_a_kiosk_cannot_record_what_is_not_its_own(
    lobby: Lobby, demo: Demo, server: RunningServer
) -> None:
    event = lobby.event("person", demo.ids["member"], PersonBlocked(EVERYWHERE))
    assert statuses(lobby, event) == [(PushStatus.REFUSED, "not_yours")]
    assert events_of(server.settings, event.id) == []


def test_an_arrival_by_a_revoked_pass_is_recorded_and_contradicted(
    lobby: Lobby, demo: Demo, server: RunningServer
) -> None:
    event = arrival(lobby, demo, "revoked")
    assert statuses(lobby, event) == [(PushStatus.CONTRADICTED, "revoked")]
    assert len(events_of(server.settings, event.id)) == 1
    raised = dict(all_states(server.settings, "contradiction", Contradiction))[event.id]
    assert raised.code == Reason.REVOKED.value
    assert statuses(lobby, event) == [(PushStatus.CONTRADICTED, "revoked")]
    assert len(all_states(server.settings, "contradiction", Contradiction)) == 1


def test_a_pass_nobody_knows_is_recorded_and_contradicted(lobby: Lobby, demo: Demo) -> None:
    event = arrival(lobby, demo, pass_id=no_pass(), person_id=None)
    assert statuses(lobby, event) == [(PushStatus.CONTRADICTED, "unknown_code")]


def test_two_kiosks_that_let_ten_of_eight_in_raise_one_contradiction(
    new_lobby: Callable[[], Lobby], demo: Demo, server: RunningServer
) -> None:
    one, two = new_lobby(), new_lobby()
    group = {"part": "group", "party": 8, "people": 5}
    assert statuses(one, arrival(one, demo, **group)) == [(PushStatus.APPLIED, None)]  # type: ignore[arg-type]
    assert statuses(two, arrival(two, demo, **group)) == [  # type: ignore[arg-type]
        (PushStatus.CONTRADICTED, "party_full")
    ]
    assert len(all_states(server.settings, "contradiction", Contradiction)) == 1
    visit = dict(all_states(server.settings, "visit", Visit))[demo.pass_id("group")]
    assert visit.inside == 10


def test_refusals_and_departures_come_home_too(lobby: Lobby, demo: Demo) -> None:
    now, member = datetime.now(UTC), demo.ids["member"]
    refused = EntryRefused(None, "unknown_code", 1, now, demo.ids["door"])
    left = Departed(1, datetime.now(UTC).date(), now)
    assert (
        statuses(
            lobby,
            lobby.event("visit", "unread", refused),
            arrival(lobby, demo),
            lobby.event("visit", member, left),
        )
        == [(PushStatus.APPLIED, None)] * 3
    )


def test_an_act_is_one_transaction(lobby: Lobby, demo: Demo, server: RunningServer) -> None:
    """The second event of the act cannot be recorded, so the first is not either."""
    act = fresh_id()
    good = replace(arrival(lobby, demo), act=act)
    poison = replace(arrival(lobby, demo), act=act, decision=DecisionWire(1, "x" * 3000))
    after = arrival(lobby, demo)
    assert statuses(lobby, good, poison, after) == [
        (PushStatus.QUARANTINED, "poison"),
        (PushStatus.QUARANTINED, "poison"),
        (PushStatus.APPLIED, None),
    ]
    assert events_of(server.settings, good.id, poison.id) == []
    assert lobby.push(good).results[0].status is PushStatus.QUARANTINED


def test_a_push_may_be_compressed(lobby: Lobby, demo: Demo) -> None:
    push = Push(lobby.incarnation, lobby.epoch, (arrival(lobby, demo),))
    headers = {"Authorization": f"Bearer {lobby.token}", "Content-Encoding": "zstd"}
    packed = zstandard.ZstdCompressor().compress(canonical(push))
    response = lobby.http.post("/sync/v1/push", content=packed, headers=headers)
    assert response.status_code == 200
    bomb = zstandard.ZstdCompressor().compress(b" " * 50_000_000)
    response = lobby.http.post("/sync/v1/push", content=bomb, headers=headers)
    assert response.status_code == 422


def test_a_push_is_bounded(lobby: Lobby, demo: Demo) -> None:
    many = [arrival(lobby, demo) for _ in range(101)]
    assert lobby.send(*many).status_code == 413
    big = replace(many[0], body="x" * 400_000)
    assert lobby.send(big).status_code == 413


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"incarnation":"a"}', b"\xff\xfe"])
def test_what_is_no_push_is_not_taken(lobby: Lobby, content: bytes) -> None:
    headers = {"Authorization": f"Bearer {lobby.token}"}
    response = lobby.http.post("/sync/v1/push", content=content, headers=headers)
    assert response.status_code == 422
    assert response.json() == {"code": "bad_body"}


def test_a_push_from_another_epoch_has_to_say_hello(lobby: Lobby, demo: Demo) -> None:
    lobby.epoch = fresh_id()
    response = lobby.send(arrival(lobby, demo))
    assert response.status_code == 401
    assert response.json() == {"code": "epoch"}


def test_a_push_without_a_token_is_not_heard(lobby: Lobby, demo: Demo) -> None:
    response = lobby.send(arrival(lobby, demo), Authorization="Bearer nonsense")
    assert response.status_code == 401
