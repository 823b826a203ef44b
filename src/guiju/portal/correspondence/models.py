"""Letters as they went out: what was composed once never changes, whatever becomes of case types and letter texts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Letter(models.Model):
    """A letter of one act: the `place`th of event `seq`, to a party of the case type.

    `content` is the letter in both languages as plain data (guiju.letters.model.Letter), `sha256` the digest of its
    canonical JSON. Where it could not be composed, `content` and `sha256` are empty and `problem_zh`, `problem_en` say
    why: it is owed, and may be filled in once (triggers refuse everything else).
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="letters")
    seq = models.PositiveIntegerField()
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    to = models.CharField(max_length=60)
    on = models.DateField()
    number = models.CharField(max_length=100, blank=True)
    title_zh = models.CharField(max_length=200, blank=True)
    title_en = models.CharField(max_length=200, blank=True)
    content = models.JSONField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    problem_zh = models.TextField(blank=True)
    problem_en = models.TextField(blank=True)

    class Meta:
        """Each letter of an act once; those that are owed are found at once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "seq", "place"], name="letter_once")]
        indexes: ClassVar = [models.Index(fields=["id"], condition=models.Q(sha256=""), name="letters_owed")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.seq}-{self.place} {self.name}"


class LetterOpening(models.Model):
    """That a person of the side to which a letter went has opened it, and when first (see opening.py)."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="openings")
    user = models.ForeignKey("people.User", models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """The first time counts."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["letter", "user"], name="opened_once")]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.user_id}"
