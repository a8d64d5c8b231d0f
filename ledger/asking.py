"""Who is asking: all that the ledger keeps of browsers, links, passkeys and tries, in one place."""

from ledger.passkeys import PasskeyReader, PasskeyWriter
from ledger.rates import Rates
from ledger.sign_in_links import SignInLinkReader, SignInLinkWriter
from ledger.web_sessions import WebSessionReader, WebSessionWriter


class AskingReader(WebSessionReader, SignInLinkReader, PasskeyReader):
    """What is known of whoever asks. None of it is an event: it ends and is dropped."""


class AskingWriter(AskingReader, WebSessionWriter, SignInLinkWriter, PasskeyWriter, Rates):
    def end_all_signing_in(self, person_id: str) -> None:
        """Nobody is signed in as this person any more, nor can sign in as they did."""
        self.end_web_sessions_of(person_id)
        self.end_sign_in_links_of(person_id)
        self.drop_passkeys_of(person_id)

    def forget_the_past(self) -> None:
        """Drop whatever has ended."""
        self.forget_web_sessions()
        self.forget_sign_in_links()
        self.forget_rates()
