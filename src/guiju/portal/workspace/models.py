"""What a person says of a duty, and the addresses of calendars."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class DutyMark(models.Model):
    """What a member said of a duty: who sees to it, whether and when it was done, what shows that.

    Every row says all of it anew; the latest one of a duty holds, and the table refuses changes and deletions. It is
    a note of the organisation: what the law's facts say of the duty stays with the facts.

    `about` and `norm` name the duty (see `subjects.py`; the norm's stable key), `occasion` the one time that is meant
    of a duty that comes again.
    """

    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="duty_marks")
    about = models.CharField(max_length=60)
    norm = models.CharField(max_length=100)
    occasion = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey("people.User", models.PROTECT, null=True, blank=True, related_name="+")
    done_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    reference = models.CharField(max_length=500, blank=True)
    upload = models.ForeignKey("drafts.Upload", models.PROTECT, null=True, blank=True, related_name="duty_marks")
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """The marks of one duty are read together, those of an organisation too."""

        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["organisation", "about", "norm"], name="marks_of_duty")]

    def __str__(self) -> str:
        return f"{self.norm} {self.about}"


class CalendarFeed(models.Model):
    """A member's secret address of the organisation's calendar. Only a hash of it is kept; who has it reads on."""

    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="feeds")
    user = models.ForeignKey("people.User", models.CASCADE, related_name="feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """One address for a member; a new one takes the place of the old."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "user"], name="feed_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.organisation_id}"
