"""Somebody else's door system: asks the check-in API with a token."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from tests.sync_server.lobby import fresh_id


@dataclass(frozen=True, slots=True)
class Doorman:
    http: httpx.Client
    token: str
    place: str

    def ask(self, code: str, *, language: str = "en", **changed: Any) -> httpx.Response:
        body = {"id": fresh_id(), "code": code, "place": self.place, **changed}
        if isinstance(body.get("at"), datetime):
            body["at"] = body["at"].isoformat()
        return self.send(body, language=language)

    def send(self, body: Any, language: str = "en") -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}", "Accept-Language": language}
        return self.http.post("/api/v1/check-ins", json=body, headers=headers)
