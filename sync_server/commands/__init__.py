"""The commands of `foyer-server`."""
