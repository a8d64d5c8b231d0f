"""All parts of the demo together: started in order, ended in the opposite order."""

import asyncio
import secrets
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from typing import Any, Self

from installers.broker import RunningBroker, lock_account, signer_account, start_broker
from installers.demo.doors import Doors
from installers.demo.inbox import Inbox, Mail
from installers.demo.kiosk import Fittings, Kiosk
from installers.demo.locks import lock_secrets
from installers.demo.network import Cable
from installers.demo.page.stage import DoorPicture
from installers.demo.payments import Payments
from installers.demo.places import Places
from installers.demo.reports import Line
from installers.demo.server import Server
from installers.demo.webcam import Webcam
from sync_server.demo.cast import ZONE

_TOLD = ("code_read", "answer", "door", "sent")
_KEPT = 6


class Running:
    """The running demo; a Stage for the control page. Use it as an async context."""

    def __init__(self, places: Places, *, shown: bool, camera: str = "", tell: "Tell") -> None:
        self.places = places
        self.server = Server(places)
        self.cable = Cable(self.server.port)
        self.webcam = Webcam(places)
        self.seeded: dict[str, Any] = {}
        self._one_picture = asyncio.Lock()
        self._inbox = Inbox(places.mails)
        self._shown = shown
        self._camera = camera
        self._tell = tell
        self._stack = AsyncExitStack()
        self._happened: deque[Line] = deque(maxlen=_KEPT)

    async def __aenter__(self) -> Self:
        try:
            await self._start()
        except BaseException:
            await self._stack.aclose()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def _start(self) -> None:
        await self._timed("House founded, demo people moved in", self._found())
        await self._timed("Broker and two doors ready", self._mount_doors())
        await self._timed("Payment provider ready", self._open_provider())
        await self._timed("Server ready", self._serve())
        await self._timed("Kiosk enrolled and running", self._open_lobby())

    async def _found(self) -> None:
        self._stack.push_async_callback(self.server.close)
        self.seeded = await self.server.found()

    async def _open_provider(self) -> None:
        payments = Payments(self.places, self.server.port)
        self._stack.push_async_callback(payments.stop)
        await payments.start()
        self.server.use_payments(payments.url, payments.secret_file)

    async def _serve(self) -> None:
        await self.server.start()
        self._stack.push_async_callback(self.cable.cut)
        await self.cable.mend()

    async def _mount_doors(self) -> None:
        locks, house_key = lock_secrets(self.places.server)
        password, server_password = secrets.token_hex(16), secrets.token_hex(16)
        accounts = [lock_account(lock.lock, lock.broker_password, lock.lock) for lock in locks]
        accounts.append(signer_account("kiosk", password))
        accounts.append(signer_account("server", server_password))
        self.broker: RunningBroker = start_broker(self.places.broker, accounts)
        self._stack.callback(self.broker.stop)
        self.broker_password_file = self.places.secret("kiosk-broker-password", password)
        server_file = self.places.secret("server-broker-password", server_password)
        self.server.use_broker(self.broker.port, server_file)
        self.doors_part = Doors(self.places, locks, house_key)
        self._stack.push_async_callback(self.doors_part.stop)
        await self.doors_part.start(self.broker.port)

    async def _open_lobby(self) -> None:
        if self.simulated_camera:
            self._stack.push_async_callback(self.webcam.stop)
            await self.webcam.start()
        fittings = Fittings(
            server=f"http://127.0.0.1:{self.cable.port}",
            camera=self._camera or self.webcam.address,
            broker=f"127.0.0.1:{self.broker.port}",
            broker_password_file=self.broker_password_file,
            door=self.seeded["door"],
        )
        self.kiosk = await self.open_kiosk("kiosk", self.seeded["site"], fittings)
        self.kiosk.reports.listeners.append(self._note)

    async def open_kiosk(self, name: str, site: str, fittings: Fittings) -> Kiosk:
        """Enrol and start one more kiosk; it ends with the demo."""
        shown = self._shown and name == "kiosk"
        kiosk = Kiosk(self.places, name, fittings, shown=shown)
        self._stack.push_async_callback(kiosk.stop)
        await kiosk.enrol(await self.server.add_kiosk(site))
        await kiosk.start()
        await kiosk.reports.next("status", 0, within_s=20, fits=_is_complete)
        return kiosk

    async def _timed(self, what: str, step: Awaitable[None]) -> None:
        began_s = time.monotonic()
        await step
        self._tell(what, time.monotonic() - began_s)

    def _note(self, line: Line) -> None:
        if line["what"] in _TOLD:
            self._happened.appendleft(line)

    @property
    def zone(self) -> str:
        return ZONE

    @property
    def network_whole(self) -> bool:
        return self.cable.whole

    @property
    def server_running(self) -> bool:
        return self.server.running

    @property
    def simulated_camera(self) -> bool:
        return not self._camera

    @property
    def kiosk_status(self) -> Mapping[str, Any]:
        return self.kiosk.reports.status

    def happened(self) -> Sequence[Mapping[str, Any]]:
        return list(self._happened)

    def mails(self) -> Sequence[Mail]:
        return self._inbox.mails()

    async def doors(self) -> Sequence[DoorPicture]:
        ids = {"front": self.seeded["door"], "courtyard": self.seeded["door2"]}
        return await self.doors_part.pictures(ids)

    @property
    def shown(self) -> bool:
        return self._shown

    async def kiosk_window(self) -> bytes:
        async with self._one_picture:
            path = self.places.folder / "window.png"
            await self.kiosk.picture(path)
            return await asyncio.to_thread(path.read_bytes)

    async def show(self, png: bytes) -> None:
        await self.webcam.show(png)

    async def act(self, name: str, lock: str) -> bool:
        match name:
            case "cut_network":
                await self.cable.cut()
            case "mend_network":
                await self.cable.mend()
            case "stop_server":
                await self.server.crash()
            case "start_server":
                await self.server.start()
            case "jam" | "mend":
                await self.doors_part.behave(lock, "jam" if name == "jam" else "ok")
            case _:
                return False
        return True


def _is_complete(status: Line) -> bool:
    """Online, and nothing that the site has is missing."""
    return bool(status["online"]) and False not in (status["camera"], status["broker"])


Tell = Callable[[str, float], None]
"""tell(what, seconds): a step that is done."""
