"""Scripts and starters that make a running Foyer out of a checkout."""
