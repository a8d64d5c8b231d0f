"""A whole house to show: the same from the same seed, at any hour of any day."""
