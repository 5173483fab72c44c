"""Who looked at what, and why: kept apart from the ledger, and not for ever."""
