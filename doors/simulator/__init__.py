"""Locks that are only played: the reference for real ones, and `python -m doors.simulator`."""
