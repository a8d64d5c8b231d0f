"""A kiosk that asks what is new was heard; the note of it is not written for every request."""

import sqlite3
from contextlib import closing
from datetime import timedelta

from tests.sync_server.lobby import Lobby
from tests.sync_server.running import RunningServer


def heard(server: RunningServer) -> list[int]:
    """The notes of when each kiosk was heard."""
    with closing(sqlite3.connect(server.settings.data / "foyer.sqlite")) as db:
        return [row[0] for row in db.execute("SELECT heard_us FROM kiosk_contact")]


def test_a_pull_is_noted_once_in_twenty_seconds(server: RunningServer, lobby: Lobby) -> None:
    assert heard(server) == []
    lobby.everything(lobby.stream)
    (first,) = heard(server)
    lobby.everything(lobby.stream)
    assert heard(server) == [first]
    server.clock.ahead += timedelta(seconds=21)
    lobby.everything(lobby.stream)
    (later,) = heard(server)
    assert later - first >= 20_000_000
