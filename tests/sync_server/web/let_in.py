"""A browser that is signed in from the start, for tests of what comes after."""

import asyncio

from sync_server.house import open_house
from sync_server.settings import Settings
from sync_server.use_cases import web_sessions
from tests.sync_server.web.browser import Visitor


def new_secret(settings: Settings, person_id: str) -> str:
    """The cookie's value of a fresh session of this person."""

    async def work() -> str:
        house = await open_house(settings)
        try:
            made = await house.ledger.work(
                [], lambda unit: web_sessions.sign_in(unit, None, person_id)
            )
        finally:
            await house.close()
        return made[0]

    return asyncio.run(work())


def let_in(visitor: Visitor, settings: Settings, person_id: str) -> None:
    """From now on this visitor is that person."""
    secret = new_secret(settings, person_id)
    visitor.page.context.add_cookies([{"name": "foyer", "value": secret, "url": visitor.url}])
