"""What the booking API answers; all times with the offset of the site's zone."""

from datetime import date, datetime

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
    """A booking as it stands. `fee_cents` is owed although it was cancelled."""

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


class RefundAnswer(msgspec.Struct, frozen=True):
    """Money on its way back; `done` once the provider has said so."""

    cents: int
    asked_at: datetime
    status: RefundStatus


class BookingsAnswer(msgspec.Struct, frozen=True):
    """By beginning. `next`: what to send as `after` for more; null: that was all."""

    bookings: list[BookingAnswer]
    next: str | None


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
