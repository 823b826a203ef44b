"""Who was appointed or removed is written down once."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from guiju.portal.evidence.triggers import append_only, install


class Migration(migrations.Migration):
    """Makes the triggers."""

    dependencies: ClassVar = [("desk", "0001_initial")]
    operations: ClassVar = [install(append_only("desk_postingchange", "id"))]
