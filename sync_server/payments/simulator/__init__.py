"""A payment provider to try things with: a program of its own, no real money, every bad day."""
