"""Evidence: the ledger's storage in tables that refuse to be changed."""
