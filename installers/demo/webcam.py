"""The simulated webcam as a part of the demo: a stream, and a hand that holds codes up."""

import sys

import httpx

from installers.demo.child import Child
from installers.demo.places import Places

SHOWN_S = 4


class Webcam:
    """`address` is the video that the kiosk's camera opens."""

    def __init__(self, places: Places) -> None:
        command = [sys.executable, "-m", "kiosk.devices.simulated_webcam"]
        self._child = Child("simulated webcam", command, places.log("webcam"))
        self.address = ""

    async def start(self) -> None:
        self.address = await self._child.start(speaks=True)

    async def stop(self) -> None:
        await self._child.stop()

    async def show(self, png: bytes, seconds: float = SHOWN_S) -> None:
        """Hold this picture up to the camera for a while."""
        async with httpx.AsyncClient(trust_env=False) as web:
            address = httpx.URL(self.address).join(f"/show?seconds={seconds}")
            (await web.post(address, content=png)).raise_for_status()
