"""The operator's pictures of a site: photos and the floor plan, by names that tell the content."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from fastapi import APIRouter
from PIL import Image
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from sync_server.api.desk import desk_of
from sync_server.house import House
from sync_server.web.places import Place, place_at
from sync_server.web.static import FOREVER

router: Final = APIRouter(include_in_schema=False)
FOLDER: Final = "files"


@dataclass(frozen=True, slots=True)
class Plan:
    """The floor plan as it is shown; its size keeps the page still while it loads."""

    url: str
    width: int
    height: int


async def floor_plan_of(house: House, place: Place) -> Plan | None:
    """The plan that the operator put there, if there is one."""
    name = place.site.floor_plan
    size = await run_in_threadpool(_size, house.data.root / FOLDER / name) if name else None
    return Plan(picture_url(place, name), *size) if size else None


def picture_url(place: Place, name: str) -> str:
    return f"{place.url}/pictures/{name}"


@router.get("/s/{slug}/pictures/{name}")
async def picture(request: Request, slug: str, name: str) -> Response:
    """A picture that this site shows; whatever else lies in the folder is nobody's business."""
    place = await place_at(request, slug)
    if place is None:
        raise HTTPException(404)
    house = desk_of(request).house
    resources = await house.ledger.read(lambda reader: reader.resources(place.id))
    shown = {*place.site.photos, place.site.floor_plan}
    shown |= {each for _, resource in resources for each in resource.photos}
    file = house.data.root / FOLDER / name
    content = await run_in_threadpool(_content, file) if name and name in shown else None
    if content is None:
        raise HTTPException(404)
    return Response(content, media_type="image/jpeg", headers={"cache-control": FOREVER})


@lru_cache(maxsize=64)
def _size(file: Path) -> tuple[int, int] | None:
    """Names tell the content, so the size stays."""
    try:
        with Image.open(file) as opened:
            return opened.size
    except OSError:
        return None


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None
