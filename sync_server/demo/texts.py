"""What the demo's legal pages say: that it is a demo, and roughly what would stand there."""

from typing import Final

_EN: Final = "This is the demo of Foyer. Nobody offers anything here.\n\n"
_DE: Final = "Das ist die Demo von Foyer. Niemand bietet hier etwas an.\n\n"

TEXTS: Final = {
    "imprint": {
        "en": _EN + "Demo Ziegelhof\nHofstraße 9, 10969 Berlin\nfrontdesk@example.org",
        "de": _DE + "Demo Ziegelhof\nHofstraße 9, 10969 Berlin\nfrontdesk@example.org",
    },
    "terms": {
        "en": _EN
        + "What is booked is yours for the time shown. Until 24 hours before it begins you cancel"
        " free of charge, after that half of the price is owed, and all of it in the last two"
        " hours.\n\nIf nobody has come 15 minutes after the beginning, the room is free again.",
        "de": _DE
        + "Was gebucht ist, gehört euch für die angezeigte Zeit. Bis 24 Stunden vorher ist die"
        " Absage kostenlos, danach fällt die Hälfte des Preises an, in den letzten zwei Stunden"
        " der ganze.\n\nIst 15 Minuten nach Beginn niemand da, wird der Raum wieder frei.",
    },
    "privacy": {
        "en": _EN + "What you type stays on the machine that runs this demo.",
        "de": _DE + "Was du eintippst, bleibt auf dem Rechner, auf dem diese Demo läuft.",
    },
    "withdrawal": {
        "en": _EN
        + "A bundle of day passes can be given back within 14 days. For a room at a fixed time"
        " there is no right of withdrawal (section 312g (2) no. 9 BGB).",
        "de": _DE
        + "Eine Zehnerkarte kann binnen 14 Tagen widerrufen werden. Für einen Raum zu einer"
        " festen Zeit besteht kein Widerrufsrecht (§ 312g Abs. 2 Nr. 9 BGB).",
    },
    "cancellation": {
        "en": _EN + "A membership ends at the end of any month; one line by mail is enough.",
        "de": _DE + "Eine Mitgliedschaft endet zu jedem Monatsende; eine Zeile per Mail genügt.",
    },
    "rules": {
        "en": "Leave the room as you found it.\nPhone calls belong into a booth.",
        "de": "Hinterlass den Raum, wie du ihn vorgefunden hast.\nTelefonieren gehört in eine Box.",
    },
}
