"""Somebody with a browser that shows no pictures: opens pages, fills in forms, sends them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx

AS_A_PERSON = {"accept": "text/html"}


@dataclass(slots=True)
class Form:
    """A form as it stands in a page."""

    action: str
    method: str = "get"
    values: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(Form(told.get("action", ""), told.get("method", "get")))
        elif tag == "input" and self.found and "name" in told:
            self.found[-1].values[told["name"]] = told.get("value", "")


def forms_in(html: str) -> list[Form]:
    """Every form of a page."""
    parser = _Forms()
    parser.feed(html)
    return parser.found


@dataclass(slots=True)
class Person:
    """One browser: its cookies, and the page it shows."""

    http: httpx.Client
    shown: httpx.Response | None = None

    @property
    def text(self) -> str:
        """The page with plain spaces, as people read it."""
        assert self.shown
        return self.shown.text.replace("\u00a0", " ")

    @property
    def path(self) -> str:
        assert self.shown
        return self.shown.url.path

    def go(self, path: str) -> int:
        """Open a page, wherever it leads; its status."""
        self.shown = self.http.get(path)
        return self.shown.status_code

    def send(self, action: str, **filled: str) -> int:
        """Fill in the form of the shown page that goes to `action`, and send it."""
        form = next(each for each in forms_in(self.text) if each.action == action)
        assert form.method == "post"
        self.shown = self.http.post(
            action, data=form.values | filled, headers={"origin": self.origin}
        )
        return self.shown.status_code

    @property
    def origin(self) -> str:
        return str(self.http.base_url).rstrip("/")


def arrives(url: str, **headers: str) -> Person:
    """A browser nobody has used yet; close its `http` when it is done with."""
    client = httpx.Client(
        base_url=url,
        headers=AS_A_PERSON | headers,
        trust_env=False,
        timeout=10,
        follow_redirects=True,
    )
    return Person(client)
