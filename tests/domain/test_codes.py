"""The printed pass: what is printed is read again, and nothing else is."""

import base64
import struct
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import qrcode
from hypothesis import given
from hypothesis import strategies as st

from domain.access import Reason
from domain.check_in import refuse_unread
from domain.codes import (
    ALPHABET,
    PREFIX,
    SIGNED_PREFIX,
    CodeProblem,
    PassCode,
    grant_ref,
    normal_short_code,
    print_code,
    read_code,
    short_code_from,
)
from domain.passes import Entry, GrantKind
from ledger.seal import SigningKey, fresh_short_code, short_code_hash, verifier
from tests.campaigns.codes import (
    FOREIGN_KEY,
    HOUSE_KEY,
    MUTATIONS,
    STRANGE,
    VERIFY,
    run_code_campaign,
)
from tests.domain.how_often import times

JUNE = datetime(2026, 6, 15, 6, 30, tzinfo=UTC)
PASS = PassCode(
    key_number=0,
    site_number=1,
    issued_at=JUNE,
    pass_id="0123456789abcdef",
    grant_kind=GrantKind.BOOKING,
    grant_ref="fedcba9876543210",
    valid_from=JUNE,
    valid_until=JUNE + timedelta(hours=8),
    zones=0b101,
    resource_number=12,
    entry=Entry.ONCE,
    party=8,
    wishes=3,
)
GOOD = print_code(PASS, HOUSE_KEY.sign)
SECONDS = st.integers(0, 2**32 - 1).map(lambda n: datetime.fromtimestamp(n, UTC))
HEX = st.binary(min_size=8, max_size=8).map(bytes.hex)
SMALL, BYTE = st.integers(0, 2**16 - 1), st.integers(0, 255)
PASSES = st.builds(
    PassCode,
    key_number=SMALL,
    site_number=SMALL,
    issued_at=SECONDS,
    pass_id=HEX,
    grant_kind=st.sampled_from(GrantKind),
    grant_ref=HEX,
    valid_from=SECONDS,
    valid_until=SECONDS,
    zones=SMALL,
    resource_number=SMALL,
    entry=st.sampled_from(Entry),
    party=BYTE,
    wishes=BYTE,
)


def signed(body: bytes) -> str:
    """Any body with a good signature of the house."""
    packed = body + HOUSE_KEY.sign(SIGNED_PREFIX + body)
    return PREFIX + base64.b32hexencode(packed).decode().rstrip("=")


def body_of(text: str) -> bytes:
    return base64.b32hexdecode(text[2:] + "=")[:40]


@times(3)
@given(PASSES)
def test_what_is_printed_is_read_again(code: PassCode) -> None:
    text = print_code(code, HOUSE_KEY.sign)
    assert read_code(text, lambda _, message, sig: HOUSE_KEY.sign(message) == sig) == code
    assert len(text) == 169
    assert set(text) <= set(ALPHABET)


def test_the_code_fits_a_qr_of_version_8_at_level_m() -> None:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(GOOD)
    assert len(GOOD) <= 200
    assert code.best_fit() <= 8


def test_every_change_of_a_single_letter_is_refused() -> None:
    for at, letter in enumerate(GOOD):
        for other in ALPHABET + STRANGE:
            if other != letter:
                text = GOOD[:at] + other + GOOD[at + 1 :]
                assert isinstance(read_code(text, VERIFY), CodeProblem), text


def test_every_letter_too_many_or_too_few_is_refused() -> None:
    for at in range(len(GOOD) + 1):
        for other in ("0", "V", " ", GOOD[at - 1]):
            assert isinstance(read_code(GOOD[:at] + other + GOOD[at:], VERIFY), CodeProblem)
        assert at == len(GOOD) or isinstance(
            read_code(GOOD[:at] + GOOD[at + 1 :], VERIFY), CodeProblem
        )


