"""What stands around every page: its language, its headers, its weight, its words for trouble."""

import re

import httpx
import pytest

from sync_server.web.environment import paragraphs
from sync_server.web.static import FOREVER
from tests.sync_server.running import RunningServer
from tests.sync_server.web.furnishing import IMPRINT

PERSON = {"accept": "text/html"}


@pytest.fixture
def person(shown: RunningServer) -> httpx.Client:
    return httpx.Client(base_url=shown.url, headers=PERSON, trust_env=False)


def test_a_link_chooses_the_language_and_a_cookie_keeps_it(person: httpx.Client) -> None:
    with person:
        assert 'lang="en"' in person.get("/").text
        assert 'lang="de"' in person.get("/", headers={"accept-language": "de"}).text
        assert 'lang="de"' in person.get("/?lang=de").text
        assert 'lang="de"' in person.get("/").text
        assert 'lang="de"' in person.get("/?lang=xx").text
        switch = re.search(r'href="(/\?[^"]*lang=en)"', person.get("/?a=1&lang=de").text)
        assert switch
        assert switch[1] == "/?a=1&amp;lang=en"


@pytest.mark.parametrize("path", ["/", "/nowhere", "/legal/imprint", "/healthz", "/api/v1/nothing"])
def test_every_answer_forbids_what_is_not_ours(person: httpx.Client, path: str) -> None:
    with person:
        headers = person.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


def test_people_read_words_and_programs_codes(person: httpx.Client) -> None:
    with person:
        page = person.get("/nowhere")
        assert page.status_code == 404
        assert "nothing at this address" in page.text
        program = person.get("/nowhere", headers={"accept": "application/json"})
        assert program.status_code == 404
        assert program.headers["content-type"] == "application/json"
        assert person.get("/api/nothing").headers["content-type"] == "application/json"


def test_files_are_kept_for_ever_under_the_hash_of_their_content(person: httpx.Client) -> None:
    with person:
        style = re.search(r'"(/static/[0-9a-f]{16}/foyer\.css)"', person.get("/").text)
        assert style
        answer = person.get(style[1])
        assert answer.headers["cache-control"] == FOREVER
        assert answer.headers["content-encoding"] == "gzip"
        wrong = re.sub(r"[0-9a-f]{16}", "0" * 16, style[1])
        assert person.get(wrong).status_code == 404
        assert person.get("/static/x/../../known.py").status_code == 404


def test_the_operators_text_is_text_and_never_markup(person: httpx.Client) -> None:
    with person:
        shown = person.get("/legal/imprint?site=ziegelhof").text
        assert "Vertreten durch Lena Brandt und Tomas Weiß." in shown
        assert "<br>Hofstraße 9" in shown
        assert "still being written" in person.get("/legal/cancellation").text
        assert person.get("/legal/else").status_code == 404
    assert paragraphs(IMPRINT)[1] == ["Vertreten durch Lena Brandt und Tomas Weiß."]
    assert paragraphs("\r\n\r\n") == []


def test_packed_pages_are_what_they_were(person: httpx.Client) -> None:
    with person:
        plain = person.get("/", headers={"accept-encoding": "identity"})
        packed = person.get("/", headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == plain.text
