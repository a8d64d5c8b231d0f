"""A kiosk opens the door it was told, or the first, and never another one than that."""

import pytest

from domain.site import Site
from kiosk.services.own_door import door_is_unknown, own_door
from tests.world import ziegelhof

WITH_DOORS, BARE = (
    next(state for state in ziegelhof(doors=doors).states.values() if isinstance(state, Site))
    for doors in (True, False)
)


@pytest.mark.parametrize(
    ("site", "told", "opens", "unknown"),
    [
        (None, "", None, False),
        (None, "courtyard", "courtyard", False),
        (BARE, "", None, False),
        (BARE, "courtyard", None, True),
        (WITH_DOORS, "", "front", False),
        (WITH_DOORS, "courtyard", "courtyard", False),
        (WITH_DOORS, "cellar", None, True),
    ],
)
def test_the_door_of_a_kiosk(
    site: Site | None, told: str, opens: str | None, unknown: bool
) -> None:
    assert (own_door(site, told), door_is_unknown(site, told)) == (opens, unknown)
