"""The page's words in English and German."""

from typing import Final

LANGUAGES: Final = ("en", "de")

_WORDS: Final = {
    "title": ("Foyer, the demo", "Foyer, die Vorführung"),
    "other_language": ("Deutsch", "English"),
    "lead.fine": ("The lobby is open.", "Das Foyer ist offen."),
    "lead.cut": (
        "The network is cut. The lobby goes on.",
        "Das Netz ist getrennt. Im Foyer geht es weiter.",
    ),
    "lead.server": (
        "The server is stopped. The lobby goes on.",
        "Der Server steht. Im Foyer geht es weiter.",
    ),
    "second.simulated": (
        "Open a mail, show its code to the kiosk and watch the door.",
        "Öffne eine Mail, zeig den Code dem Kiosk und sieh auf die Tür.",
    ),
    "second.webcam": (
        "Open a mail, hold its code up to the webcam and watch the door.",
        "Öffne eine Mail, halte den Code vor die Webcam und sieh auf die Tür.",
    ),
    "doors": ("Doors", "Türen"),
    "door.closed": ("closed", "zu"),
    "door.open": ("open", "offen"),
    "door.jammed": ("jams", "klemmt"),
    "door.away": ("does not answer", "antwortet nicht"),
    "act.jam": ("Jam the door", "Tür verklemmen"),
    "act.mend": ("Free the door", "Tür lösen"),
    "trials": ("Take something away", "Nimm etwas weg"),
    "act.cut_network": ("Cut the network", "Netz trennen"),
    "act.mend_network": ("Mend the network", "Netz verbinden"),
    "act.stop_server": ("Stop the server", "Server anhalten"),
    "act.start_server": ("Start the server", "Server starten"),
    "note.network": ("between kiosk and server", "zwischen Kiosk und Server"),
    "note.server": ("as if it had crashed", "als wäre er abgestürzt"),
    "happened": ("What the kiosk did", "Was der Kiosk getan hat"),
    "happened.none": ("Nobody came yet.", "Noch war niemand da."),
    "kiosk": ("The kiosk's screen", "Der Bildschirm des Kiosks"),
    "inbox": ("Mails of the house", "Mails des Hauses"),
    "inbox.none": ("No mail yet.", "Noch keine Mail."),
    "find": ("Find a name or subject", "Name oder Betreff suchen"),
    "show": ("Show it to the kiosk", "Dem Kiosk zeigen"),
    "shown": ("Held up to the camera", "Liegt vor der Kamera"),
    "hold": (
        "Hold this up to the webcam, about 30 cm away.",
        "Halte das vor die Webcam, etwa 30 cm entfernt.",
    ),
    "close": ("Back to the mails", "Zurück zu den Mails"),
    "status.starting": ("The kiosk is starting.", "Der Kiosk startet."),
    "status.gone": (
        "The demo has ended. Start it again in the terminal.",
        "Die Vorführung ist beendet. Starte sie im Terminal neu.",
    ),
    "status.online": (
        "The kiosk is online, everything is sent.",
        "Der Kiosk ist online, alles ist gesendet.",
    ),
    "status.online.unsent": (
        "The kiosk is online, {count} waiting to be sent.",
        "Der Kiosk ist online, {count} noch zu senden.",
    ),
    "status.offline.sent": (
        "The kiosk is offline. The lobby goes on.",
        "Der Kiosk ist offline. Im Foyer geht es weiter.",
    ),
    "status.offline": (
        "The kiosk is offline, {count} waiting, nothing lost.",
        "Der Kiosk ist offline, {count} warten, nichts ist verloren.",
    ),
    "line.code_read": ("Code found in {ms} ms", "Code gefunden in {ms} ms"),
    "line.admitted": ("Let in, decided in {ms} ms", "Eingelassen, entschieden in {ms} ms"),
    "line.refused": ("Not let in: {reason}", "Nicht eingelassen: {reason}"),
    "line.asked": ("Asked how many people", "Gefragt, wie viele Leute"),
    "line.door": ("{door}: {outcome}, {ms} ms", "{door}: {outcome}, {ms} ms"),
    "line.sent": ("{count} sent to the server", "{count} zum Server gesendet"),
    "outcome.opened": ("opened", "aufgegangen"),
    "outcome.already_open": ("was open already", "war schon offen"),
    "outcome.jammed": ("jams", "klemmt"),
    "outcome.no_answer": ("did not answer", "hat nicht geantwortet"),
    "outcome.not_connected": ("cannot be reached", "nicht erreichbar"),
    "outcome.rejected": ("refused the command", "hat den Befehl abgelehnt"),
    "outcome.unknown": ("nobody knows", "niemand weiß es"),
}


def say(language: str, key: str, **facts: object) -> str:
    """The words for `key`; a key of a door outcome or line that is new says its own name."""
    both = _WORDS.get(key)
    if both is None:
        return key.rpartition(".")[2].replace("_", " ")
    return both[LANGUAGES.index(language)].format(**facts)


def best_language(wanted: str | None, accepted: str) -> str:
    """The language asked for, else the first one the browser accepts, else English."""
    if wanted in LANGUAGES:
        return wanted
    tags = (part.split(";")[0].strip().lower()[:2] for part in accepted.split(","))
    return next((tag for tag in tags if tag in LANGUAGES), LANGUAGES[0])
