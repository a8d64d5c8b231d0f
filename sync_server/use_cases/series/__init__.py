"""Series: the same slot on many days, each of them a booking of its own."""
