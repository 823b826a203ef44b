"""Versions of entries are written once."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from guiju.portal.evidence.triggers import append_only, install


class Migration(migrations.Migration):
    """Makes the triggers."""

    dependencies: ClassVar = [("registers", "0001_initial")]
    operations: ClassVar = [
        install(
            append_only(
                "registers_entryversion",
                "id",
                insert="NEW.version <> COALESCE("
                "(SELECT MAX(version) FROM registers_entryversion WHERE entry_id = NEW.entry_id), 0) + 1",
            )
        )
    ]
