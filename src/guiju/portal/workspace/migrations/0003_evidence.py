"""A file that goes with a mark. A column that may be empty is added without making the table and its triggers anew."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the column."""

    dependencies: ClassVar = [("drafts", "0001_initial"), ("workspace", "0002_append_only")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="dutymark",
            name="upload",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="duty_marks",
                to="drafts.upload",
            ),
        ),
    ]  # fmt: skip
