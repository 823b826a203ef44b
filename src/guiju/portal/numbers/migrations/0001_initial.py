"""Series and numbers that were given."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes the tables."""

    initial = True

    dependencies: ClassVar[list[object]] = []

    operations: ClassVar = [
        migrations.CreateModel(
            name="Series",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("last", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Issued",
            fields=[
                ("number", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("series", models.CharField(max_length=40)),
                ("ordinal", models.BigIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("series", "ordinal"), name="ordinal_once")],
            },
        ),
    ]
