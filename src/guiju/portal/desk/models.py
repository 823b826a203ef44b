"""Who in an office deals with a case, and who was appointed or removed there: both with their history."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Assignment(models.Model):
    """That a person of an office deals with a case, from `given_at` until `ended_at`; no event of the case.

    It counts only while the case belongs to that office.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="assignments")
    office = models.ForeignKey("authorities.Office", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.User", models.PROTECT, related_name="assignments")
    given_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """One person at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "office"], condition=Q(ended_at=None), name="one_deals_with_it")
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "office"], condition=Q(ended_at=None), name="dealt_with_by"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.person_id}"


class PostingChange(models.Model):
    """That somebody was appointed or removed, when, and by whom. The table refuses changes and deletions."""

    class What(models.TextChoices):
        """What was done."""

        APPOINTED = "appointed"
        REMOVED = "removed"

    user = models.ForeignKey("people.User", models.PROTECT, related_name="posting_changes")
    office = models.ForeignKey("authorities.Office", models.PROTECT, related_name="posting_changes")
    role = models.CharField(max_length=40)
    what = models.CharField(max_length=10, choices=What.choices)
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Read office by office, the latest first."""

        indexes: ClassVar = [models.Index(fields=["office", "-at"], name="changes_of_office")]

    def __str__(self) -> str:
        return f"{self.what} {self.user_id} {self.office_id}"
