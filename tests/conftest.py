"""Hypothesis tries the same examples in every run; with FOYER_CAMPAIGN=1 many, at random."""

import os

from hypothesis import HealthCheck, settings

_SLOW_IS_FINE = (HealthCheck.too_slow, HealthCheck.data_too_large)

settings.register_profile(
    "suite",
    max_examples=50,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=_SLOW_IS_FINE,
)
settings.register_profile(
    "campaign",
    max_examples=2000,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=_SLOW_IS_FINE,
)
settings.load_profile("campaign" if os.environ.get("FOYER_CAMPAIGN") == "1" else "suite")
