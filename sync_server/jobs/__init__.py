"""Work that nobody waits for: loops that run beside the server and survive every failure."""
