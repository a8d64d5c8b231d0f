"""The mail of a series: every date with the way to its page, and all of them for the calendar."""

from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from zoneinfo import ZoneInfo

from domain.booking import Booking, BookingStatus
from domain.resource import Resource
from domain.series import Series
from domain.site import Site
from ledger.cards import Card
from ledger.mails import OutgoingMail
from ledger.reader import Reader
from sync_server.keys import HouseKeys
from sync_server.links import Links, pass_token
from sync_server.mail.envelope import Envelope, render
from sync_server.mail.invite import CANCEL, PUBLISH, EntryWords, Published, calendar_entries
from sync_server.mail.letter import Occasion, occasion_of_booking
from sync_server.use_cases.booking.making import newest_pass
from sync_server.use_cases.mails import SERIES_ENDED
from sync_server.use_cases.print_pass import site_of
from wording import sentence


@dataclass(frozen=True, slots=True)
class SeriesLetter:
    """`dates`: those that stand, or that ended with it, each with the token of its page."""

    mail_id: str
    what: str
    to: Card
    site: Site
    resource: Resource
    series_id: str
    dates: tuple[tuple[Occasion, str], ...]
    first_day: date
    """Of a series that ended: the first without a booking."""

    @property
    def locale(self) -> str:
        if self.to.language != "de":
            return "en"
        return "de_formal" if self.site.formal else "de"

    @property
    def ended(self) -> bool:
        return self.what == SERIES_ENDED

    @property
    def entries(self) -> tuple[Occasion, ...]:
        """What calendars get: a wish that nobody has confirmed is nothing for them."""
        return tuple(occasion for occasion, token in self.dates if token or self.ended)

    @property
    def told_as(self) -> str:
        """The beginning of its sentences' codes."""
        return self.what if len(self.entries) == len(self.dates) else f"{self.what}_wished"


def read_series_letter(
    reader: Reader, keys: HouseKeys, mail: OutgoingMail, now: datetime
) -> SeriesLetter | None:
    """The letter for a queued mail; None if nothing of it is to come, or nobody to be told."""
    series = reader.full("series", mail.ref_id, Series)
    card = reader.card(mail.person_id) if mail.person_id else None
    if series is None or card is None or not card.mail:
        return None
    home = site_of(reader, series.resource_id)
    resource = reader.full("resource", series.resource_id, Resource)
    dates = _dates(reader, keys, series, now, ended=mail.what == SERIES_ENDED)
    if home is None or resource is None or not dates:
        return None
    first_day = series.ended_from or series.rule.first
    return SeriesLetter(mail.id, mail.what, card, home[1], resource, mail.ref_id, dates, first_day)


def compose_series(letter: SeriesLetter, sender: str, at: datetime, links: Links) -> EmailMessage:
    """The mail; one of an end takes the entries out of calendars."""
    words = _words(letter, links)
    message = Envelope(letter.mail_id, letter.to, sender, at).message(str(words["subject"]))
    message.set_content(render("series.txt", **words))
    message.add_alternative(render("series.html", **words), subtype="html")
    if letter.entries:
        about = EntryWords(letter.site.name, "", str(words["language"]))
        published = Published(at, sender)
        entries = calendar_entries(letter.entries, about, published, cancelled=letter.ended)
        message.add_attachment(
            entries.decode(),
            subtype="calendar",
            params={"method": CANCEL if letter.ended else PUBLISH},
            filename="series.ics",
        )
    message["Content-Language"] = words["language"]  # last: making parts moves Content headers
    return message


def _dates(
    reader: Reader, keys: HouseKeys, series: Series, now: datetime, *, ended: bool
) -> tuple[tuple[Occasion, str], ...]:
    found = []
    for each in series.days:
        booking = reader.full("booking", each.booking_id, Booking) if each.booking_id else None
        if booking is None or booking.ends <= now or not _is_told(series, each.day, booking, ended):
            continue
        if (occasion := occasion_of_booking(reader, each.booking_id)) is not None:
            pass_id = newest_pass(reader, each.booking_id)
            found.append((occasion, pass_token(keys, pass_id) if pass_id else ""))
    return tuple(found)


def _is_told(series: Series, day: date, booking: Booking, ended: bool) -> bool:
    if not ended:
        return booking.status in (BookingStatus.CONFIRMED, BookingStatus.WISHED)
    over = series.ended_from is not None and day >= series.ended_from
    return over and booking.status is BookingStatus.CANCELLED


def _words(letter: SeriesLetter, links: Links) -> dict[str, object]:
    zone = ZoneInfo(letter.site.zone)
    params: dict[str, object] = {
        "name": letter.to.name.partition(" ")[0],
        "phone": letter.site.phone,
        "zone": letter.site.zone,
        "place": letter.resource.name,
        "count": len(letter.dates),
        "day": letter.first_day,
    }

    def say(code: str, **more: object) -> str:
        return sentence(f"mail.{code}", params | more, letter.locale)

    def line(occasion: Occasion) -> str:
        day = occasion.starts.astimezone(zone).date()
        return say("series.date", day=day, starts=occasion.starts, ends=occasion.ends)

    dates = [
        (line(occasion), links.booking(token) if token and not letter.ended else "")
        for occasion, token in letter.dates
    ]
    return {
        "language": letter.locale.partition("_")[0],
        "subject": say(f"{letter.told_as}.subject"),
        "headline": say(f"{letter.told_as}.headline"),
        "lead": say(f"{letter.told_as}.lead"),
        "dates": dates,
        "page": say("series.page"),
        "url": links.series(letter.series_id),
        "help": say("help.phone") if letter.site.phone else say("help"),
        "site": letter.site.name,
    }
