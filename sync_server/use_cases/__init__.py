"""What the server does, each a plain function over one unit of work of the ledger."""
