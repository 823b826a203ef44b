"""The authorities of mail4:13, from tree.yaml."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations

from guiju.portal.authorities.seeding import plant


def _plant(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001  (a migration is called with both)
    plant(apps.get_model("authorities", "Authority"), apps.get_model("authorities", "Office"))


class Migration(migrations.Migration):
    """Plants the tree; taking it back leaves it standing."""

    dependencies: ClassVar = [("authorities", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(_plant, migrations.RunPython.noop)]
