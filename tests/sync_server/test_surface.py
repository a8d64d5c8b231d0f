"""What anybody can see of the server, and how it answers when it cannot."""

import hmac
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import StringIO

import httpx
import pytest

from ledger.data_dir import DataDir
from ledger.ledger import open_ledger
from sync_server.admin.asking import Asked, ask
from sync_server.admin.orders import Subject
from sync_server.api.languages import language_for
from sync_server.known import FRESH_S, Known
from sync_server.mail.transport import SmtpServer, transport_of
from sync_server.settings import BadSettings, Settings
from sync_server.use_cases.hello import receipt_letter
from sync_server.use_cases.names import display_name
from tests.sync_server.conftest import Demo
from tests.sync_server.doorman import Doorman
from tests.sync_server.lobby import Lobby
from tests.sync_server.running import RunningServer
from tests.sync_server.test_push import arrival

NewToken = Callable[..., str]


def test_it_is_alive_and_ready(http: httpx.Client) -> None:
    assert http.get("/healthz").json() == {"status": "ok"}
    assert http.get("/readyz").json() == {"status": "ready"}


def test_the_description_names_every_path_and_fetches_nothing(http: httpx.Client) -> None:
    described = http.get("/openapi.json").json()
    assert set(described["paths"]) >= {
        "/healthz", "/readyz", "/api/v1/check-ins","/sync/v1/challenge", "/sync/v1/hello",
        "/sync/v1/enrol", "/sync/v1/push", "/sync/v1/pull", "/sync/v1/snapshot", "/sync/v1/names",
    }  # fmt: skip
    check_in = described["paths"]["/api/v1/check-ins"]["post"]
    assert {"200", "201", "401", "403", "409", "422", "429"} <= set(check_in["responses"])
    schemes = described["components"]["securitySchemes"]
    assert [name for each in check_in["security"] for name in each] == list(schemes)
    body = check_in["requestBody"]["content"]["application/json"]["schema"]
    assert set(body["required"]) == {"id", "code", "place"}
    assert http.get("/docs").status_code == 404


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process can grow any more."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_while_the_disk_is_full_everything_can_be_tried_again(
    lobby: Lobby, demo: Demo, new_token: NewToken, log: StringIO
) -> None:
    doorman = Doorman(lobby.http, new_token(), demo.ids["door"])
    assert doorman.ask(demo.code("revoked")).status_code == 403
    event = arrival(lobby, demo)
    with full_disk():
        answers = [lobby.send(event), doorman.ask(demo.code("member"))]
    for response in answers:
        assert response.status_code == 503
        assert response.json()["code"] == "try_again"
        assert response.headers["Retry-After"]
    assert "act_quarantined" not in log.getvalue()
    assert lobby.push(event).results[0].code is None
    assert doorman.ask(demo.code("member")).status_code == 201


def test_a_revoked_token_is_good_for_nothing_within_seconds(
    http: httpx.Client, demo: Demo, new_token: NewToken, server: RunningServer
) -> None:
    token = new_token()
    ask(server.settings, Asked("token revoke", Subject(token.split("_")[1])))
    assert Doorman(http, token, demo.ids["door"]).ask("x").status_code == 401
    assert FRESH_S <= 2


async def test_what_is_known_is_asked_again_when_it_is_old(settings: Settings) -> None:
    now = 0.0
    ledger = await open_ledger(settings.ledger_url)
    known = Known(ledger, lambda: now)
    first = await known.places("")
    site_id = next(iter(first.sites))
    assert await known.places(site_id) is await known.places(site_id)
    now = FRESH_S
    assert await known.places(site_id) is not first
    await ledger.close()


def test_secrets_are_compared_in_constant_time(
    monkeypatch: pytest.MonkeyPatch, http: httpx.Client, demo: Demo, new_token: NewToken
) -> None:
    compared: list[tuple[object, object]] = []
    real = hmac.compare_digest

    def watch(one: object, two: object) -> bool:
        compared.append((one, two))
        return real(one, two)  # type: ignore[type-var]

    monkeypatch.setattr(hmac, "compare_digest", watch)
    good = new_token()
    wrong = good[:-1] + ("A" if good[-1] != "A" else "B")
    unknown = f"foyer_{'0' * 16}_{good[-20:]}"
    for token in (good, wrong, unknown):
        before = len(compared)
        Doorman(http, token, demo.ids["door"]).ask("x")
        assert len(compared) == before + 1, "also where there is no such token"
    http.get("/sync/v1/pull", headers={"Authorization": "Bearer a.0.1.b"},
             params={"stream": "house", "epoch": ""})  # fmt: skip
    assert len(compared) == 4


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"), ("", "en"), ("de", "de"), ("de-CH, en;q=0.5", "de"), ("en, de;q=0.9", "en"),
        ("fr, de;q=0.2, en;q=0.1", "de"), ("fr", "en"), ("*", "en"), ("de;q=0", "en"),
        ("de;q=x", "en"), (";;,,=", "en"), ("DE", "de"), ("de;q=0.5,en;q=0.5", "de"),
    ],
)  # fmt: skip
def test_the_language_is_the_best_of_ours(header: str | None, language: str) -> None:
    assert language_for(header) == language


def test_receipts_of_two_incarnations_never_share_a_letter() -> None:
    letters = [receipt_letter(n) for n in range(800)]
    assert letters[:3] == ["A", "B", "C"]
    assert (letters[25], letters[26], letters[701], letters[702]) == ("Z", "AA", "ZZ", "AAA")
    assert len(set(letters)) == 800


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Jana Kessler", "Jana K."), ("Cher", "Cher"), ("Anna Maria Roth", "Anna R."), ("", ""),
     ("  Özlem  Şahin ", "Özlem Ş.")],
)  # fmt: skip
def test_a_display_name_is_the_first_name_and_an_initial(name: str, shown: str) -> None:
    assert display_name(name) == shown


def test_a_mail_server_is_named_by_host_and_port(settings: Settings, demo: Demo) -> None:
    secret = demo.folder / "keys" / "smtp"
    secret.write_text("s3cret\n")
    wanted = replace(
        settings, smtp="mail.example.org:587", smtp_user="me", smtp_password_file=str(secret)
    )
    transport = transport_of(wanted, DataDir(demo.folder))
    assert transport == SmtpServer("mail.example.org", 587, "me", "s3cret")
    assert "s3cret" not in repr(transport)
    with pytest.raises(BadSettings):
        transport_of(replace(wanted, smtp_password_file="/nowhere"), DataDir(demo.folder))
