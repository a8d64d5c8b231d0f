"""The page for whoever tried too often: in how many minutes it goes on."""

from datetime import datetime
from math import ceil

from starlette.requests import Request
from starlette.responses import Response

from domain.rates import TooOften
from sync_server.web.page import page
from sync_server.web.places import Place


def come_back_later(
    request: Request, place: Place | None, wait: TooOften, now: datetime
) -> Response:
    """429, with the time left in words and in Retry-After."""
    left_s = max(1, ceil((wait.until - now).total_seconds()))
    response = page(request, "waiting.html", place=place, status=429, minutes=ceil(left_s / 60))
    response.headers["retry-after"] = str(left_s)
    return response
