"""Entries and their versions."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes the tables."""

    initial = True

    dependencies: ClassVar[list[object]] = [
        ("cases", "0001_initial"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("register", models.CharField(max_length=100)),
                ("number", models.CharField(max_length=100)),
                ("plain", models.CharField(max_length=100)),
                ("public", models.BooleanField()),
                ("shown", models.BooleanField(default=True)),
                ("status", models.CharField(blank=True, max_length=60)),
                ("version", models.PositiveIntegerField(default=0)),
                ("first_on", models.DateField(default=django.utils.timezone.localdate)),
                ("status_on", models.DateField(default=django.utils.timezone.localdate)),
                ("changed_on", models.DateField()),
                ("holder", models.CharField(blank=True, max_length=200)),
                ("thing", models.CharField(blank=True, max_length=200)),
                ("area", models.CharField(blank=True, max_length=6)),
                ("words", models.TextField(blank=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="cases.case"
                    ),
                ),
                ("fields", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="EntryVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("how", models.CharField(max_length=20)),
                ("status", models.CharField(blank=True, max_length=60)),
                ("fields", models.JSONField()),
                ("on", models.DateField()),
                ("seq", models.PositiveIntegerField()),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="registers.entry"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("register", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["plain"], name="entries_by_number"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("public", True), ("shown", True)),
                fields=["register", "area", "status"],
                name="entries_by_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("public", True), ("shown", True)), fields=["changed_on"], name="entries_by_change"
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("public", True), ("shown", True)), fields=["first_on"], name="entries_by_start"
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("public", True), ("shown", True)), fields=["holder"], name="entries_by_holder"
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("register", "plain"), name="entry_once"),
        ),
        migrations.AddConstraint(
            model_name="entryversion",
            constraint=models.UniqueConstraint(fields=("entry", "version"), name="entry_version_once"),
        ),
    ]
