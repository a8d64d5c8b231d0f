"""How a command reaches the ledger: by itself, or through the server that owns it."""
