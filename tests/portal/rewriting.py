"""What only somebody can do who has the machine: the tables without their triggers, and the log's private key."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.db import connection

from guiju.ledger.keys import SigningKey
from guiju.ledger.log import Ledger
from guiju.ledger.stored_tree import signed_head
from guiju.ledger.tree import EMPTY_ROOT
from guiju.portal.evidence.models import Event, Log, Tile
from guiju.portal.evidence.opening import open_log_for_writing
from guiju.portal.evidence.store import TableStore

TABLES = ("evidence_event", "evidence_tile", "evidence_checkpoint", "evidence_log")


def drop_triggers() -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            for operation in ("insert", "update", "delete"):
                trigger = f"DROP TRIGGER {table}_{operation}_refused"
                cursor.execute(trigger if connection.vendor == "sqlite" else f"{trigger} ON {table}")


def rewrite(change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]], key: SigningKey | None = None) -> None:
    """Write another log in the place of this one: every hash worked out anew, signed by its own key or by another."""
    before = [json.loads(data) for data in TableStore().events(0, Event.objects.count())]
    drop_triggers()
    Event.objects.all().delete()
    Tile.objects.all().delete()
    if key:
        empty = signed_head(0, EMPTY_ROOT, key)
        Log.objects.update(verifier=str(key.verifier), seal=empty.root + empty.signature)
    log = Ledger(TableStore(), key) if key else open_log_for_writing()
    log.append_many(change(before))
