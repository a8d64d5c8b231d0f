"""Who a token stands for, and what that is good for."""

import pytest

from sync_server.use_cases.asker import (
    Anyone,
    Asker,
    Auditor,
    Member,
    Operator,
    asker_of_token,
    runs,
    sees_all_of,
)
from sync_server.use_cases.scopes import SCOPES
from sync_server.use_cases.tokens import ApiToken


@pytest.mark.parametrize(
    ("scopes", "person", "asker"),
    [
        (("book",), "p", Member("p")),
        (("book",), None, Anyone()),
        (("read",), None, Auditor("s")),
        (("operate",), None, Operator("s")),
        (("read", "operate"), None, Operator("s")),
        (("read", "book"), "p", Auditor("s")),
        (("check-in",), "p", Anyone()),
        ((), None, Anyone()),
    ],
)
def test_a_token_stands_for_the_strongest_of_its_scopes(
    scopes: tuple[str, ...], person: str | None, asker: Asker
) -> None:
    assert asker_of_token(ApiToken("id", "hash", scopes, "s", person)) == asker
    assert set(scopes) <= set(SCOPES)


@pytest.mark.parametrize(
    ("asker", "sees", "changes"),
    [
        (Anyone(), False, False),
        (Member("p"), False, False),
        (Auditor(), True, False),
        (Auditor("s"), True, False),
        (Auditor("other"), False, False),
        (Operator(), True, True),
        (Operator("s"), True, True),
        (Operator("other"), False, False),
    ],
)
def test_only_those_of_a_site_see_and_run_it(asker: Asker, sees: bool, changes: bool) -> None:
    assert (sees_all_of(asker, "s"), runs(asker, "s")) == (sees, changes)
