"""One MQTT 5 connection by paho, used once: from connect to loss, in terms of asyncio."""

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from paho.mqtt.subscribeoptions import SubscribeOptions

KEEPALIVE_S: Final = 5
CONNECT_TIMEOUT_S: Final = 3.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message as it came; `retained` also when only its sender marked it so."""

    topic: str
    payload: bytes
    retained: bool


@dataclass(frozen=True, slots=True)
class Subscription:
    """A topic filter; what the broker keeps there is wanted only with `retained`."""

    topic: str
    retained: bool = False


@dataclass(frozen=True, slots=True)
class Will:
    """What the broker says for us, retained, when we are gone without a word."""

    topic: str
    payload: bytes


class Session:
    """A paho client that never reconnects. Its thread only enqueues into the event loop."""

    def __init__(
        self,
        subscriptions: tuple[Subscription, ...],
        on_arrival: Callable[[Arrival], None],
        will: Will | None,
    ) -> None:
        self.lost = asyncio.Event()
        self.was_up = False
        self._loop = asyncio.get_running_loop()
        self._up = asyncio.Event()
        self._subscriptions = subscriptions
        self._on_arrival = on_arrival
        self._client = Client(
            CallbackAPIVersion.VERSION2,
            protocol=MQTTProtocolVersion.MQTTv5,
            reconnect_on_failure=False,
        )
        self._client.connect_timeout = CONNECT_TIMEOUT_S
        self._client.on_socket_open = _without_delay
        self._client.on_connect = self._connected
        self._client.on_subscribe = self._subscribed
        self._client.on_disconnect = self._disconnected
        self._client.on_message = self._arrived
        if will is not None:
            self._client.will_set(will.topic, will.payload, qos=1, retain=True)

    def authenticate(self, user: str, password: str) -> None:
        self._client.username_pw_set(user, password)

    async def connect(self, host: str, port: int, ca_file: str | None) -> bool:
        """Whether we are connected and subscribed; False when that fails or takes too long."""
        try:
            if ca_file is not None:
                self._client.tls_set_context(_trusting(ca_file))
            await asyncio.to_thread(self._client.connect, host, port, KEEPALIVE_S, clean_start=True)
        except OSError as problem:  # includes every refusal, timeout and TLS failure
            _log.info("no broker: %s", problem)
            return False
        self._client.loop_start()
        waits = [asyncio.ensure_future(event.wait()) for event in (self._up, self.lost)]
        await asyncio.wait(waits, timeout=CONNECT_TIMEOUT_S, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        self.was_up = self.is_up()
        return self.was_up

    def is_up(self) -> bool:
        return self._up.is_set() and not self.lost.is_set() and self._client.is_connected()

    def publish(
        self, topic: str, payload: bytes, expiry_s: int | None, *, retain: bool
    ) -> Callable[[], bool] | None:
        """Hand to the broker with QoS 1, or None; then a question whether it was acknowledged."""
        properties = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]
        if expiry_s is not None:
            properties.MessageExpiryInterval = expiry_s
        info = self._client.publish(topic, payload, qos=1, retain=retain, properties=properties)
        if info.rc != MQTTErrorCode.MQTT_ERR_SUCCESS:
            self.lost.set()
            return None
        return info.is_published

    async def close(self) -> None:
        """Cut the socket without a farewell, so that nothing more leaves, and end the thread."""
        self.lost.set()
        plug = self._client.socket()
        if isinstance(plug, socket.socket):
            with suppress(OSError):
                plug.shutdown(socket.SHUT_RDWR)
        await asyncio.to_thread(self._client.loop_stop)
        self._client._reset_sockets()  # else paho does so when it is collected

    def _connected(
        self, client: Client, _data: Any, _flags: ConnectFlags, reason: ReasonCode, _more: Any
    ) -> None:
        if reason.is_failure:
            _log.warning("the broker refused us: %s", reason)
            self._enqueue(self.lost.set)
            return
        client.subscribe([(one.topic, _options(one)) for one in self._subscriptions])

    def _subscribed(
        self, _client: Client, _data: Any, _mid: int, reasons: list[ReasonCode], _more: Any
    ) -> None:
        if any(reason.is_failure for reason in reasons):
            _log.warning("the broker refused a subscription")
            self._enqueue(self.lost.set)
            return
        self._enqueue(self._up.set)

    def _disconnected(
        self, _client: Client, _data: Any, _flags: DisconnectFlags, _reason: Any, _more: Any
    ) -> None:
        self._enqueue(self.lost.set)

    def _arrived(self, _client: Client, _data: Any, message: MQTTMessage) -> None:
        arrival = Arrival(message.topic, bytes(message.payload), message.retain)
        self._enqueue(self._hand_over, arrival)

    def _hand_over(self, arrival: Arrival) -> None:
        if not self.lost.is_set():
            self._on_arrival(arrival)

    def _enqueue(self, function: Callable[..., None], *arguments: Any) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody is left to be told
            self._loop.call_soon_threadsafe(function, *arguments)


class _ClosingSocket(ssl.SSLSocket):
    """paho forgets to close a socket whose handshake fails."""

    def do_handshake(self, block: bool = False) -> None:
        try:
            super().do_handshake(block)
        except OSError:
            self.close()
            raise


def _trusting(ca_file: str) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=ca_file)
    context.sslsocket_class = _ClosingSocket
    return context


def _without_delay(_client: Client, _data: Any, plug: Any) -> None:
    """An acknowledgement followed by a message would otherwise wait 40 ms for its own answer."""
    plug.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _options(one: Subscription) -> SubscribeOptions:
    """A message sent as retained is seen to be so, and an old one comes only where wanted."""
    return SubscribeOptions(
        qos=1,
        retainAsPublished=True,
        retainHandling=(
            SubscribeOptions.RETAIN_SEND_ON_SUBSCRIBE
            if one.retained
            else SubscribeOptions.RETAIN_DO_NOT_SEND
        ),
    )
