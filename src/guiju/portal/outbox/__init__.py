"""Outbox: mail and letters, queued in the transaction that they belong to and sent by a worker."""
