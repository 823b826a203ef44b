"""Cases. What happened in them lies in the ledger; here is what finds it there, and one derived row for queues."""

from __future__ import annotations

import datetime as dt
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

    `next_due`, `next_due_latest`: of the running clocks by whose end somebody must act, the one that ends first
    (earliest and latest day, where provisional). `desk_…`: the same, of the clocks that bind the authority.
    `turn`: who is to act by a clock: the authority, or the applicant, on whom the authority may be waiting; nobody; or
    the case is closed. `lapse_after`: the first day after which something happens by itself, if nobody acts.
    `arrived_on`, `left_office`: the day on which the case came to its office, and from which one, if it was handed
    over. `settled_on`: the day on which the authority had first done what its clocks asked of it, `settled_days` after
    opening; `settled_late`: whether any of them ended late, None where that cannot be said.
    `plain` is the number as one looks it up; `organisation` or `person` the case's applicant.
    """

    class Turn(models.TextChoices):
        """Whose turn it is."""

        AUTHORITY = "authority"
        APPLICANT = "applicant"
        NOBODY = "nobody"
        CLOSED = "closed"

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="queue_row")
    plain = models.CharField(max_length=60, default="", db_index=True)
    kind = models.CharField(max_length=100)
    office = models.ForeignKey("authorities.Office", models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="+", db_index=False
    )
    person = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=100)
    final = models.BooleanField()
    turn = models.CharField(max_length=10, choices=Turn.choices, default=Turn.NOBODY)
    next_clock = models.CharField(max_length=100, blank=True)
    next_side = models.CharField(max_length=20, blank=True)
    next_due = models.DateField(null=True)
    next_due_latest = models.DateField(null=True)
    desk_clock = models.CharField(max_length=100, blank=True, default="")
    desk_due = models.DateField(null=True)
    desk_due_latest = models.DateField(null=True)
    lapse_after = models.DateField(null=True)
    opened_on = models.DateField(default=dt.date.min)
    last_on = models.DateField()
    arrived_on = models.DateField(default=dt.date.min)
    left_office = models.ForeignKey("authorities.Office", models.PROTECT, null=True, related_name="+")
    settled_on = models.DateField(null=True)
    settled_days = models.PositiveIntegerField(null=True)
    settled_late = models.BooleanField(null=True)

    class Meta:
        """The orders in which queues are read; the first two hold what is counted, so that counting reads no rows.

        None begins with office and kind: SQLite would take it for any list of kinds, and sort all rows by hand.
        """

        indexes: ClassVar = [
            models.Index(
                fields=["office", "turn", "desk_due", "desk_due_latest", "kind", "arrived_on"], name="queue_by_turn"
            ),
            models.Index(fields=["office", "case", "organisation", "kind"], name="queue_by_number"),
            models.Index(fields=["organisation", "office", "kind"], name="queue_by_applicant"),
            models.Index(fields=["office", "arrived_on", "kind"], name="queue_by_arrival"),
            models.Index(fields=["left_office", "arrived_on"], name="queue_by_leaving"),
            models.Index(fields=["office", "settled_on", "kind", "settled_days"], name="queue_by_settling"),
            models.Index(fields=["lapse_after"], condition=Q(final=False), name="queue_by_lapse"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"


class HandedOver(QueueRow):
    """A case as the office sees it that has handed it over: that it did, when and to whom, and no more of it."""

    class Meta:
        """The same rows."""

        proxy = True
