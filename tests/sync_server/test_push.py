"""What happened at a kiosk is recorded once, in order, whatever the rule says of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
import zstandard

from domain.access.outcomes import Reason
from domain.booking import BookingClaimed
from domain.contradiction import Contradiction
from domain.door_state import DoorForced
from domain.person import EVERYWHERE, PersonBlocked
from domain.sync import DecisionWire, EventUp, Push, PushStatus
from domain.ticket import Ticket, TicketClosed, TicketOpened
from domain.visit import Arrived, Departed, EntryRefused, Visit
from ledger.codec import canonical
from tests.sync_server.conftest import Demo
from tests.sync_server.lobby import Lobby, day_of, fresh_id, no_pass
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
        day=day_of(now),
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


@pytest.mark.parametrize("numbers", [(1, 3), (2, 3), (1, 1), (2, 1)])
def test_an_act_with_a_hole_is_not_applied(
    lobby: Lobby, demo: Demo, server: RunningServer, numbers: tuple[int, int]
) -> None:
    act = fresh_id()
    first, second = (replace(arrival(lobby, demo), act=act, n=n) for n in numbers)
    early = lobby.push(first, second)
    assert (early.results, early.next_expected) == ((), 1)
    assert events_of(server.settings, first.id, second.id) == []
    whole = lobby.push(replace(first, n=1), replace(second, n=2))
    assert [result.status for result in whole.results] == [PushStatus.APPLIED] * 2


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
    [
        {"id": ""},
        {"id": "1"},
        {"id": "\x00"},
        {"act": ""},
        {"act": "1"},
        {"subject": "a\x00b"},
        {"actor": "\x00"},
        {"at": "2026-06-15T12:00:00"},
        {"at": "yesterday"},
        {"at": None},
        {"kind": 7},
        {"body": {"people": 1}},
        {"offline": "no"},
        {"decision": {"rule": 2**63, "saw": ""}},
    ],
    ids=str,
)
def test_what_no_database_would_take_is_set_aside_once(
    lobby: Lobby, demo: Demo, broken: dict[str, Any]
) -> None:
    event, good = replace(arrival(lobby, demo), **broken), arrival(lobby, demo)
    expected = [(PushStatus.QUARANTINED, "bad_event"), (PushStatus.APPLIED, None)]
    assert statuses(lobby, event, good) == expected
    assert statuses(lobby, event) == expected[:1]
    assert lobby.push().next_expected == 3


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"day": date(9999, 12, 31)}, "bad_day"),
        ({"at": datetime.max.replace(tzinfo=UTC)}, "bad_time"),
        ({"people": -1}, "bad_people"),
        ({"people": 2**53}, "bad_body"),
        ({"person_id": "019b76da-a800-7000-8000-00000000b0b0"}, "other_holder"),
        ({"pass_id": "\x00"}, "bad_body"),
        ({"pass_id": ""}, "bad_name"),
    ],
    ids=lambda each: str(each)[:20],
)
def test_an_arrival_that_cannot_be_is_kept_aside_and_moves_nobody(
    lobby: Lobby, demo: Demo, server: RunningServer, changed: dict[str, Any], code: str
) -> None:
    event = arrival(lobby, demo, **changed)
    assert statuses(lobby, event) == [(PushStatus.QUARANTINED, code)]
    assert all_states(server.settings, "visit", Visit) == []
    assert statuses(lobby, event) == [(PushStatus.QUARANTINED, code)]
    assert lobby.push().next_expected == 2


def test_a_time_without_a_zone_within_an_event_is_set_aside(lobby: Lobby, demo: Demo) -> None:
    event = arrival(lobby, demo)
    body = msgspec.json.decode(event.body) | {"at": "2026-06-15T12:00:00"}
    naive = replace(event, body=msgspec.json.encode(body).decode())
    assert statuses(lobby, naive) == [(PushStatus.QUARANTINED, "bad_body")]


@pytest.mark.parametrize("ahead", [timedelta(hours=30), timedelta(days=30)], ids=str)
def test_who_came_by_a_clock_ahead_is_here_today_and_who_comes_then_counts_on(
    lobby: Lobby, demo: Demo, server: RunningServer, ahead: timedelta
) -> None:
    now = datetime.now(UTC)
    ahead_of_us = {"day": day_of(now + ahead), "at": now + ahead}
    first = arrival(lobby, demo, "group", people=3, party=8, person_id=None, **ahead_of_us)
    assert statuses(lobby, first) == [(PushStatus.CONTRADICTED, "clock_in_doubt")]
    more = [arrival(lobby, demo, "group", people=n, party=8, person_id=None) for n in (4, 2)]
    assert [code for _, code in statuses(lobby, *more)][-1] == "party_full"
    visit = dict(all_states(server.settings, "visit", Visit))[demo.pass_id("group")]
    assert (visit.day, visit.inside, visit.entries) == (day_of(now), 9, 9)


def test_nobody_but_the_kiosk_acts_at_it(lobby: Lobby, demo: Demo) -> None:
    event = replace(arrival(lobby, demo), actor="operator")
    assert statuses(lobby, event) == [(PushStatus.QUARANTINED, "bad_actor")]


def test_a_door_that_is_gone_is_one_matter_and_another_sites_is_none_of_a_kiosks(
    lobby: Lobby, demo: Demo, server: RunningServer
) -> None:
    forced = DoorForced(datetime.now(UTC))
    assert statuses(
        lobby,
        lobby.event("door", demo.ids["door"], forced),
        lobby.event("door", "gone", forced),
        lobby.event("door", "gone", forced),
        lobby.event("door", demo.ids["site2"], forced),
        arrival(lobby, demo, place=demo.ids["site2"]),
        arrival(lobby, demo, place=demo.ids["site"]),
        arrival(lobby, demo, place="gone"),
    ) == [
        (PushStatus.APPLIED, None),
        (PushStatus.CONTRADICTED, "unknown_door"),
        (PushStatus.CONTRADICTED, "unknown_door"),
        (PushStatus.QUARANTINED, "other_site"),
        (PushStatus.QUARANTINED, "other_site"),
        (PushStatus.APPLIED, None),
        (PushStatus.CONTRADICTED, "unknown_place"),
    ]
    raised = all_states(server.settings, "contradiction", Contradiction)
    assert sorted(each.code for _, each in raised) == ["unknown_door", "unknown_place"]


def test_tickets_and_claims_are_of_what_the_site_knows(lobby: Lobby, demo: Demo) -> None:
    now, ticket_id = datetime.now(UTC), fresh_id()
    jam = Ticket("door_jammed", "door", demo.ids["door"], now)
    assert statuses(
        lobby,
        lobby.event("booking", demo.ids["booking"], BookingClaimed(now)),
        lobby.event("booking", fresh_id(), BookingClaimed(now)),
        lobby.event("booking", "", BookingClaimed(now)),
        lobby.event("ticket", fresh_id(), TicketClosed(now)),
        lobby.event("ticket", ticket_id, TicketOpened(jam)),
        lobby.event("ticket", ticket_id, TicketOpened(jam)),
        lobby.event("ticket", ticket_id, TicketClosed(now)),
        lobby.event("ticket", fresh_id(), TicketOpened(replace(jam, what="x" * 10_000))),
    ) == [
        (PushStatus.APPLIED, None),
        (PushStatus.CONTRADICTED, "unknown_booking"),
        (PushStatus.QUARANTINED, "bad_name"),
        (PushStatus.CONTRADICTED, "unknown_ticket"),
        (PushStatus.APPLIED, None),
        (PushStatus.QUARANTINED, "subject_taken"),
        (PushStatus.APPLIED, None),
        (PushStatus.QUARANTINED, "bad_name"),
    ]


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
    left = Departed(1, day_of(now), now)
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


@pytest.mark.parametrize("n", [2**63, 2**53, 0, -1])
def test_a_number_that_is_none_is_not_taken(lobby: Lobby, demo: Demo, n: int) -> None:
    response = lobby.send(replace(arrival(lobby, demo), n=n))
    assert (response.status_code, response.json()) == (422, {"code": "bad_body"})
    lobby.incarnation = 2**63
    response = lobby.send(arrival(lobby, demo))
    assert (response.status_code, response.json()) == (422, {"code": "bad_body"})


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b'{"incarnation":"a"}', b"\xff\xfe", b'{"events":' + b"[" * 300_000],
    ids=lambda content: repr(content[:20]),
)
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
