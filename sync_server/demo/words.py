"""Names and places of the demo house."""

from typing import Final

from domain.resource import ResourceKind, WayStep

FIRST_NAMES: Final = (
    "Amira", "Ben", "Clara", "David", "Elif", "Fabian", "Greta", "Hannes", "Ida", "Jakob",
    "Katrin", "Levin", "Mara", "Nils", "Olga", "Paul", "Rosa", "Samuel", "Thea", "Yusuf",
)  # fmt: skip
LAST_NAMES: Final = (
    "Albrecht", "Böhm", "Conrad", "Dogan", "Ernst", "Franke", "Günther", "Haas", "Ivanova",
    "Jansen", "Kaya", "Lorenz", "Meier", "Nowak", "Otto", "Petersen", "Roth", "Schubert",
    "Thiel", "Vogel", "Wagner", "Yilmaz", "Zimmer",
)  # fmt: skip
MAIL_DOMAIN: Final = "example.org"
"""Reserved for examples (RFC 2606): no mail of the demo reaches anybody."""
PHONE: Final = "+49 30 23125 012"
"""From the numbers kept free for films in Berlin."""

ROOMS: Final = (
    ("Kiln", ResourceKind.ROOM, 12),
    ("Clay", ResourceKind.ROOM, 8),
    ("Arch", ResourceKind.ROOM, 6),
    ("Loft", ResourceKind.ROOM, 4),
    ("Yard", ResourceKind.ROOM, 4),
    *((f"Booth {n}", ResourceKind.BOOTH, 1) for n in range(1, 8)),
)
PLACES: Final = (
    {"en": "ground floor right", "de": "Erdgeschoss rechts"},
    {"en": "first floor left", "de": "erster Stock links"},
    {"en": "first floor right", "de": "erster Stock rechts"},
)
WAYS: Final = (
    (WayStep("arrow-right", {"en": "Right after the stairs", "de": "Rechts nach der Treppe"}),),
    (
        WayStep("steps", {"en": "Up to the first floor", "de": "In den ersten Stock"}),
        WayStep("arrow-elbow-up-left", {"en": "Left, second door", "de": "Links, zweite Tür"}),
    ),
    (
        WayStep("steps", {"en": "Up to the first floor", "de": "In den ersten Stock"}),
        WayStep("arrow-right", {"en": "Right, along the windows", "de": "Rechts, am Fenster"}),
    ),
)
