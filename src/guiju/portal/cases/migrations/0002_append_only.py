"""The places of events in the ledger are written once, in order."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from guiju.portal.evidence.triggers import append_only, install


class Migration(migrations.Migration):
    """Makes the triggers."""

    dependencies: ClassVar = [("cases", "0001_initial")]
    operations: ClassVar = [
        install(
            append_only(
                "cases_caseevent",
                "id",
                insert="NEW.seq <> COALESCE((SELECT MAX(seq) FROM cases_caseevent WHERE case_id = NEW.case_id), 0) + 1 "
                "OR EXISTS (SELECT 1 FROM cases_caseevent WHERE idx = NEW.idx)",
            )
        )
    ]
