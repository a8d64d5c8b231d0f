"""Secrets handed out as text: made by chance, kept as a hash."""

import hashlib
import secrets


def fresh_secret() -> str:
    """32 bytes of chance, 43 characters that fit in addresses and cookies."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """What the ledger keeps of it: nobody can make the secret from it."""
    return hashlib.sha256(secret.encode()).hexdigest()
