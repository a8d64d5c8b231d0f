"""GET /api/v1/resources: what can be booked at a site, and on which terms."""

from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from domain.resource import Resource
from domain.site import Site
from sync_server.api.answers import AddOnOffer, ResourceAnswer, ResourcesAnswer
from sync_server.api.asking import site_meant, who_asks
from sync_server.api.codes import ApiCode
from sync_server.api.described import answered, refused, secured
from sync_server.api.desk import desk_of
from sync_server.api.languages import in_language
from sync_server.api.problems import CanonicalResponse
from sync_server.api.told import locale_of

router: Final = APIRouter(prefix="/api/v1", tags=["booking"])
SiteQuery = Annotated[
    str | None,
    Query(max_length=200, description="Id or slug; may be left out where there is one site only."),
]
ResourceQuery = Annotated[
    str | None, Query(max_length=200, description="The id of a resource; absent: all.")
]


@router.get(
    "/resources",
    summary="What can be booked at a site",
    responses=answered(200, "In the order of their numbers", ResourcesAnswer)
    | refused(
        {
            401: (ApiCode.NO_TOKEN,),
            404: (ApiCode.UNKNOWN_SITE,),
            422: (ApiCode.WHICH_SITE, ApiCode.BAD_REQUEST),
        }
    ),
    openapi_extra=secured(needed=False),
)
async def resources(request: Request, site: SiteQuery = None) -> Response:
    desk = desk_of(request)
    asker = await who_asks(desk, request)
    if isinstance(asker, Response):
        return asker
    meant = await site_meant(desk, request, site)
    if isinstance(meant, Response):
        return meant
    site_id, here = meant
    found = await desk.house.ledger.read(lambda reader: reader.resources(site_id))
    locale = locale_of(request, here)
    listed = [_resource(id_, each, here, locale) for id_, each in _by_number(found)]
    return CanonicalResponse(ResourcesAnswer(site_id, here.zone, listed))


def _by_number(found: list[tuple[str, Resource]]) -> list[tuple[str, Resource]]:
    return sorted(found, key=lambda each: (each[1].number, each[0]))


def _resource(id_: str, resource: Resource, site: Site, locale: str) -> ResourceAnswer:
    terms = resource.terms
    return ResourceAnswer(
        id=id_,
        name=resource.name,
        kind=resource.kind.value,
        seats=resource.seats,
        units=resource.units,
        place=in_language(resource.place, locale),
        about=in_language(resource.about, locale),
        features=list(resource.features),
        step_free=resource.step_free,
        audience=terms.audience.value,
        hour_price_cents=resource.hour_price_cents,
        currency=site.currency,
        step_min=terms.step_min,
        shortest_min=terms.shortest_min,
        longest_min=terms.longest_min,
        notice_min=terms.notice_min,
        horizon_days=terms.horizon_days,
        needs_approval=terms.needs_approval,
        add_ons=_offers(resource, site, locale),
    )


def _offers(resource: Resource, site: Site, locale: str) -> list[AddOnOffer]:
    return [
        AddOnOffer(
            each.id, in_language(each.name, locale), each.price_cents, each.per.value, each.most
        )
        for each in site.add_ons
        if not each.kinds or resource.kind.value in each.kinds
    ]
