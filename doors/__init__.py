"""The door protocol: signers that command locks, what locks say, and the broker between them."""
