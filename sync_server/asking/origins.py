"""Where a request comes from: a form of ours, or somebody else's page."""

from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request

from sync_server.settings import Settings

_OURS: Final = ("same-origin", "none")
"""What Sec-Fetch-Site says of our own pages, and of what a person did without a page."""


def our_origin(settings: Settings, request: Request) -> str:
    """Scheme and host our pages are seen under: as set, else as the browser asked for them."""
    if settings.public_url:
        return settings.base_url.lower()
    return f"{request.url.scheme}://{request.headers.get('host', '')}"


def is_from_us(settings: Settings, request: Request) -> bool:
    """Whether the browser says that a page of ours sent this.

    Every browser of these years says so (Origin, RFC 6454; Sec-Fetch-Site, W3C Fetch Metadata);
    where none of them speaks, the Referer does, and silence is a no.
    """
    headers = request.headers
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in _OURS:
        return False
    if origin is not None:
        return origin == our_origin(settings, request)
    if referer := headers.get("referer"):
        parts = urlsplit(referer)
        return f"{parts.scheme}://{parts.netloc}" == our_origin(settings, request)
    return site is not None
