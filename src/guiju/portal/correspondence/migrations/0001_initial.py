"""The letters that went out."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes the table."""

    initial = True

    dependencies: ClassVar[list[object]] = [
        ("cases", "0002_append_only"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seq", models.PositiveIntegerField()),
                ("place", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=100)),
                ("to", models.CharField(max_length=60)),
                ("on", models.DateField()),
                ("number", models.CharField(blank=True, max_length=100)),
                ("title_zh", models.CharField(blank=True, max_length=200)),
                ("title_en", models.CharField(blank=True, max_length=200)),
                ("content", models.JSONField(null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("problem_zh", models.TextField(blank=True)),
                ("problem_en", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="cases.case"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("sha256", "")), fields=["id"], name="letters_owed")],
                "constraints": [models.UniqueConstraint(fields=("case", "seq", "place"), name="letter_once")],
            },
        ),
    ]
