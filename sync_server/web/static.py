"""Files that never change under their address: the address carries a hash of the content."""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

router: Final = APIRouter(include_in_schema=False)

_WEB: Final = Path(__file__).parent
_ASSETS: Final = _WEB.parents[1] / "assets"
STYLES: Final = (
    "tokens", "type", "frame", "controls", "fields", "rows", "bar", "answer", "door", "pass",
    "booking", "site", "resource", "office",
)  # fmt: skip
"""The parts of the one stylesheet, in their order."""
SCRIPTS: Final = ("foyer",)
FOREVER: Final = "public, max-age=31536000, immutable"
_COMPRESSED: Final = frozenset({"text/css", "text/javascript", "image/svg+xml", "text/plain"})
_REFERENCE: Final = re.compile(r"url\(asset:([\w./-]+)\)")


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent."""

    content: bytes
    media_type: str
    compressed: bytes | None

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.content).hexdigest()[:16]


def asset(name: str) -> str:
    """The address of a file of the pages: "foyer.css", "vendor/htmx-4.0.1.min.js".

    Raises KeyError where there is no such file.
    """
    return f"/static/{assets()[name].fingerprint}/{name}"


@cache
def assets() -> dict[str, Asset]:
    """Every file by name, the stylesheet and the script put together from their parts."""
    folder = _WEB / "static"
    found = {
        path.relative_to(folder).as_posix(): _asset(path.name, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    found["mark.svg"] = _asset("mark.svg", _mark())
    style = _joined("styles", STYLES, "css")
    found["foyer.css"] = _asset("foyer.css", _with_addresses(style, found).encode())
    found["foyer.js"] = _asset("foyer.js", _joined("scripts", SCRIPTS, "js").encode())
    return found


@router.api_route("/static/{fingerprint}/{name:path}", methods=["GET", "HEAD"])
async def static_file(fingerprint: str, name: str, request: Request) -> Response:
    found = assets().get(name)
    if found is None or found.fingerprint != fingerprint:
        raise HTTPException(404)
    headers = {"cache-control": FOREVER, "vary": "accept-encoding"}
    content = found.content
    if found.compressed and takes_gzip(request):
        headers["content-encoding"] = "gzip"
        content = found.compressed
    return Response(content, media_type=found.media_type, headers=headers)


def takes_gzip(request: Request) -> bool:
    """Whether whoever asks can unpack gzip."""
    return "gzip" in request.headers.get("accept-encoding", "")


def _asset(name: str, content: bytes) -> Asset:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    kind = {"application/javascript": "text/javascript"}.get(kind, kind)
    if name.endswith(".woff2"):
        kind = "font/woff2"
    small = gzip.compress(content, 9, mtime=0) if kind in _COMPRESSED else None
    return Asset(content, kind, small)


def _joined(folder: str, names: tuple[str, ...], suffix: str) -> str:
    return "\n".join((_WEB / folder / f"{name}.{suffix}").read_text("utf-8") for name in names)


def _with_addresses(style: str, found: dict[str, Asset]) -> str:
    return _REFERENCE.sub(
        lambda match: f'url("/static/{found[match[1]].fingerprint}/{match[1]}")', style
    )


def _mark() -> bytes:
    drawing = (_ASSETS / "brand" / "brick-mark.svg").read_text("utf-8")
    return drawing.replace("currentColor", "#A23B22").encode()
