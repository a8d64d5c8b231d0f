"""A morning at the Ziegelhof: facts and answers as the desk would tell them."""

from datetime import UTC, datetime, timedelta

from domain.access.outcomes import (
    Admitted,
    AskStaff,
    BuyDayPass,
    Do,
    EnterFewer,
    Pay,
    Reason,
    Refused,
    Remedy,
    UseDoor,
    Wait,
)
from domain.door import Door, DoorOutcome
from domain.resource import ResourceKind, WayStep
from domain.site import Wifi
from kiosk.services.answers import (
    DoorPart,
    DoorStatus,
    FreeNow,
    GoodbyeAnswer,
    HomeFacts,
    KioskStatus,
    PartyQuestion,
    PlaceOf,
    RefusalAnswer,
    WelcomeAnswer,
)

ZONE = "Europe/Berlin"
NOW = datetime(2026, 5, 14, 6, 42, tzinfo=UTC)
"""Thursday 14 May, 8:42 in the house."""


def at(hour: int, minute: int = 0, days: int = 0) -> datetime:
    """A wall time of the house on that day."""
    return datetime(2026, 5, 14, hour - 2, minute, tzinfo=UTC) + timedelta(days=days)


FRONT = Door("d1", "Front door", 0, "l1", "00", other_way="d2")
COURT = Door("d2", "Courtyard door", 0, "l2", "01", hint="round the corner, 40 steps")
WIFI = Wifi("Ziegelhof Guest", "warm-brick-42")
BOOTH = PlaceOf(
    name="Booth 2",
    place={"en": "first floor left", "de": "erster Stock links"},
    way=(
        WayStep("door-open", {"en": "In through this door", "de": "Durch diese Tür"}),
        WayStep("steps", {"en": "Up to the first floor", "de": "Hinauf in den ersten Stock"}),
        WayStep(
            "arrow-elbow-up-left",
            {"en": "Left, second door: Booth 2", "de": "Links, zweite Tür: Booth 2"},
        ),
    ),
    starts=at(9),
    ends=at(11, 30),
    key_at_desk=False,
)
KEY_ROOM = PlaceOf(
    name="Room 2",
    place={"en": "ground floor right", "de": "Erdgeschoss rechts"},
    way=(),
    starts=at(9),
    ends=at(12),
    key_at_desk=True,
)
DAY = (at(8), at(20))


def free(name: str, seats: int, *taken: tuple[int, int]) -> FreeNow:
    spans = tuple((at(first), at(last)) for first, last in taken)
    kind = ResourceKind.ROOM if seats > 1 else ResourceKind.BOOTH
    return FreeNow(name, kind, seats, spans[0][0] if spans else None, spans, DAY)


HOME = HomeFacts(
    site_name="Ziegelhof",
    zone=ZONE,
    has_camera=True,
    phone="030 1234567",
    currency="EUR",
    day_pass_price_cents=2500,
    free_now=(
        free("Booth 1", 1, (10, 11), (13, 15), (17, 18)),
        free("Clay", 4, (12, 14)),
        free("Booth 4", 1),
        free("Kiln", 8, (15, 19)),
        free("Mortar", 6, (9, 10), (14, 16)),
        free("Lime", 12, (18, 20)),
    ),
)
FINE = KioskStatus(
    online=True,
    since=at(8, 2),
    unsent=0,
    known_at=at(8, 41),
    camera_running=True,
    broker_connected=True,
    doors=(DoorStatus("Front door", True, False), DoorStatus("Courtyard", True, False)),
)
OFFLINE = KioskStatus(
    online=False,
    since=at(9, 12),
    unsent=17,
    known_at=at(9, 11),
    camera_running=True,
    broker_connected=True,
    doors=FINE.doors,
)
TROUBLE = KioskStatus(
    online=True,
    since=at(8, 2),
    unsent=3,
    known_at=at(8, 41),
    camera_running=False,
    broker_connected=False,
    doors=(DoorStatus("Front door", False, True), DoorStatus("Courtyard", None, False)),
)
BARE_HOME = HomeFacts(
    site_name="Kontor",
    zone=ZONE,
    has_camera=False,
    phone="",
    currency="EUR",
    day_pass_price_cents=None,
    free_now=(free("Room 1", 4, (12, 14)), free("Room 3", 8)),
)
BARE = KioskStatus(
    online=True,
    since=at(8, 2),
    unsent=0,
    known_at=at(8, 41),
    camera_running=None,
    broker_connected=None,
    doors=(),
)


def admitted(*, again: bool = False, until: datetime | None = None) -> Admitted:
    return Admitted("booking", "b1", until or at(11, 30), 1, again=again)


def door(outcome: DoorOutcome | None, *, other: Door | None = COURT) -> DoorPart:
    return DoorPart(FRONT, outcome, other)


def welcome(
    serial: int = 1,
    *,
    outcome: DoorOutcome | None = DoorOutcome.OPENED,
    place: PlaceOf | None = BOOTH,
    name: str | None = "Jana",
    again: bool = False,
) -> WelcomeAnswer:
    """Somebody let in through the front door."""
    part = door(outcome)
    trouble = outcome is not None and not outcome.is_open
    return WelcomeAnswer(
        serial, admitted(again=again), name, 1, 1, place, WIFI, part, can_retry_door=trouble
    )


def bare_welcome(
    serial: int = 1, *, place: PlaceOf | None = KEY_ROOM, again: bool = False
) -> WelcomeAnswer:
    """Somebody let in where there is no door to open."""
    return WelcomeAnswer(
        serial, admitted(again=again, until=at(18)), "Jana", 1, 1, place, WIFI, None
    )


def party_welcome(serial: int = 1) -> WelcomeAnswer:
    """Five more of a group of eight let in."""
    return WelcomeAnswer(serial, admitted(), "Mira", 8, 8, BOOTH, WIFI, door(DoorOutcome.OPENED))


def refusal(
    reason: Reason,
    *remedies: Remedy,
    serial: int = 1,
    since: datetime | None = None,
    place: PlaceOf | None = None,
) -> RefusalAnswer:
    """Somebody not let in; staff are always the last way out."""
    all_ways = (*remedies, AskStaff("030 1234567"))
    return RefusalAnswer(serial, Refused(reason, all_ways, since), "Jana", place, (FRONT, COURT))


EXPIRED = refusal(Reason.EXPIRED, Do(BuyDayPass(2500, at(18))), since=at(18, days=-1))
EARLY = refusal(Reason.NOT_YET_VALID, Wait(at(8, 57)), place=BOOTH)
NOT_PAID = refusal(Reason.NOT_PAID, Do(Pay(650, "b1")), Do(BuyDayPass(2500, at(18))))
WRONG_PLACE = refusal(Reason.NO_GRANT_FOR_PLACE, Do(UseDoor("d2")))
FULL = refusal(Reason.PARTY_FULL, Do(EnterFewer(3)))
REFUSALS = tuple(refusal(reason, since=at(8, 30)) for reason in Reason)
PARTY = PartyQuestion(1, 3, 8, 5, PlaceOf("Kiln", {}, (), at(9, 30), at(12), key_at_desk=False))
CROWD = PartyQuestion(1, 0, 18, 18, None)
GOODBYE = GoodbyeAnswer(1, "Jana", 1, was_inside=True)