def test_a_change_of_any_single_bit_is_refused() -> None:
    packed = base64.b32hexdecode(GOOD[2:] + "=")
    for bit in range(len(packed) * 8):
        turned = bytearray(packed)
        turned[bit // 8] ^= 1 << bit % 8
        text = PREFIX + base64.b32hexencode(bytes(turned)).decode().rstrip("=")
        problem = CodeProblem.VERSION if bit < 8 else CodeProblem.SIGNATURE
        assert read_code(text, VERIFY) is problem


def test_five_thousand_changed_codes_admit_nobody() -> None:
    summary = run_code_campaign(5_000, seed=1)
    assert summary.broken == []
    assert set(summary.changes) == set(MUTATIONS)
    assert sum(summary.read_as.values()) > 4_500
    assert summary.read_as[CodeProblem.SIGNATURE] > 1_000


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", CodeProblem.UNKNOWN),
        ("F", CodeProblem.UNKNOWN),
        ("F1", CodeProblem.UNKNOWN),
        ("F2", CodeProblem.UNKNOWN),
        ("F1" + "0" * 166, CodeProblem.UNKNOWN),
        ("F1" + "0" * 168, CodeProblem.UNKNOWN),
        ("F1" + "0" * 167, CodeProblem.VERSION),
        ("F104" + "0" * 165, CodeProblem.SIGNATURE),
        ("F1" + "V" * 167, CodeProblem.UNKNOWN),
        ("F2" + GOOD[2:], CodeProblem.VERSION),
        ("F9" + "0" * 40, CodeProblem.VERSION),
        ("FX" + GOOD[2:], CodeProblem.UNKNOWN),
        ("G1" + GOOD[2:], CodeProblem.UNKNOWN),
        (GOOD.lower(), CodeProblem.UNKNOWN),
        (GOOD + "=", CodeProblem.UNKNOWN),
        (" " + GOOD, CodeProblem.UNKNOWN),
        (GOOD + "\n", CodeProblem.UNKNOWN),
        (GOOD * 2, CodeProblem.UNKNOWN),
        ("0" * 10_000, CodeProblem.UNKNOWN),
        ("F1" + "0" * 10_000, CodeProblem.UNKNOWN),
        ("\x00\x01\xff" * 60, CodeProblem.UNKNOWN),
        ("F1" + "\x00" * 167, CodeProblem.UNKNOWN),
        ("🙂", CodeProblem.UNKNOWN),
        ("F🙂" + "0" * 167, CodeProblem.UNKNOWN),
        ("F²" + "0" * 167, CodeProblem.UNKNOWN),
        ("F1" + "٣" * 167, CodeProblem.UNKNOWN),
        ("\ud800\udfff", CodeProblem.UNKNOWN),
        ("https://example.org/?q=F1", CodeProblem.UNKNOWN),
        ("<script>alert(1)</script>", CodeProblem.UNKNOWN),
        ("'; DROP TABLE event; --", CodeProblem.UNKNOWN),
        ("BEGIN:VCARD\nFN:Ada\nEND:VCARD", CodeProblem.UNKNOWN),
        ("WIFI:S:Ziegelhof;T:WPA;P:secret;;", CodeProblem.UNKNOWN),
        ("4006381333931", CodeProblem.UNKNOWN),
    ],
)
def test_what_is_not_a_pass_is_told_apart_and_has_a_reason(text: str, problem: CodeProblem) -> None:
    assert read_code(text, VERIFY) is problem
    answer = refuse_unread(Reason(problem.value), "030 1", 1, "front", JUNE)
    assert answer.records[0].subject == "unread"


@times(4)
@given(st.text(st.characters()) | st.text(ALPHABET).map(PREFIX.__add__) | st.binary().map(repr))
def test_no_text_at_all_raises(text: str) -> None:
    assert isinstance(read_code(text, VERIFY), CodeProblem)


def test_a_pass_counts_only_with_a_key_of_this_house_and_its_own_number() -> None:
    assert read_code(GOOD, VERIFY) == PASS
    assert read_code(GOOD, verifier({})) is CodeProblem.SIGNATURE
    assert read_code(GOOD, verifier({0: FOREIGN_KEY.public_hex})) is CodeProblem.SIGNATURE
    foreign = print_code(PASS, FOREIGN_KEY.sign)
    assert read_code(foreign, VERIFY) is CodeProblem.SIGNATURE
    by_other_number = print_code(replace(PASS, key_number=1), HOUSE_KEY.sign)
    assert read_code(by_other_number, VERIFY) is CodeProblem.SIGNATURE
    by_kiosk = print_code(replace(PASS, key_number=256), HOUSE_KEY.sign)
    assert read_code(by_kiosk, VERIFY) is CodeProblem.SIGNATURE


