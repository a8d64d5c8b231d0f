"""Hello: a kiosk proves who it is and learns which incarnation it goes on as."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from domain.contradiction import Contradiction, ContradictionRaised
from domain.kiosk import Kiosk, KioskIncarnated
from domain.site import Site
from domain.subjects import HOUSE
from domain.sync import PROTOCOLS, CertificateWire, Hello, HelloAnswer, HelloReply, SignedHello
from ledger.codec import canonical
from ledger.seal import verify
from ledger.unit import Unit
from sync_server.keys import HouseKeys
from sync_server.use_cases.found_house import EPOCH
from sync_server.use_cases.kiosk_tokens import is_fresh_challenge, new_token

_USED: Final = "challenge"
COPIED: Final = "two_copies_of_a_kiosk"


@dataclass(frozen=True, slots=True)
class _Standing:
    """How a kiosk stands after its hello, before it is put in words."""

    answer: HelloAnswer
    incarnation: int = 0
    last_n_seen: int = 0


def greet_kiosk(unit: Unit, keys: HouseKeys, signed: SignedHello) -> HelloReply | None:
    """The answer to a hello; None for a bad signature or a stale or used challenge.

    Locks `house`.
    """
    hello = signed.hello
    kiosk = unit.full("kiosk", hello.kiosk_id, Kiosk)
    if not is_fresh_challenge(keys, hello.challenge, unit.now):
        return None
    if kiosk is None or not kiosk.public_key:
        return _reply(unit, hello, _Standing(HelloAnswer.UNKNOWN_KIOSK))
    if not _is_signed(signed, kiosk) or unit.stored(_USED, hello.challenge):
        return None
    unit.store(_USED, hello.challenge, "", "")
    if kiosk.revoked_at is not None:
        return _reply(unit, hello, _Standing(HelloAnswer.REVOKED))
    standing = _stand(unit, kiosk, hello)
    if standing.answer is HelloAnswer.ENROL_AGAIN:
        return _reply(unit, hello, standing)
    return _welcome(unit, keys, kiosk, hello, standing)


def collide(unit: Unit, kiosk_id: str, kiosk: Kiosk) -> None:
    """Note that two copies numbered alike: the next hello is offered a new incarnation."""
    unit.set_meta(_collided(kiosk_id), str(kiosk.incarnation))


def take_incarnation(unit: Unit, kiosk_id: str, kiosk: Kiosk, incarnation: int) -> bool:
    """Whether a kiosk may go on as `incarnation`; its first use is recorded. Locks `house`."""
    if incarnation < kiosk.incarnation:
        return False
    if incarnation > kiosk.incarnation:
        event = KioskIncarnated(incarnation)
        unit.append(HOUSE, "kiosk", kiosk_id, event, actor=f"kiosk:{kiosk_id}")
        unit.set_kiosk_progress(kiosk_id, incarnation, 0)
    return True


def _is_signed(signed: SignedHello, kiosk: Kiosk) -> bool:
    try:
        signature = bytes.fromhex(signed.signature)
    except ValueError:
        return False
    return verify(bytes.fromhex(kiosk.public_key), canonical(signed.hello), signature)


def _stand(unit: Unit, kiosk: Kiosk, hello: Hello) -> _Standing:
    if hello.incarnation < kiosk.incarnation:
        _report_copy(unit, hello)
        return _Standing(HelloAnswer.ENROL_AGAIN, kiosk.incarnation)
    take_incarnation(unit, hello.kiosk_id, kiosk, hello.incarnation)
    incarnation, seen = unit.kiosk_progress(hello.kiosk_id)
    seen = seen if incarnation == hello.incarnation else 0
    collided = unit.meta(_collided(hello.kiosk_id)) == str(hello.incarnation)
    if collided or hello.last_n < seen:
        return _Standing(HelloAnswer.NEW_INCARNATION, hello.incarnation + 1)
    return _Standing(HelloAnswer.WELCOME, hello.incarnation, seen)


def _report_copy(unit: Unit, hello: Hello) -> None:
    subject = f"{hello.kiosk_id}:{hello.incarnation}"
    if unit.full("contradiction", subject, Contradiction) is None:
        raised = Contradiction(COPIED, "kiosk", hello.kiosk_id, "", unit.now)
        unit.append(HOUSE, "contradiction", subject, ContradictionRaised(raised), actor="server")


def _welcome(
    unit: Unit, keys: HouseKeys, kiosk: Kiosk, hello: Hello, standing: _Standing
) -> HelloReply:
    token = new_token(keys, hello.kiosk_id, standing.incarnation, unit.now)
    certificate = _certificate(unit, keys, kiosk)
    return _reply(unit, hello, standing, (token, keys.directory_key(hello.kiosk_id)), certificate)


def _certificate(unit: Unit, keys: HouseKeys, kiosk: Kiosk) -> CertificateWire | None:
    found = unit.get("site", kiosk.site, Site)
    if found is None or not found[1].doors:
        return None
    now = unit.now.replace(microsecond=0)
    until = now + timedelta(hours=found[1].door_offline_h)
    locks = tuple(door.lock for door in found[1].doors)
    return keys.certify((kiosk.number, kiosk.public_key), locks, now, until)


def _reply(
    unit: Unit,
    hello: Hello,
    standing: _Standing,
    secrets: tuple[str, str] = ("", ""),
    certificate: CertificateWire | None = None,
) -> HelloReply:
    token, directory_key = secrets
    return HelloReply(
        answer=standing.answer,
        challenge=hello.challenge,
        protocol=PROTOCOLS[1],
        server_epoch=unit.meta(EPOCH) or "",
        server_time=unit.now,
        token=token,
        last_n_seen=standing.last_n_seen,
        incarnation=standing.incarnation,
        receipt_letter=receipt_letter(standing.incarnation) if token else "",
        directory_key=directory_key,
        door_certificate=certificate,
    )


def receipt_letter(incarnation: int) -> str:
    """A, B ... Z, AA ...: receipts of two incarnations never share a number."""
    letters, rest = "", incarnation
    while True:
        letters = chr(ord("A") + rest % 26) + letters
        rest = rest // 26 - 1
        if rest < 0:
            return letters


def _collided(kiosk_id: str) -> str:
    return f"collided:{kiosk_id}"
