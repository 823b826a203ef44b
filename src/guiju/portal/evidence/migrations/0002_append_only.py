"""Nothing in the log is changed, and nothing deleted but events that retention gives up and values that are erased."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from guiju.portal.evidence.triggers import Refusal, append_only, install


class Migration(migrations.Migration):
    """Makes the triggers."""

    dependencies: ClassVar = [("evidence", "0001_initial")]
    operations: ClassVar = [
        migrations.RunSQL("INSERT INTO evidence_retention (id, minimum) VALUES (1, 0)", migrations.RunSQL.noop),
        install(
            [
                *append_only("evidence_log", "id"),
                *append_only(
                    "evidence_event",
                    insert="NEW.idx <> COALESCE((SELECT MAX(idx) FROM evidence_event), -1) + 1",
                    delete="OLD.idx >= (SELECT minimum FROM evidence_retention)",
                ),
                *append_only("evidence_tile", "id", "level,number"),
                *append_only("evidence_checkpoint", "id", "size,note"),
                *append_only(
                    "evidence_beside",
                    "id",
                    "idx,name",
                    insert="NEW.idx <= (SELECT MAX(idx) FROM evidence_event)",
                    delete="NOT EXISTS (SELECT 1 FROM evidence_erasure e WHERE e.idx = OLD.idx AND e.name = OLD.name)",
                ),
                *append_only("evidence_erasure", "id"),
                Refusal(
                    "evidence_retention",
                    "UPDATE",
                    "NEW.minimum < OLD.minimum OR NEW.minimum > (SELECT MAX(idx) FROM evidence_event)",
                ),
                Refusal("evidence_retention", "DELETE"),
                Refusal("evidence_retention", "INSERT", "EXISTS (SELECT 1 FROM evidence_retention)"),
            ]
        ),
    ]
