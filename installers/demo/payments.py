"""The simulated payment provider as a part of the demo: a page to pay at, with all its bad days."""

import json
import secrets
import sys

from installers.demo.child import Child
from installers.demo.places import Places


class Payments:
    """One process; it calls the server back at the port the demo gave it."""

    def __init__(self, places: Places, server_port: int) -> None:
        self.secret_file = places.secret("payments-secret", secrets.token_hex(32))
        command = [sys.executable, "-m", "sync_server.payments.simulator"]
        command += ["--file", str(places.folder / "payments.sqlite")]
        command += ["--secret-file", str(self.secret_file)]
        command += ["--hook", f"http://127.0.0.1:{server_port}/pay/hook/simulated"]
        self._child = Child("payment simulator", command, places.log("payments"))
        self.url = ""

    async def start(self) -> None:
        """Returns when it can be asked."""
        self.url = str(json.loads(await self._child.start(speaks=True))["url"])

    async def stop(self) -> None:
        await self._child.stop()
