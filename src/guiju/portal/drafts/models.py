"""What is being filled in, the files that go with it, and forms that came in after their session had ended."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


def _one_owner(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(organisation=None, person__isnull=False) | Q(organisation__isnull=False, person=None), name=name
    )


class Draft(models.Model):
    """A form that was begun and not sent yet, as it was entered (forms/inputs.py), right or wrong.

    What is to be filed for an organisation belongs to the organisation: every member who may file sees it and can go
    on with it, whoever began, and a member who leaves takes nothing along. Everything else, an official's acts too,
    belongs to the person. `key` says what it is a draft of, so that there is one for each thing and no second filing
    of the same by mistake. `seen` is the revision of the case that was seen when it was begun; `request_key` makes
    sending it twice one filing.
    """

    person = models.ForeignKey("people.User", models.CASCADE, null=True, related_name="drafts")
    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, null=True, related_name="drafts")
    key = models.CharField(max_length=250)
    kind = models.CharField(max_length=100)
    act = models.CharField(max_length=100)
    system = models.ForeignKey("organisations.System", models.CASCADE, null=True, related_name="drafts")
    case = models.ForeignKey("cases.Case", models.CASCADE, null=True, related_name="drafts")
    entered = models.JSONField(default=dict)
    seen = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)
    request_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")

    class Meta:
        """One draft of a thing for each owner."""

        constraints: ClassVar = [
            _one_owner("draft_has_one_owner"),
            models.UniqueConstraint(fields=["person", "key"], name="draft_of_person_once"),
            models.UniqueConstraint(fields=["organisation", "key"], name="draft_of_organisation_once"),
        ]

    def __str__(self) -> str:
        return self.key


class Upload(models.Model):
    """That somebody sent a file: they and, for an organisation, its members may file it. The content is kept once."""

    person = models.ForeignKey("people.User", models.CASCADE, null=True, related_name="uploads")
    organisation = models.ForeignKey("organisations.Organisation", models.CASCADE, null=True, related_name="uploads")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Each file of an owner once under each name."""

        constraints: ClassVar = [
            _one_owner("upload_has_one_owner"),
            models.UniqueConstraint(fields=["person", "sha256", "name"], name="upload_of_person_once"),
            models.UniqueConstraint(fields=["organisation", "sha256", "name"], name="upload_of_organisation_once"),
        ]

    def __str__(self) -> str:
        return self.name


class LatePost(models.Model):
    """A form that was sent after its session had ended, until the same person has logged in again.

    Only the browser that sent it has the token, of which a hash is kept; only the person for whom the form was made
    gets it back (see late.py).
    """

    token_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey("people.User", models.CASCADE, related_name="+")
    path = models.CharField(max_length=2000)
    entered = models.JSONField()
    kept_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.path
