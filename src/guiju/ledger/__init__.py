"""Append-only evidence: a Merkle log (RFC 9162) with signed checkpoints. docs/ledger.md says what it promises."""
