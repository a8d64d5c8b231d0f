"""The log tells what went wrong and where, and never about whom."""

import json
import logging
import re
from dataclasses import replace
from io import StringIO

import httpx
import structlog

from domain.sync import DecisionWire
from sync_server.admin.asking import Asked, ask
from sync_server.admin.orders import MemberPass, NewToken, Subject
from sync_server.settings import Settings
from tests.end_to_end.processes import wait_until
from tests.sync_server.conftest import Demo
from tests.sync_server.doorman import Doorman
from tests.sync_server.lobby import Lobby
from tests.sync_server.running import running
from tests.sync_server.test_push import arrival

SECRETS = re.compile("Kessler|Jana|Lindqvist|Vogt|Sato|example\\.org|23125")


def fail_about(name: str) -> None:
    raise ValueError(f"{name} <{name}@example.org>")


def test_an_exception_is_logged_with_its_place_and_without_its_words(log: StringIO) -> None:
    try:
        try:
            fail_about("Jana Kessler")
        except ValueError as error:
            raise RuntimeError("Jana") from error
    except RuntimeError:
        structlog.get_logger().exception("own_trouble")
        logging.getLogger("uvicorn.error").exception("their trouble")
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [line["event"] for line in lines] == ["own_trouble", "their trouble"]
    for line in lines:
        assert line["error"] == ["RuntimeError", "ValueError"]
        assert any("test_logs.py" in place for place in line["where"])
    assert not SECRETS.search(log.getvalue())


def test_a_day_at_the_server_leaves_no_name_in_the_log(
    settings: Settings, demo: Demo, log: StringIO
) -> None:
    with running(settings) as served, httpx.Client(base_url=served.url, trust_env=False) as http:
        token = ask(settings, Asked("token create", NewToken(("check-in",))))
        assert isinstance(token, dict)
        doorman = Doorman(http, token["token"], demo.ids["door"])
        for part in demo.ids["passes"]:
            doorman.ask(demo.code(part))
        doorman.send({"name": "Jana Kessler"})
        ask(settings, Asked("issue-pass", MemberPass(demo.ids["member"], mail=True)))
        http.get("/api/v1/jana@example.org")
        http.get("/healthz", params={"name": "Jana Kessler"})
        ask(settings, Asked("erase-person", Subject(demo.ids["host"])))
        wait_until(lambda: "mail_without_reader" in log.getvalue(), "no mail was tried")
    written = log.getvalue()
    assert "mail_without_reader" in written
    assert not SECRETS.search(written)
    for part in demo.ids["passes"]:
        assert demo.code(part) not in written
        assert demo.short_code(part) not in written
    assert token["token"] not in written


def test_poison_is_logged_by_its_ids(lobby: Lobby, demo: Demo, log: StringIO) -> None:
    poison = replace(arrival(lobby, demo), decision=DecisionWire(1, "Jana" * 800))
    lobby.push(poison)
    written = log.getvalue()
    assert written.count("act_raised") == 3
    assert written.count("act_quarantined") == 1
    assert poison.act in written
    assert not SECRETS.search(written)
