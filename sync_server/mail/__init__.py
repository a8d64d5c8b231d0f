"""Mails to members: what they say, and how they leave the house exactly once."""
