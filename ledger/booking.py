"""What booking keeps beside the log, in one place: holds, the index of slots, kiosks heard of."""

from ledger.contacts import ContactNotes, ContactReader
from ledger.holds import HoldReader, Holds
from ledger.slots import SlotReader


class BookingReader(HoldReader, SlotReader, ContactReader):
    """Rows by person, by day, by whoever asked."""


class BookingWriter(BookingReader, Holds, ContactNotes):
    """The index of slots is written with the states."""
