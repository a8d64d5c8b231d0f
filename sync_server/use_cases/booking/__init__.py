"""Booking: what can be had, at which price, and all that may happen to a booking."""
