"""Booking in the browser: what exactly, for whom, at which price, and then it is theirs."""
