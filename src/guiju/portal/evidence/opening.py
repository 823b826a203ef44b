"""Opening the site's log, and laying it the first time."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import transaction

from guiju.ledger.keys import SigningKey
from guiju.ledger.log import Ledger
from guiju.ledger.stored_tree import signed_head
from guiju.ledger.tree import EMPTY_ROOT
from guiju.portal.evidence.models import Log
from guiju.portal.evidence.reading import ReadingStore
from guiju.portal.evidence.store import TableStore

_KEYS: dict[Path, SigningKey] = {}


def open_log() -> Ledger:
    """Open the log as it stands, for reading. Raises StoreError where there is none or its end is damaged."""
    return Ledger(ReadingStore())


def open_log_for_writing() -> Ledger:
    """Open the log for one transaction. Raises StoreError, and KeyFileError where the key is missing or another's."""
    return Ledger(TableStore(), _key())


@transaction.atomic
def lay_log() -> bool:
    """Make the log, and its key unless the file is there; returns whether it was missing."""
    if Log.objects.exists():
        return False
    path: Path = settings.CONFIGURATION.ledger_key
    if not path.exists():
        SigningKey.generate(settings.CONFIGURATION.log_name).save(path)
    key = _key()
    head = signed_head(0, EMPTY_ROOT, key)
    Log.objects.create(pk=1, verifier=str(key.verifier), seal=head.root + head.signature)
    return True


def _key() -> SigningKey:
    path: Path = settings.CONFIGURATION.ledger_key
    if path not in _KEYS:
        _KEYS[path] = SigningKey.load(path)
    return _KEYS[path]
