"""Cases. What happened in them lies in the ledger; here is what finds it there, and one derived row for queues."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Case(models.Model):
    """A case: the version of the case type that it follows (see procedures.case.Pin), its parties and its office.

    `revision` is the number of its events; whoever acts says which revision they saw. `request_key` tells a form that
    is sent twice from two filings.
    """

    number = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=100)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    readings = models.JSONField(default=list)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, null=True, related_name="cases")
    person = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="cases")
    system = models.ForeignKey("organisations.System", models.PROTECT, null=True, related_name="cases")
    office = models.ForeignKey("authorities.Office", models.PROTECT, related_name="cases")
    opened_on = models.DateField()
    revision = models.PositiveIntegerField()
    request_key = models.CharField(max_length=200, null=True, unique=True)

    class Meta:
        """The applicant is an organisation or a person."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organisation=None, person__isnull=False) | Q(organisation__isnull=False, person=None),
                name="one_applicant",
            )
        ]

    def __str__(self) -> str:
        return self.number


class CaseEvent(models.Model):
    """Where an event of a case stands in the ledger. The table refuses changes and deletions."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    idx = models.BigIntegerField(unique=True)

    class Meta:
        """Each event of a case once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "seq"], name="case_event_once")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq}"


class QueueRow(models.Model):
    """DERIVED from a case's events, for queues and searches; `guiju portal rebuild` makes all of them anew.

    `next_due`, `next_due_latest`: the running clock that ends first (earliest and latest day, where provisional).
    `lapse_after`: the first day after which something happens by itself, if nobody acts.
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="queue_row")
    kind = models.CharField(max_length=100)
    office = models.ForeignKey("authorities.Office", models.PROTECT, related_name="+")
    state = models.CharField(max_length=100)
    final = models.BooleanField()
    next_clock = models.CharField(max_length=100, blank=True)
    next_side = models.CharField(max_length=20, blank=True)
    next_due = models.DateField(null=True)
    next_due_latest = models.DateField(null=True)
    lapse_after = models.DateField(null=True)
    last_on = models.DateField()

    class Meta:
        """The orders in which queues are read."""

        indexes: ClassVar = [
            models.Index(fields=["office", "final", "next_due"], name="queue_by_due"),
            models.Index(fields=["kind", "state"], name="queue_by_state"),
            models.Index(fields=["lapse_after"], condition=Q(final=False), name="queue_by_lapse"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"
