"""The words of the simulated provider's page, in English and German without du or Sie."""

from typing import Final

from domain.money import Money
from sync_server.payments.ports import Order
from wording import money

_WORDS: Final = {
    "title": ("Payment", "Zahlung"),
    "lead": ("{amount}, please.", "{amount}, bitte."),
    "lead.for": ("{amount} for {what}.", "{amount} für {what}."),
    "note": (
        "This page stands in for a payment provider. No money moves here.",
        "Diese Seite steht für einen Zahlungsanbieter. Hier fließt kein Geld.",
    ),
    "pay": ("Pay {amount}", "{amount} zahlen"),
    "trials": ("Or try a bad day", "Oder einen schlechten Tag ausprobieren"),
    "decline": ("Decline", "Ablehnen"),
    "decline.note": ("the bank says no", "die Bank sagt nein"),
    "expire": ("Let it expire", "Ablaufen lassen"),
    "expire.note": ("as if the time was over", "als wäre die Zeit um"),
    "quiet": ("Pay, and never call back", "Zahlen, ohne Rückruf"),
    "quiet.note": ("the house has to ask", "das Haus muss selbst fragen"),
    "late": ("Pay, answered late", "Zahlen, Antwort kommt spät"),
    "late.note": ("the money takes {seconds} s", "das Geld braucht {seconds} s"),
    "crash": ("Pay, and crash between", "Zahlen, dann Absturz"),
    "crash.note": (
        "the money is taken, then the line is gone",
        "das Geld ist da, die Verbindung ist weg",
    ),
    "paid": ("{amount} is paid.", "{amount} sind bezahlt."),
    "waits": ("The money is on its way.", "Das Geld ist unterwegs."),
    "failed": ("The bank said no.", "Die Bank hat nein gesagt."),
    "expired": ("The time for this payment is over.", "Die Zeit für diese Zahlung ist um."),
    "back": ("Back to the house", "Zurück zum Haus"),
}


def say(key: str, order: Order, **values: object) -> str:
    """The words for `key` in the order's language."""
    german = order.language.startswith("de")
    amount = money(Money(order.amount_cents, order.currency), "de" if german else "en")
    return _WORDS[key][german].format(amount=amount, what=order.what, **values)


KEYS: Final = frozenset(_WORDS)
