"""How many examples a property is tried on: a multiple or a part of what the profile says."""

from hypothesis import settings

_USUAL: int = settings.default.max_examples  # type: ignore[union-attr]


def times(factor: int) -> settings:
    """As many examples as usual times `factor`, in the suite as in a campaign."""
    return settings(max_examples=_USUAL * factor)


def one_in(divisor: int) -> settings:
    """A part of the usual examples, for what is repeated for many kinds."""
    return settings(max_examples=_USUAL // divisor)
