"""What the booking API answers; all times with the offset of the site's zone."""

from datetime import date, datetime
from typing import Any

import msgspec

from domain.availability import RunKind
from domain.booking.state import BookingStatus, PayBy
from domain.door import DoorOutcome
from domain.payment import PaymentStatus, RefundStatus


class AddOnOffer(msgspec.Struct, frozen=True):
    """`per`: what the price is for. Gross, in minor units."""

    id: str
    name: str
    price_cents: int
    per: str
    most: int


class ResourceAnswer(msgspec.Struct, frozen=True):
    """Something that can be booked, as anybody may know it."""

    id: str
    name: str
    kind: str
    seats: int
    units: int
    place: str
    about: str
    features: list[str]
    step_free: bool
    audience: str
    hour_price_cents: int
    currency: str
    step_min: int
    shortest_min: int
    longest_min: int
    notice_min: int
    horizon_days: int
    needs_approval: bool
    add_ons: list[AddOnOffer]


class ResourcesAnswer(msgspec.Struct, frozen=True):
    site: str
    zone: str
    resources: list[ResourceAnswer]


class RunAnswer(msgspec.Struct, frozen=True):
    """A span of the day; `free_units`: how many can be booked throughout."""

    kind: RunKind
    start: datetime
    end: datetime
    free_units: int


class ResourceDay(msgspec.Struct, frozen=True):
    """`may_book`: whether it is for people like who asks. `from_cents`: an hour, at least."""

    id: str
    name: str
    may_book: bool
    from_cents: int
    runs: list[RunAnswer]


class AvailabilityAnswer(msgspec.Struct, frozen=True):
    site: str
    date: date
    zone: str
    resources: list[ResourceDay]


class LineAnswer(msgspec.Struct, frozen=True):
    """One line of a price; discounts are negative. Gross, in minor units."""

    code: str
    sentence: str
    cents: int
    vat_bp: int
    minutes: int
    quantity: int
    ref: str


class VatAnswer(msgspec.Struct, frozen=True):
    """The part of a price at one rate, in hundredths of a percent."""

    vat_bp: int
    net_cents: int
    vat_cents: int
    gross_cents: int


class PriceAnswer(msgspec.Struct, frozen=True):
    """The price as quoted and billed. `included_min`: minutes that a plan pays for."""

    currency: str
    total_cents: int
    net_cents: int
    vat: list[VatAnswer]
    lines: list[LineAnswer]
    included_min: int


class AlternativeAnswer(msgspec.Struct, frozen=True):
    """What is free instead: `shifted`, `shorter` or `other_resource`."""

    kind: str
    resource: str
    start: datetime
    end: datetime


class QuoteAnswer(msgspec.Struct, frozen=True):
    """`free`: nobody else has it at this moment; else there may be `alternatives`."""

    resource: str
    start: datetime
    end: datetime
    needs_approval: bool
    free: bool
    pay_by: list[PayBy]
    price: PriceAnswer
    alternatives: list[AlternativeAnswer]


class BookedAddOnAnswer(msgspec.Struct, frozen=True):
    id: str
    quantity: int


class BookingAnswer(msgspec.Struct, frozen=True):
    """A booking as it stands. `fee_cents` is owed although it was cancelled.

    `page`: the address of its pass's own page, as strong as the pass itself; null in lists, for
    those who only read, and where there is no pass.
    """

    id: str
    site: str
    resource: str
    person: str | None
    start: datetime
    end: datetime
    party: int
    status: BookingStatus
    add_ons: list[BookedAddOnAnswer]
    price: PriceAnswer
    pay_by: PayBy
    paid: bool
    fee_cents: int
    series: str | None
    made_at: datetime | None
    page: str | None


class RefundAnswer(msgspec.Struct, frozen=True):
    """Money on its way back; `done` once the provider has said so."""

    cents: int
    asked_at: datetime
    status: RefundStatus


class BookingsAnswer(msgspec.Struct, frozen=True):
    """By beginning. `next`: what to send as `after` for more; null: that was all."""

    bookings: list[BookingAnswer]
    next: str | None


class MeAnswer(msgspec.Struct, frozen=True):
    """Who the token is for, and what their plans and bundles still give this month.

    `last_day` null: it goes on. `page`: that of their own pass, as strong as the pass itself.
    """

    person: str
    name: str
    mail: str
    plans: list[str]
    last_day: date | None
    minutes_left: int
    minutes_all: int
    passes_left: int
    passes_all: int
    bought_passes_left: int
    page: str | None


