"""Entries of registers as they stand, and every version of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """An entry of a register (`law/register`) under its number. `plain` is the number as one looks it up.

    `shown`: not withdrawn. `case` wrote it last. Only `registers/writing.py` writes here, with a version each time.
    """

    register = models.CharField(max_length=100)
    number = models.CharField(max_length=100)
    plain = models.CharField(max_length=100)
    public = models.BooleanField()
    shown = models.BooleanField(default=True)
    status = models.CharField(max_length=60, blank=True)
    fields = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="entries")
    changed_on = models.DateField()

    class Meta:
        """A number stands once in a register."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["register", "plain"], name="entry_once")]
        indexes: ClassVar = [models.Index(fields=["register", "shown", "changed_on"], name="entries_by_day")]

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
