"""The codes of the API's own refusals; those of the booking rules are `BookingRule`."""

from enum import StrEnum


class ApiCode(StrEnum):
    """Stable for programs; each has its sentence, `problem.<code>`."""

    NO_TOKEN = "no_token"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    """No such address."""
    NOT_SO = "not_so"
    """The address is right, the method is not."""
    WHICH_SITE = "which_site"
    """There are several, and none was named."""
    BAD_REQUEST = "bad_request"
    BAD_BODY = "bad_body"
    BAD_DATE = "bad_date"
    BAD_KEY = "bad_key"
    """No Idempotency-Key, or one of another shape."""
    TOO_LARGE = "too_large"
    ID_REUSED = "id_reused"
    TRY_AGAIN = "try_again"
    SLOT_TAKEN = "slot_taken"
    PRICE_CHANGED = "price_changed"
    """It costs something else than `expected_cents`."""
    UNKNOWN_SITE = "unknown_site"
    UNKNOWN_RESOURCE = "unknown_resource"
    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_BOOKING = "unknown_booking"
    """There is none, or none the asker may know of."""
    NOT_STANDING = "not_standing"
    WAY_TO_PAY = "way_to_pay"
