"""Entries of registers as they stand, and every version of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

NAME_LENGTH = 200
_SHOWN = Q(public=True, shown=True)


class Entry(models.Model):
    """An entry of a register (`law/register`) under its number. `plain` is the number as one looks it up.

    `shown`: not withdrawn. `case` wrote it last. `status_on`: the day since which it stands as it does. From `holder`
    to `words`: DERIVED (describing.py), for lists and searches. Only `registers/writing.py` writes here, with a
    version each time.
    """

    register = models.CharField(max_length=100)
    number = models.CharField(max_length=100)
    plain = models.CharField(max_length=100)
    public = models.BooleanField()
    shown = models.BooleanField(default=True)
    status = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=0)
    first_on = models.DateField(default=timezone.localdate)
    status_on = models.DateField(default=timezone.localdate)
    changed_on = models.DateField()
    holder = models.CharField(max_length=NAME_LENGTH, blank=True)
    thing = models.CharField(max_length=NAME_LENGTH, blank=True)
    area = models.CharField(max_length=6, blank=True)
    words = models.TextField(blank=True)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="entries")
    # Last, so that a search does not read past the long values of every row.
    fields = models.JSONField(default=dict)

    class Meta:
        """A number stands once in a register. The orders in which everybody reads the lists have an index each."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["register", "plain"], name="entry_once")]
        indexes: ClassVar = [
            models.Index(fields=["plain"], name="entries_by_number"),
            models.Index(fields=["register", "area", "status"], condition=_SHOWN, name="entries_by_kind"),
            models.Index(fields=["changed_on"], condition=_SHOWN, name="entries_by_change"),
            models.Index(fields=["first_on"], condition=_SHOWN, name="entries_by_start"),
            models.Index(fields=["holder"], condition=_SHOWN, name="entries_by_holder"),
        ]

    def __str__(self) -> str:
        return self.number


class EntryVersion(models.Model):
    """What an entry was after one act. The table refuses changes and deletions."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    how = models.CharField(max_length=20)
    status = models.CharField(max_length=60, blank=True)
    fields = models.JSONField()
    on = models.DateField()
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()

    class Meta:
        """Each version once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "version"], name="entry_version_once")]

    def __str__(self) -> str:
        return f"{self.entry_id}/{self.version}"


class Edition(models.Model):
    """How often a public register has changed, and when last: what caches of its lists go by.

    Whoever writes to a register holds its row until the transaction ends, so that no change hides behind a later one.
    """

    register = models.CharField(max_length=100, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.register} {self.count}"
