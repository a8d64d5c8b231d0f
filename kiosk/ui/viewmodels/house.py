"""What kind of house this is: what it has decides what may be mentioned."""

from dataclasses import dataclass

from kiosk.services.answers import HomeFacts, KioskStatus


@dataclass(frozen=True, slots=True)
class House:
    """A house without doors, camera or broker is a complete house: none of them is named."""

    name: str = ""
    zone: str = "UTC"
    currency: str = "EUR"
    has_camera: bool = False
    has_doors: bool = False


def derive_house(home: HomeFacts | None, status: KioskStatus | None) -> House:
    """What is known of the house so far."""
    doors = status is not None and len(status.doors) > 0
    if home is None:
        return House(has_doors=doors)
    return House(home.site_name, home.zone, home.currency, home.has_camera, doors)
