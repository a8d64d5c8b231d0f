"""Whatever a mail program or a spreadsheet makes of names and addresses is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.guest_list import MOST_LINES, Listed, read_guest_list
from domain.mail_address import is_mail, mail_key
from domain.names import is_name

ANNA = Listed("Anna Lind", "anna@example.org")
BEN = Listed("Ben", "ben@example.org")


@pytest.mark.parametrize(
    "text",
    [
        "Anna Lind <anna@example.org>",
        '"Anna Lind" <anna@example.org>',
        "  Anna   Lind  <anna@example.org> ,",
        "Anna Lind, anna@example.org",
        "Anna Lind; anna@example.org",
        "Anna\tLind\tanna@example.org",
        "anna@example.org Anna Lind",
        "Anna Lind (anna@example.org)",
    ],
)
def test_a_line_is_a_name_and_an_address(text: str) -> None:
    assert read_guest_list(text).guests == (ANNA,)


def test_an_address_alone_is_somebody_by_its_first_part() -> None:
    assert read_guest_list("anna@example.org").guests == (Listed("anna", "anna@example.org"),)


@pytest.mark.parametrize(
    "text",
    [
        "Anna Lind <anna@example.org>\nBen <ben@example.org>",
        "Anna Lind <anna@example.org>, Ben <ben@example.org>",
        "Anna Lind <anna@example.org>; Ben <ben@example.org>;",
        "\r\nAnna Lind <anna@example.org>\r\n\r\nBen ben@example.org\nANNA@example.org",
    ],
)
def test_lists_are_read_however_they_are_parted_and_each_address_once(text: str) -> None:
    assert read_guest_list(text).guests == (ANNA, BEN)


def test_what_names_nobody_is_told() -> None:
    read = read_guest_list("Anna Lind <anna@example.org>\nsomebody else\nx@y\n")
    assert read.guests == (ANNA,)
    assert read.unread == ("somebody else", "x@y")


@given(st.text(max_size=300))
def test_any_text_gives_people_who_can_be_written_to(text: str) -> None:
    guests = read_guest_list(text).guests
    assert all(is_mail(each.mail) and is_name(each.name) for each in guests)
    assert len({mail_key(each.mail) for each in guests}) == len(guests)


def test_endless_lists_end() -> None:
    many = "\n".join(f"a{n}@example.org" for n in range(5000))
    assert len(read_guest_list(many).guests) == MOST_LINES
