"""The services of one kiosk, put together as kiosk/bootstrap.py does, on parts a test chooses."""

from dataclasses import dataclass

from kiosk.services.answers import Answer
from kiosk.services.clock import HonestClock
from kiosk.services.desk import Desk, Surroundings
from kiosk.services.doors import Doors
from kiosk.services.hello import Greeter, Session
from kiosk.services.identity import Identity
from kiosk.services.link import ServerLink
from kiosk.services.patience import Patience
from kiosk.services.report import Report
from kiosk.services.scan import Place
from kiosk.services.sync import Hooks, SyncEngine
from ledger.kiosk import KioskLedger
from ledger.kiosk.names import NameSeal
from ledger.seal import SigningKey
from tests.kiosk.services.lobby_stand import ToldLocks


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a kiosk is made of that is not a service; `door` is the one it opens."""

    ledger: KioskLedger
    link: ServerLink
    clock: HonestClock
    identity: Identity
    key: SigningKey
    door: str


class KioskParts:
    """Desk, doors and sync engine of one kiosk, with every answer they gave."""

    def __init__(self, chosen: Chosen, report: Report, patience: Patience | None = None) -> None:
        ledger, clock, site = chosen.ledger, chosen.clock, chosen.identity.site_id
        self.answers: list[Answer] = []
        self.locks = ToldLocks()
        self.doors = Doors(ledger, self.locks, clock, site)
        self._seal: NameSeal | None = None
        self.sync = SyncEngine(
            ledger,
            chosen.link,
            Greeter(ledger, chosen.link, clock, chosen.identity, chosen.key),
            clock,
            site_id=site,
            hooks=Hooks(self._learn, lambda: None, _nothing),
            report=report,
            patience=patience,
        )
        around = Surroundings(
            lambda: not self.sync.state.online, lambda: self._seal, self.sync.wake
        )
        self.desk = Desk(ledger, clock, Place(site, chosen.door), self.doors, around, report)
        self.desk.on_answer(self.answers.append)

    async def _learn(self, session: Session) -> None:
        self._seal = NameSeal(session.directory_key)


async def _nothing() -> None: ...
