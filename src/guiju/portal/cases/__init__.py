"""Cases: a pinned case type and its events, kept in the ledger; each belongs to an office."""
