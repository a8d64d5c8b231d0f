"""A webcam that is a web address: streams a lobby as MJPEG and holds codes up when asked to.

GET /stream.mjpg is the video, GET /snapshot.jpg one picture of it. POST /show?seconds=4 with
a picture file as its body holds that picture up to the camera; the next one replaces it.
"""

import argparse
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import parse_qs, urlsplit

import cv2

from kiosk.devices.lobby_scene import HeldCode, LobbyScene

FPS: Final = 15
LARGEST_PICTURE_BYTES: Final = 2_000_000
LONGEST_SHOW_S: Final = 60.0
_BOUNDARY: Final = "frame"
_POLL_S: Final = 0.05


class SimulatedWebcam:
    """Serves on loopback from start() to stop(); port 0 takes a free one."""

    def __init__(self, port: int = 0, seed: int = 1) -> None:
        self._scene = LobbyScene(seed)
        self._lock = threading.Lock()
        self._held: HeldCode | None = None
        self._until_s = 0.0
        self._number = 0
        self._stopping = threading.Event()
        handler = type("_Handler", (_Handler,), {"webcam": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self._server.daemon_threads = False  # so that closing waits for the last stream
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_POLL_S,), daemon=True
        )

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End every stream, as pulling the plug would, and free the port."""
        self._stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def show(self, png: bytes, seconds: float) -> None:
        """Hold this picture up for so long; raises ValueError if it is no picture."""
        with self._lock:
            self._held = self._scene.hold(png)
            self._until_s = time.monotonic() + min(max(seconds, 0.0), LONGEST_SHOW_S)

    def picture(self) -> bytes:
        """The next picture of the lobby as JPEG."""
        with self._lock:
            if time.monotonic() >= self._until_s:
                self._held = None
            self._number += 1
            held, number = self._held, self._number
        _, jpeg = cv2.imencode(".jpg", self._scene.frame(number, held))
        return jpeg.tobytes()

    def wait_for_next(self, due_s: float) -> bool:
        """Wait until the next picture is due; False once the webcam stops."""
        return not self._stopping.wait(max(0.0, due_s - time.monotonic()))


class _Handler(BaseHTTPRequestHandler):
    webcam: SimulatedWebcam
    timeout = 5  # a viewer that stopped reading is let go

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/stream.mjpg":
            self._stream()
        elif path == "/snapshot.jpg":
            self._answer(200, self.webcam.picture(), "image/jpeg")
        else:
            self._answer(404, b"there is /stream.mjpg, /snapshot.jpg and POST /show\n")

    def do_POST(self) -> None:
        address = urlsplit(self.path)
        try:
            length = int(self.headers.get("Content-Length") or 0)
            seconds = float(parse_qs(address.query).get("seconds", ["4"])[0])
        except ValueError:
            length, seconds = -1, 0.0
        if address.path != "/show" or not 0 < length <= LARGEST_PICTURE_BYTES:
            self.close_connection = True
            self._answer(400, b"POST /show?seconds=4 takes a picture file\n")
            return
        try:
            self.webcam.show(self.rfile.read(length), seconds)
        except ValueError:
            self._answer(400, b"this is no picture\n")
            return
        self._answer(200, b"shown\n")

    def _stream(self) -> None:
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={_BOUNDARY}")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        due_s = time.monotonic()
        try:
            while self.webcam.wait_for_next(due_s):
                due_s = max(due_s + 1 / FPS, time.monotonic())
                jpeg = self.webcam.picture()
                head = f"--{_BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}"
                self.wfile.write(head.encode() + b"\r\n\r\n" + jpeg + b"\r\n")
        except OSError:
            return  # whoever watched has gone

    def _answer(self, status: int, body: bytes, kind: str = "text/plain") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing: fifteen pictures a second are no news."""


def main(arguments: list[str] | None = None) -> int:
    """Serve until the process is ended; prints the address of the stream on its first line."""
    parser = argparse.ArgumentParser(prog="simulated_webcam", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    webcam = SimulatedWebcam(options.port, options.seed)
    webcam.start()
    sys.stdout.write(f"{webcam.address}/stream.mjpg\n")
    sys.stdout.flush()
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        webcam.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
