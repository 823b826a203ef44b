"""The hash of what an entry shows: it stands openly in the log, so that a proof is about the content as well."""

from __future__ import annotations

import hashlib
from typing import Any

from guiju.ledger.canonical import canonical_json
from guiju.portal.registers.books import books


def fingerprint(register: str, number: str, status: str, fields: dict[str, Any]) -> str:
    """Return SHA-256 over the canonical JSON (RFC 8785) of register, number, status and the public fields.

    Raises EventError for values that have no canonical form.
    """
    book = books().get(register)
    shown = book.open_fields(fields) if book is not None else {}
    said = {"register": register, "number": number, "status": status, "fields": shown}
    return hashlib.sha256(canonical_json(said)).hexdigest()
