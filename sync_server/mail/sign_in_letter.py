"""The mail with a sign-in link: one sentence, one button, nothing else."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from domain.site import Site
from ledger.cards import Card
from ledger.mails import OutgoingMail
from ledger.reader import Reader
from sync_server.keys import HouseKeys
from sync_server.links import Links
from sync_server.mail.envelope import Envelope, render
from sync_server.mail.letter import first_site
from sync_server.use_cases.signing_in import LINK_LIFE, link_token
from sync_server.use_cases.web_sessions import is_welcome
from wording import sentence


@dataclass(frozen=True, slots=True)
class SignInLetter:
    """The link is made when the mail is written; nothing that waits holds it."""

    mail_id: str
    to: Card
    locale: str
    token: str
    site: Site | None


def read_sign_in_letter(
    reader: Reader, keys: HouseKeys, mail: OutgoingMail, now: datetime
) -> SignInLetter | None:
    """The letter, unless nobody has that address, they left, or the link is over by now."""
    link = reader.sign_in_link_by_id(mail.ref_id, now)
    card = reader.card(link.person_id) if link else None
    if link is None or card is None or not card.mail or not is_welcome(reader, link.person_id):
        return None
    token = link_token(keys, link.id)
    return SignInLetter(mail.id, card, link.language, token, first_site(reader))


def compose_sign_in(letter: SignInLetter, sender: str, at: datetime, links: Links) -> EmailMessage:
    """The mail in the language of the page where the link was asked for."""

    def say(code: str, **params: object) -> str:
        return sentence(f"mail.{code}", params, letter.locale)

    site, first_name = letter.site, letter.to.name.partition(" ")[0]
    house = site.name if site else "Foyer"
    minutes = int(LINK_LIFE.total_seconds()) // 60
    values = {
        "language": letter.locale.partition("_")[0],
        "subject": say("sign_in.subject", site=house),
        "headline": say("sign_in.headline", name=first_name),
        "lead": say("sign_in.lead", minutes=minutes),
        "button": say("sign_in.button"),
        "url": links.sign_in(letter.token),
        "not_you": say("sign_in.not_you"),
        "help": say("help.phone", phone=site.phone) if site and site.phone else say("help"),
        "site": house,
    }
    message = Envelope(letter.mail_id, letter.to, sender, at).message(str(values["subject"]))
    message.set_content(render("sign_in.txt", **values))
    message.add_alternative(render("sign_in.html", **values), subtype="html")
    message["Content-Language"] = values["language"]
    return message
