"""Ids, codes and names: what passes for one."""

import pytest

from domain.names import is_code, is_id, is_name, is_pass_id

UUID = "019b76da-a800-7000-8000-00000000e001"


def test_what_we_write_passes() -> None:
    assert is_id(UUID)
    assert is_pass_id("0123456789abcdef")
    assert is_code("door_jammed")
    assert is_name("front")
    assert is_name("Tür 2")


@pytest.mark.parametrize(
    "text", ["", UUID.upper(), UUID.replace("-", ""), f"{{{UUID}}}", f"{UUID}\n"]
)
def test_what_is_no_id(text: str) -> None:
    assert not is_id(text)


@pytest.mark.parametrize(
    "text", ["", "unread", "0123456789abcde", "0123456789ABCDEF", "9" * 16 + "\n"]
)
def test_what_is_no_pass_id(text: str) -> None:
    assert not is_pass_id(text)


@pytest.mark.parametrize("text", ["", "_", "7", "Jam", "a b", "jam\n", "ä", "x" * 41])
def test_what_is_no_code(text: str) -> None:
    assert not is_code(text)


@pytest.mark.parametrize("text", ["", "a\nb", "a\x00", "\u202e", "x" * 201])
def test_what_is_no_name(text: str) -> None:
    assert not is_name(text)