class InvitedAnswer(msgspec.Struct, frozen=True):
    """Who is invited; `party` of one pass that is handed on, whose `page` is the host's to send."""

    id: str
    name: str
    mail: str
    party: int
    page: str | None


class GuestsAnswer(msgspec.Struct, frozen=True):
    guests: list[InvitedAnswer]


class TicketAnswer(msgspec.Struct, frozen=True):
    """The operator is told by mail."""

    ticket: str


class HoldAnswer(msgspec.Struct, frozen=True):
    """A slot that is kept until `expires_at` for whoever has the token."""

    token: str
    expires_at: datetime
    resource: str
    start: datetime
    end: datetime
    pay_by: list[PayBy]
    price: PriceAnswer


class OrderAnswer(msgspec.Struct, frozen=True):
    """The slot waits for its money. `page`: where it is paid."""

    payment: str
    page: str
    amount_cents: int
    currency: str


class UsageRowAnswer(msgspec.Struct, frozen=True):
    """One resource on one day; minutes count each unit. Revenue of what begins on the day."""

    date: date
    resource: str
    name: str
    bookable_min: int
    booked_min: int
    used_min: int
    no_shows: int
    refused: int
    taken: int
    gross_cents: int
    net_cents: int


class UsageAnswer(msgspec.Struct, frozen=True):
    site: str
    zone: str
    currency: str
    rows: list[UsageRowAnswer]


class EventAnswer(msgspec.Struct, frozen=True):
    """One event of the log; `body` as it was written down."""

    id: str
    seq: int
    kind: str
    subject: str
    at: str
    recorded_at: str
    actor: str
    body: dict[str, Any]


class EventsAnswer(msgspec.Struct, frozen=True):
    """The events that a figure comes from, in the order of the log."""

    events: list[EventAnswer]


class HouseChangeAnswer(msgspec.Struct, frozen=True):
    """What becomes of one thing: `new`, `changed` or `removed`."""

    kind: str
    id: str
    name: str
    what: str
    sentence: str


class HouseChangesAnswer(msgspec.Struct, frozen=True):
    changes: list[HouseChangeAnswer]
    summary: str


class HouseAnswer(msgspec.Struct, frozen=True):
    """The house as a file (TOML) that would change nothing."""

    text: str


class HouseProblemAnswer(msgspec.Struct, frozen=True):
    """`path` is where it stands in the file."""

    path: str
    sentence: str


class ChangeQuoteAnswer(msgspec.Struct, frozen=True):
    """What a change would cost. `difference_cents` are due more than before, or less."""

    start: datetime
    end: datetime
    resource: str
    difference_cents: int
    price: PriceAnswer


class CancelQuoteAnswer(msgspec.Struct, frozen=True):
    """What calling off costs now: what stays due, what goes back, until when it is free."""

    fee_cents: int
    refund_cents: int
    minutes_back: int
    free_until: datetime
    currency: str


class PaymentAnswer(msgspec.Struct, frozen=True):
    """Money asked for one thing. `page`: where it is paid and told what came of it."""

    id: str
    status: PaymentStatus
    amount_cents: int
    currency: str
    for_kind: str
    for_id: str
    paid_cents: int
    refunded_cents: int
    method: str
    created_at: datetime
    expires_at: datetime
    refunds: list[RefundAnswer]
    page: str


class DoorAnswer(msgspec.Struct, frozen=True):
    """A door; `hint` is where it is, as the operator would say it."""

    id: str
    site: str
    name: str
    hint: str


class DoorsAnswer(msgspec.Struct, frozen=True):
    """What a pass opens now. With no door, `sentence` says why and what to do."""

    doors: list[DoorAnswer]
    reason: str | None
    sentence: str
    connected: bool
    phone: str


class OpeningAnswer(msgspec.Struct, frozen=True):
    """The lock's own answer. `again`: this request was answered before, and commanded nothing."""

    door: str
    outcome: DoorOutcome
    sentence: str
    other_way: str | None
    again: bool


class ReportAnswer(msgspec.Struct, frozen=True):
    """The ticket. `again`: it was open already, and is counted."""

    ticket: str
    again: bool
    other_way: str | None
    phone: str
