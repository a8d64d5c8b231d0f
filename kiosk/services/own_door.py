"""Which door of its site a kiosk opens."""

from domain.site import Site


def own_door(site: Site | None, told: str) -> str | None:
    """The id of the door it was told, else of the first; None: it opens none.

    A door that the site does not have opens none: no other one stands in for it.
    """
    if site is None:
        return told or None
    if told:
        return None if door_is_unknown(site, told) else told
    return site.doors[0].id if site.doors else None


def door_is_unknown(site: Site | None, told: str) -> bool:
    """Whether it was told a door that its site, once known, does not have."""
    return bool(told) and site is not None and site.door(told) is None
