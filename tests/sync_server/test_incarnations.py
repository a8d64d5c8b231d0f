"""Copies and restores: one key, several lives, and nothing counted twice."""

from collections.abc import Callable
from dataclasses import replace

from domain.contradiction import Contradiction
from domain.sync import HelloAnswer, PushStatus
from ledger.seal import SigningKey
from tests.sync_server.conftest import Demo
from tests.sync_server.lobby import Lobby
from tests.sync_server.running import RunningServer
from tests.sync_server.seen import all_states
from tests.sync_server.test_push import arrival


def copy_of(lobby: Lobby) -> Lobby:
    """The same disk in a second machine."""
    return replace(lobby, http=lobby.http)


def test_a_kiosk_from_an_older_backup_gets_a_new_incarnation(lobby: Lobby, demo: Demo) -> None:
    lobby.push(arrival(lobby, demo), arrival(lobby, demo))
    lobby.n = 1
    reply = lobby.hello()
    assert reply.answer is HelloAnswer.NEW_INCARNATION
    assert reply.incarnation == 1
    assert reply.receipt_letter == "B"
    lobby.n = 0
    assert lobby.push(arrival(lobby, demo)).next_expected == 2
    assert lobby.hello().answer is HelloAnswer.WELCOME


def test_the_offer_of_a_new_incarnation_may_get_lost(lobby: Lobby, demo: Demo) -> None:
    lobby.push(arrival(lobby, demo))
    lobby.n = 0
    for _ in range(3):
        lobby.incarnation = 0
        assert lobby.hello().answer is HelloAnswer.NEW_INCARNATION
    assert lobby.incarnation == 1


def test_events_keep_their_ids_in_a_new_incarnation_and_count_once(
    lobby: Lobby, demo: Demo, server: RunningServer
) -> None:
    event = arrival(lobby, demo)
    lobby.push(event)
    lobby.n = 0
    lobby.hello()
    again = lobby.push(replace(event, n=1))
    assert [result.status for result in again.results] == [PushStatus.DUPLICATE]
    assert again.next_expected == 2


def test_the_same_number_with_another_event_asks_for_a_new_incarnation(
    lobby: Lobby, demo: Demo
) -> None:
    other = copy_of(lobby)
    lobby.push(arrival(lobby, demo))
    response = other.send(arrival(other, demo))
    assert response.status_code == 401
    assert response.json() == {"code": "new_incarnation"}
    assert other.hello().answer is HelloAnswer.NEW_INCARNATION


def test_of_two_live_copies_the_newest_goes_on_and_staff_are_told_once(
    lobby: Lobby, demo: Demo, server: RunningServer
) -> None:
    other = copy_of(lobby)
    lobby.push(arrival(lobby, demo))
    other.send(arrival(other, demo))
    other.hello()
    other.n = 0
    assert other.push(arrival(other, demo)).next_expected == 2
    response = lobby.send(arrival(lobby, demo))
    assert response.json() == {"code": "new_incarnation"}
    for _ in range(2):
        lobby.incarnation = 0
        assert lobby.hello().answer is HelloAnswer.ENROL_AGAIN
        assert not lobby.token
    raised = all_states(server.settings, "contradiction", Contradiction)
    assert [each.code for _, each in raised] == ["two_copies_of_a_kiosk"]
    assert other.hello().answer is HelloAnswer.WELCOME


def test_a_new_kiosk_brings_its_old_events_home_under_their_ids(
    lobby: Lobby, demo: Demo, new_lobby: Callable[[], Lobby]
) -> None:
    event = arrival(lobby, demo)
    lobby.push(event)
    lobby.key = SigningKey.fresh()
    successor = new_lobby()
    reply = successor.push(event)
    assert [result.status for result in reply.results] == [PushStatus.DUPLICATE]
