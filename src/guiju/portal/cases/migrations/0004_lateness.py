"""Whether a settled case was settled late; the rows are made anew by `guiju portal rebuild`."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the column."""

    dependencies: ClassVar = [("cases", "0003_queue")]
    operations: ClassVar = [
        migrations.AddField(model_name="queuerow", name="settled_late", field=models.BooleanField(null=True)),
    ]
