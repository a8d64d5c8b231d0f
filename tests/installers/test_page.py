"""The control page shows the stage in both languages and presses its buttons, for itself alone."""

import asyncio
import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from installers.demo.inbox import Inbox, Mail
from installers.demo.page.app import page_app
from installers.demo.page.picture import picture_of
from installers.demo.page.stage import DoorPicture
from installers.demo.page.words import LANGUAGES, best_language

AT = datetime(2026, 5, 14, 7, 0, tzinfo=UTC)
PRESSED = {"x-foyer-button": "1"}


class PaperStage:
    """A stage without anything behind it."""

    def __init__(self) -> None:
        self.zone = "Europe/Berlin"
        self.network_whole = True
        self.server_running = True
        self.simulated_camera = True
        self.shown = False
        self.kiosk_status: Mapping[str, Any] = {"online": True, "unsent": 0}
        self.lines: list[Mapping[str, Any]] = []
        self.held_up: list[bytes] = []
        self.acts: list[tuple[str, str]] = []

    def happened(self) -> Sequence[Mapping[str, Any]]:
        return self.lines

    def mails(self) -> Sequence[Mail]:
        return [
            Mail("a1", "Jana Kessler <jana@example.org>", "Your code", AT, "Hello", b"picture"),
            Mail("b2", "ruth@example.org", "A receipt", AT, "Thanks"),
        ]

    async def doors(self) -> Sequence[DoorPicture]:
        return [DoorPicture("front", "d1", "Front door", "open")]

    async def act(self, name: str, lock: str) -> bool:
        self.acts.append((name, lock))
        return name == "jam"

    async def kiosk_window(self) -> bytes:
        return b"window"

    async def show(self, png: bytes) -> None:
        self.held_up.append(png)


def browser(stage: PaperStage) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(page_app(stage))
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8090")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shown", [True, False])
async def test_the_page_is_whole_in_every_language(language: str, shown: bool) -> None:
    stage = PaperStage()
    stage.shown = shown
    async with browser(stage) as web:
        page = await web.get(f"/?lang={language}")
        assert f'lang="{language}"' in page.text
        assert ('id="kiosk"' in page.text) is not shown
        for address in set(re.findall(r'(?:href|src)="(/own/[^"]+)"', page.text)):
            assert (await web.get(address)).status_code == 200, address
        style = (await web.get("/own/tokens.css")).text
        for font in re.findall(r"url\((/fonts/[^)]+)\)", style):
            assert (await web.get(font)).status_code == 200, font


async def test_a_mail_is_read_and_its_code_shown_to_the_kiosk() -> None:
    stage = PaperStage()
    async with browser(stage) as web:
        mail = (await web.get("/mails/a1")).json()
        assert (mail["subject"], mail["code"]) == ("Your code", "cGljdHVyZQ==")
        assert (await web.post("/mails/a1/show", headers=PRESSED)).status_code == 204
        assert (await web.post("/mails/b2/show", headers=PRESSED)).status_code == 404
        assert (await web.get("/mails/none")).status_code == 404
    assert stage.held_up == [b"picture"]


async def test_buttons_act_only_for_this_page_on_this_machine() -> None:
    stage = PaperStage()
    async with browser(stage) as web:
        assert (await web.post("/acts/jam?lock=front", headers=PRESSED)).status_code == 204
        assert (await web.post("/acts/dance", headers=PRESSED)).status_code == 404
        assert (await web.post("/acts/jam?lock=front")).status_code == 403
        elsewhere = {**PRESSED, "host": "foyer.example.org"}
        assert (await web.post("/acts/jam", headers=elsewhere)).status_code == 400
    assert stage.acts == [("jam", "front"), ("dance", "")]


async def test_the_picture_says_in_words_what_the_kiosk_reports() -> None:
    stage = PaperStage()
    stage.network_whole = False
    stage.kiosk_status = {"online": False, "unsent": 3}
    at = AT.isoformat()
    stage.lines = [
        {"what": "sent", "at": at, "events": ["x", "y"]},
        {"what": "door", "at": at, "door_id": "d1", "outcome": "jammed", "ms": 212.4},
        {"what": "answer", "at": at, "outcome": "refused", "reason": "not_paid", "ms": 2},
        {"what": "answer", "at": at, "outcome": "admitted", "ms": 2.2},
        {"what": "answer", "at": at, "outcome": None, "ms": 2.2},
        {"what": "code_read", "at": at, "ms": 3.4},
        {"what": "pulled", "at": at},
    ]
    picture = await picture_of(stage, "en")
    assert picture["lead"] == "The network is cut. The lobby goes on."
    assert picture["status"] == "The kiosk is offline, 3 waiting, nothing lost."
    assert [line["words"] for line in picture["happened"]] == [
        "2 sent to the server",
        "Front door: jams, 212 ms",
        "Not let in: not paid",
        "Let in, decided in 2 ms",
        "Asked how many people",
        "Code found in 3 ms",
    ]
    assert [mail["to"] for mail in picture["mails"]] == ["Jana Kessler", "ruth@example.org"]
    assert {line["at"] for line in picture["happened"]} == {"09:00:00"}
    json.dumps(picture)


async def test_changes_come_as_events_when_something_differs() -> None:
    stage = PaperStage()
    app = page_app(stage)
    sent: asyncio.Queue[bytes] = asyncio.Queue()

    async def receive() -> dict[str, Any]:
        await asyncio.Event().wait()
        return {}

    async def send(message: Mapping[str, Any]) -> None:
        if message.get("body"):
            sent.put_nowait(message["body"])

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/changes",
        "query_string": b"lang=en",
        "headers": [(b"host", b"localhost")],
    }
    stream = asyncio.ensure_future(app(scope, receive, send))
    first = json.loads((await sent.get()).decode().removeprefix("data: "))
    assert first["server"]
    stage.server_running = False
    second = json.loads((await sent.get()).decode().removeprefix("data: "))
    assert second["lead"].startswith("The server is stopped.")
    stream.cancel()
    with pytest.raises(asyncio.CancelledError):
        await stream


def test_the_browser_chooses_the_language_unless_the_reader_does() -> None:
    assert best_language(None, "fr-FR,de;q=0.8,en;q=0.5") == "de"
    assert best_language("en", "de") == "en"
    assert best_language("xx", "") == "en"


def test_the_inbox_reads_mails_newest_first_and_finds_the_code(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    assert inbox.mails() == []
    for minute, subject in ((1, "first"), (2, "second")):
        mail = EmailMessage()
        mail["To"] = "Jana Kessler <jana@example.org>"
        mail["Subject"] = subject
        mail["Date"] = format_datetime(AT.replace(minute=minute))
        mail.set_content("Grüß dich")
        mail.add_alternative("<p>Grüß dich</p>", subtype="html")
        if minute == 2:
            mail.add_attachment(b"png", "image", "png", cid="<code>")
        (tmp_path / f"{subject}.eml").write_bytes(mail.as_bytes())
    second, first = inbox.mails()
    assert (second.subject, first.subject) == ("second", "first")
    assert (second.code_png, first.code_png) == (b"png", None)
    assert (second.name, second.text.strip()) == ("Jana Kessler", "Grüß dich")
