"""How many examples a property is tried on: a multiple of what the profile says."""

from hypothesis import settings


def times(factor: int) -> settings:
    """As many examples as usual times `factor`, in the suite as in a campaign."""
    return settings(max_examples=settings.default.max_examples * factor)  # type: ignore[union-attr]
