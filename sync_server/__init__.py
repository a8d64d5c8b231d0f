"""The server half of Foyer: sync for kiosks, the check-in API, mails and commands."""
