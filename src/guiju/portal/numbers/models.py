"""How far each series of numbers has come, and every number that was given."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Series(models.Model):
    """A series, such as all cases of a year, and the last ordinal that was given in it."""

    name = models.CharField(max_length=40, primary_key=True)
    last = models.BigIntegerField()

    def __str__(self) -> str:
        return self.name


class Issued(models.Model):
    """A number that was given; with `Series` it shows that none is missing and none is there twice.

    The table refuses changes and deletions.
    """

    number = models.CharField(max_length=60, primary_key=True)
    series = models.CharField(max_length=40)
    ordinal = models.BigIntegerField()

    class Meta:
        """An ordinal is given once in a series."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["series", "ordinal"], name="ordinal_once")]

    def __str__(self) -> str:
        return self.number
