"""The house as a file: GET it as it stands, POST what it is to be."""

import asyncio
import tomllib
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from sync_server.admin.apply_acts import applied, house_file
from sync_server.admin.orders import NoParams
from sync_server.api.answers import (
    HouseAnswer,
    HouseChangeAnswer,
    HouseChangesAnswer,
    HouseProblemAnswer,
)
from sync_server.api.asking import who_changes, who_reads
from sync_server.api.body import exact_body_as
from sync_server.api.codes import ApiCode
from sync_server.api.described import answered, refused, secured, takes
from sync_server.api.desk import desk_of
from sync_server.api.problems import CanonicalResponse
from sync_server.api.told import told
from sync_server.api.wishes import HouseBody
from sync_server.use_cases.apply.apply_house import NotApplied, Planned, WantedHouse
from sync_server.use_cases.apply.changes import summary
from sync_server.use_cases.apply.trouble import Problem
from sync_server.use_cases.asker import Auditor, Operator

router: Final = APIRouter(prefix="/api/v1/house", tags=["house"])


@router.get(
    "",
    summary="The house as a file that would change nothing",
    description="For tokens of all sites with `read` or `operate`.",
    responses=answered(200, "As it stands", HouseAnswer)
    | refused({401: (ApiCode.NO_TOKEN,), 403: (ApiCode.FORBIDDEN,)}),
    openapi_extra=secured(),
)
async def get_house(request: Request) -> Response:
    desk = desk_of(request)
    asker = await who_reads(desk, request)
    if isinstance(asker, Response):
        return asker
    if not isinstance(asker, Auditor | Operator) or asker.site_id is not None:
        return told(request, 403, ApiCode.FORBIDDEN)
    found = await house_file(desk.house, NoParams())
    assert isinstance(found, dict), "a house can always be written down"
    return CanonicalResponse(HouseAnswer(found["text"]))


@router.post(
    "",
    summary="Make the house what a file says",
    description="For tokens of all sites with `operate`. All of it or nothing; `dry_run` only "
    "tells. Pictures are those the house has: new ones come by `foyer-server apply`.",
    responses=answered(200, "What changed, or would change", HouseChangesAnswer)
    | refused(
        {
            401: (ApiCode.NO_TOKEN,),
            403: (ApiCode.FORBIDDEN,),
            413: (ApiCode.TOO_LARGE,),
            422: (ApiCode.BAD_BODY, ApiCode.NOT_APPLIED),
        },
        also={422: {"problems": list[HouseProblemAnswer]}},
    ),
    openapi_extra=secured() | takes(HouseBody),
)
async def post_house(request: Request) -> Response:
    desk = desk_of(request)
    asker = await who_changes(desk, request)
    if isinstance(asker, Response):
        return asker
    if not isinstance(asker, Operator) or asker.site_id is not None:
        return told(request, 403, ApiCode.FORBIDDEN)
    body = await exact_body_as(request, HouseBody)
    if isinstance(body, Response):
        return body
    outcome = await _applied(request, body)
    if isinstance(outcome, NotApplied):
        problems = [HouseProblemAnswer(each.path, each.sentence) for each in outcome.problems]
        return told(request, 422, ApiCode.NOT_APPLIED, more={"problems": problems})
    desk.heads.poke()
    changes = [
        HouseChangeAnswer(each.kind, each.id, each.name, each.what.value, each.sentence)
        for each in outcome.changes
    ]
    return CanonicalResponse(HouseChangesAnswer(changes, summary(outcome.changes)))


async def _applied(request: Request, body: HouseBody) -> Planned | NotApplied:
    try:
        document = await asyncio.to_thread(tomllib.loads, body.text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        return NotApplied((Problem("", f"The file is no TOML: {error}."),))
    wanted = WantedHouse(document, remove_missing=body.remove_missing)
    house = desk_of(request).house
    return await applied(house, wanted, dry_run=body.dry_run, actor="operator")
