"""Applicants and orders of queues; `guiju portal rebuild` fills them for cases that are there."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Changes the derived rows."""

    dependencies: ClassVar[list[object]] = [
        ("authorities", "0002_tree"),
        ("cases", "0004_lateness"),
        ("organisations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar[list[object]] = [
        migrations.RemoveIndex(
            model_name="queuerow",
            name="queue_by_state",
        ),
        migrations.RemoveIndex(
            model_name="queuerow",
            name="queue_by_arrival",
        ),
        migrations.AddField(
            model_name="queuerow",
            name="organisation",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="queuerow",
            name="person",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="queuerow",
            index=models.Index(fields=["office", "case", "organisation", "kind"], name="queue_by_number"),
        ),
        migrations.AddIndex(
            model_name="queuerow",
            index=models.Index(fields=["organisation", "office", "kind"], name="queue_by_applicant"),
        ),
        migrations.AddIndex(
            model_name="queuerow",
            index=models.Index(fields=["office", "arrived_on", "kind"], name="queue_by_arrival"),
        ),
    ]
