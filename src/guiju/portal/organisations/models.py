"""Organisations, who belongs to them, the systems that they develop, provide or use, and what is known of these."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Organisation(models.Model):
    """An organisation that deals with authorities. `area`: the code of the administrative division of its seat.

    `facts` are those of the organisation as a whole; `revision` counts the changes to them and to its names.
    """

    zh = models.CharField(max_length=200)
    en = models.CharField(max_length=200, blank=True)
    credit_code = models.CharField(max_length=18, blank=True)
    area = models.CharField(max_length=6)
    facts = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        """A unified social credit code belongs to one organisation."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["credit_code"], condition=~models.Q(credit_code=""), name="credit_code_once"
            )
        ]

    def __str__(self) -> str:
        return self.zh


class Membership(models.Model):
    """That a person acts for an organisation as something: a role of `access/roles.yaml`."""

    user = models.ForeignKey("people.User", models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40)

    class Meta:
        """One role for a person in an organisation."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "organisation"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.role} {self.organisation_id}"


class Invitation(models.Model):
    """An invitation by mail. Only a hash of its token is kept: who reads the table cannot accept it."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=40)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.role} {self.organisation_id}"


class System(models.Model):
    """An AI system of an organisation, with the facts about it as a profile has them (docs/profile.md).

    The facts are the organisation's own working copy; what it files is what it gives with the filing. How they are
    written in the table: `organisations/facts.py`.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="systems")
    zh = models.CharField(max_length=200)
    en = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.zh


class Occurrence(models.Model):
    """Something dated that happened, or is planned: an event of a profile (docs/profile.md).

    `attributes` are yes-or-no values by name. One that was entered by mistake is withdrawn and stays in the table.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="occurrences")
    system = models.ForeignKey(System, models.PROTECT, null=True, blank=True, related_name="occurrences")
    event = models.CharField(max_length=100)
    date = models.DateField()
    attributes = models.JSONField(default=dict)
    recorded_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("people.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        """An event of a system is one of the system's own organisation; the services see to that."""

        ordering: ClassVar = ["date", "pk"]

    def __str__(self) -> str:
        return f"{self.event} {self.date}"


class Version(models.Model):
    """One change to the names or facts of a system, or of the organisation as a whole: who, when, from what to what.

    `revision` is the one that the change led to. `before` and `after` hold only what was changed, by name of the fact
    (`zh` and `en` for the names); a fact that was or became unknown is null. The table refuses changes and deletions.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="versions")
    system = models.ForeignKey(System, models.PROTECT, null=True, blank=True, related_name="versions")
    revision = models.PositiveIntegerField()
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        """Every revision once."""

        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["system", "revision"], name="version_of_system_once"),
            models.UniqueConstraint(
                fields=["organisation", "revision"],
                condition=models.Q(system=None),
                name="version_of_organisation_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}/{self.system_id} {self.revision}"
