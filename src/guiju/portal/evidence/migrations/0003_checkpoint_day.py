"""When each checkpoint was handed out."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds a column that may be empty: SQLite then keeps the table, and with it the triggers."""

    dependencies: ClassVar = [("evidence", "0002_append_only")]
    operations: ClassVar = [
        migrations.AddField(model_name="checkpoint", name="at", field=models.DateTimeField(null=True)),
    ]
