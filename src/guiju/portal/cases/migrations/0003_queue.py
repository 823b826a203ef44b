"""What queues and searches of an authority read; `guiju portal rebuild` fills it for cases that are there."""

from __future__ import annotations

import datetime
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Changes the derived rows."""

    dependencies: ClassVar[list[object]] = [
        ("authorities", "0002_tree"),
        ("cases", "0002_append_only"),
    ]

    operations: ClassVar[list[object]] = [
        migrations.CreateModel(
            name="HandedOver",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("cases.queuerow",),
        ),
        migrations.RemoveIndex(
            model_name="queuerow",
            name="queue_by_due",
        ),
        migrations.RemoveIndex(
            model_name="queuerow",
            name="queue_by_state",
        ),
        migrations.AddField(
            model_name="queuerow",
            name="arrived_on",
            field=models.DateField(default=datetime.date(1, 1, 1)),
        ),
        migrations.AddField(
            model_name="queuerow",
            name="desk_clock",
            field=models.CharField(blank=True, default="", max_length=100),
        ),
        migrations.AddField(
            model_name="queuerow",
            name="desk_due",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="queuerow",
            name="desk_due_latest",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="queuerow",
            name="left_office",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="authorities.office"
            ),
        ),
        migrations.AddField(
            model_name="queuerow",
            name="opened_on",
            field=models.DateField(default=datetime.date(1, 1, 1)),
        ),
        migrations.AddField(
            model_name="queuerow",
            name="plain",
            field=models.CharField(db_index=True, default="", max_length=60),
        ),
        migrations.AddField(
            model_name="queuerow",
            name="settled_days",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="queuerow",
            name="settled_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="queuerow",
            name="turn",
            field=models.CharField(
                choices=[
                    ("authority", "Authority"),
                    ("applicant", "Applicant"),
                    ("nobody", "Nobody"),
                    ("closed", "Closed"),
                ],
                default="nobody",
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="queuerow",
            index=models.Index(
                fields=["office", "turn", "desk_due", "desk_due_latest", "kind", "arrived_on"], name="queue_by_turn"
            ),
        ),
        migrations.AddIndex(
            model_name="queuerow",
            index=models.Index(fields=["office", "kind", "state"], name="queue_by_state"),
        ),
        migrations.AddIndex(
            model_name="queuerow",
            index=models.Index(fields=["office", "arrived_on"], name="queue_by_arrival"),
        ),
        migrations.AddIndex(
            model_name="queuerow",
            index=models.Index(fields=["left_office", "arrived_on"], name="queue_by_leaving"),
        ),
        migrations.AddIndex(
            model_name="queuerow",
            index=models.Index(fields=["office", "settled_on", "kind", "settled_days"], name="queue_by_settling"),
        ),
    ]
