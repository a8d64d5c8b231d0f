"""What ends the demo: a sentence for the person who started it."""


class DemoTrouble(Exception):  # noqa: N818 - it is no error of the demo's own
    """A part did not do what the demo needs; the message is a whole sentence."""
