"""A token that books for a person is that person's alone, and ends with them."""

import asyncio

import pytest

from sync_server.admin.answers import Answer
from sync_server.admin.asking import Asked, ask
from sync_server.admin.orders import NewToken, Subject
from sync_server.house import open_house
from sync_server.settings import Settings
from sync_server.use_cases.refusal import Refusal
from sync_server.use_cases.tokens import ApiToken, find_token
from tests.sync_server.conftest import Demo


def create(settings: Settings, *scopes: str, person: str | None = None) -> Answer:
    return ask(settings, Asked("token create", NewToken(scopes, None, person)))


async def found(settings: Settings, text: str) -> ApiToken | None:
    house = await open_house(settings)
    try:
        return await house.ledger.read(lambda reader: find_token(reader, text))
    finally:
        await house.close()


@pytest.mark.parametrize("end", ["offboard", "erase-person"])
def test_a_token_of_a_person_ends_with_them(settings: Settings, demo: Demo, end: str) -> None:
    made = create(settings, "book", person=demo.ids["member"])
    assert isinstance(made, dict)
    token = asyncio.run(found(settings, made["token"]))
    assert token
    assert (token.person, token.scopes) == (demo.ids["member"], ("book",))
    ask(settings, Asked(end, Subject(demo.ids["member"])))
    assert asyncio.run(found(settings, made["token"])) is None


@pytest.mark.parametrize(
    ("scopes", "whose", "code"),
    [
        (("book",), None, "person_needed"),
        (("book",), "nobody", "unknown_person"),
        (("book", "operate"), "member", "person_unfit"),
        (("read",), "member", "person_unfit"),
    ],
)
def test_no_token_is_somebodys_and_the_operators_at_once(
    settings: Settings, demo: Demo, scopes: tuple[str, ...], whose: str | None, code: str
) -> None:
    person = demo.ids.get(whose, whose) if whose else None
    answer = create(settings, *scopes, person=person)
    assert isinstance(answer, Refusal)
    assert answer.code == code
