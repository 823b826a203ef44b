"""The tables of the log, which triggers (triggers.py) keep from being changed; guiju/ledger says what they mean."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Log(models.Model):
    """The one log of the site: its public key, and root and signature of the empty log."""

    verifier = models.TextField()
    seal = models.BinaryField()

    class Meta:
        """One row; whoever writes locks it."""

        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="one_log")]

    def __str__(self) -> str:
        return self.verifier


class Retention(models.Model):
    """The index of the first event that is still kept."""

    minimum = models.BigIntegerField(default=0)

    class Meta:
        """One row."""

        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="one_retention")]

    def __str__(self) -> str:
        return str(self.minimum)


class Event(models.Model):
    """One event as canonical JSON. `seal`: root and signature of the log up to it, with the last event of a commit."""

    idx = models.BigIntegerField(primary_key=True)
    data = models.BinaryField()
    seal = models.BinaryField(null=True)

    def __str__(self) -> str:
        return str(self.idx)


class Tile(models.Model):
    """A finished tile of hashes."""

    level = models.PositiveSmallIntegerField()
    number = models.BigIntegerField()
    root = models.BinaryField()
    nodes = models.BinaryField()

    class Meta:
        """A tile is there once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["level", "number"], name="tile_once")]

    def __str__(self) -> str:
        return f"{self.level}/{self.number}"


class Checkpoint(models.Model):
    """A checkpoint that was handed out. `at` is when, which nobody signs; None where it was not noted."""

    size = models.BigIntegerField()
    note = models.TextField()
    at = models.DateTimeField(null=True)

    class Meta:
        """The same one twice is one."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["size", "note"], name="checkpoint_once")]

    def __str__(self) -> str:
        return str(self.size)


class Beside(models.Model):
    """A value that an event only commits to: it can be erased, never changed."""

    idx = models.BigIntegerField()
    name = models.CharField(max_length=100)
    salt = models.BinaryField()
    value = models.BinaryField()

    class Meta:
        """One value of a name beside an event."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["idx", "name"], name="beside_once")]

    def __str__(self) -> str:
        return f"{self.idx} {self.name}"


class Erasure(models.Model):
    """That a value beside an event was erased, and when; without such a row the database lets none be deleted."""

    idx = models.BigIntegerField()
    name = models.CharField(max_length=100)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.idx} {self.name}"
