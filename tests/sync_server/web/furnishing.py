"""What the demo's sites show to the public in these tests."""

import asyncio
from dataclasses import replace

from domain.add_on import AddOn, AddOnPer
from domain.site import Site, SiteSet
from domain.subjects import site_stream
from ledger.unit import Unit
from sync_server.house import open_house
from sync_server.settings import Settings

IMPRINT = """Ziegelhof Coworking GmbH
Hofstraße 9
10999 Berlin

Vertreten durch Lena Brandt und Tomas Weiß."""

UNWRITTEN = "cancellation"
"""One text that the operator has not written yet."""
RULES = {
    "en": "Leave the room as you would like to find it.\n\nCalls go into the booths.",
    "de": "Verlass den Raum so, wie du ihn vorfinden möchtest.\n\nTelefoniert wird in den Boxen.",
}
PERSON, PIECE = AddOnPer.PERSON, AddOnPer.PIECE


def furnish(settings: Settings) -> None:
    """Give every site a face."""
    asyncio.run(_furnish(settings))


async def _furnish(settings: Settings) -> None:
    house = await open_house(settings)
    try:
        sites = await house.ledger.read(lambda reader: reader.all("site", Site))
        for site_id, site in sites:

            def show(unit: Unit, site_id: str = site_id, site: Site = site) -> None:
                event = SiteSet(furnished(site))
                unit.append(site_stream(site_id), "site", site_id, event, actor="test")

            await house.ledger.work([site_stream(site_id)], show)
    finally:
        await house.close()


def furnished(site: Site) -> Site:
    """The site with what its pages show."""
    return replace(
        site,
        slug=site.name.lower(),
        address=site.address or "Hofstraße 9, 10999 Berlin",
        texts={
            **_without(UNWRITTEN, site.texts),
            "imprint": {"de": IMPRINT, "en": IMPRINT},
            "rules": RULES,
        },
        add_ons=(
            AddOn("coffee", {"en": "Coffee for everybody", "de": "Kaffee für alle"}, 350, PERSON),
            AddOn(
                "screen", {"en": "Second screen", "de": "Zweiter Bildschirm"}, 500, PIECE, most=4
            ),
        ),
        guests_pay_by=("link", "invoice"),
    )


def _without(name: str, texts: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    return {key: words for key, words in texts.items() if key != name}