def test_a_signature_over_something_else_is_not_one_over_a_pass() -> None:
    body = body_of(GOOD)
    without_prefix = body + HOUSE_KEY.sign(body)
    text = PREFIX + base64.b32hexencode(without_prefix).decode().rstrip("=")
    assert read_code(text, VERIFY) is CodeProblem.SIGNATURE


@pytest.mark.parametrize("version", [0, 2, 255])
def test_a_signed_body_of_another_version_is_not_read_as_this_one(version: int) -> None:
    assert read_code(signed(bytes([version]) + body_of(GOOD)[1:]), VERIFY) is CodeProblem.VERSION


@pytest.mark.parametrize("kind", [4, 0x7F, 0x84, 0xFF])
def test_a_grant_of_a_kind_that_is_not_known_yet_is_a_newer_version(kind: int) -> None:
    body = bytearray(body_of(GOOD))
    body[17] = kind
    assert read_code(signed(bytes(body)), VERIFY) is CodeProblem.VERSION


@pytest.mark.parametrize(
    "change",
    [
        {"key_number": 65536},
        {"key_number": -1},
        {"site_number": 65536},
        {"zones": 1 << 16},
        {"zones": -1},
        {"party": 256},
        {"party": -1},
        {"resource_number": 65536},
        {"wishes": 256},
        {"pass_id": "0123"},
        {"pass_id": "0123456789abcdef00"},
        {"pass_id": "not hexadecimal!"},
        {"grant_ref": ""},
        {"grant_ref": "fedcba98765432100"},
        {"valid_until": datetime(2107, 1, 1, tzinfo=UTC)},
        {"valid_from": datetime(1969, 1, 1, tzinfo=UTC)},
    ],
    ids=str,
)
def test_what_does_not_fit_is_not_printed(change: dict[str, object]) -> None:
    with pytest.raises((struct.error, ValueError)):
        print_code(replace(PASS, **change), HOUSE_KEY.sign)  # type: ignore[arg-type]


def test_each_reading_problem_is_a_reason_of_the_rule() -> None:
    assert {problem.value for problem in CodeProblem} <= {reason.value for reason in Reason}


def test_a_grant_is_found_by_the_end_of_its_id() -> None:
    assert grant_ref("0190a1b2-c3d4-7e5f-8a6b-1c2d3e4f5a6b") == "8a6b1c2d3e4f5a6b"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("0123456789", "0123456789"),
        ("abcde fghij", "ABCDEFGHIJ"),
        (" ABCDE-FGHIJ\n", "ABCDEFGHIJ"),
        ("ABCDEFGHI", None),
        ("ABCDEFGHIJK", None),
        ("ABCDEFGHIW", None),
        ("ABCDEFGHIß", None),
        ("", None),
        ("🙂" * 10, None),
        ("A" * 10_000, None),
        (GOOD, None),
    ],
)
def test_a_typed_short_code_is_forgiven_case_blanks_and_hyphens(
    typed: str, code: str | None
) -> None:
    assert normal_short_code(typed) == code


@given(st.binary(min_size=7, max_size=9))
def test_a_short_code_holds_fifty_bits(chance: bytes) -> None:
    code = short_code_from(chance)
    number = 0
    for letter in code:
        number = number * 32 + ALPHABET.index(letter)
    assert number == int.from_bytes(chance[:7], "big") >> 6
    assert normal_short_code(code.lower()) == code


def test_fresh_short_codes_differ_and_are_stored_by_the_salt_of_their_site() -> None:
    codes = {fresh_short_code() for _ in range(100)}
    assert len(codes) == 100
    code, salts = codes.pop(), ("00" * 16, "01" * 16)
    hashes = [short_code_hash(code, salt) for salt in (*salts, *salts)]
    assert hashes[:2] == hashes[2:]
    assert len(set(hashes)) == 2


def test_keys_are_compared_by_what_they_verify_not_by_how_they_look() -> None:
    again = SigningKey(bytes.fromhex(HOUSE_KEY.seed_hex))
    assert print_code(PASS, again.sign) == GOOD
