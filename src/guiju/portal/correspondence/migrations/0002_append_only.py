"""A letter that went out stays what it was; one that is owed can be filled in, and is the same letter."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from guiju.portal.evidence.triggers import Refusal, install

_TABLE = "correspondence_letter"
_SAME = " OR ".join(f"NEW.{one} <> OLD.{one}" for one in ("id", "case_id", "seq", "place", "name", '"to"', '"on"'))


class Migration(migrations.Migration):
    """Makes the triggers."""

    dependencies: ClassVar = [("correspondence", "0001_initial")]
    operations: ClassVar = [
        install(
            [
                Refusal(_TABLE, "UPDATE", f"OLD.sha256 <> '' OR {_SAME}"),
                Refusal(_TABLE, "DELETE"),
                Refusal(
                    _TABLE,
                    "INSERT",
                    f"EXISTS (SELECT 1 FROM {_TABLE} WHERE id = NEW.id "
                    "OR (case_id = NEW.case_id AND seq = NEW.seq AND place = NEW.place))",
                ),
            ]
        )
    ]
