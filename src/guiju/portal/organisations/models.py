"""Organisations, who belongs to them, and the systems that they develop, provide or use."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Organisation(models.Model):
    """An organisation that deals with authorities. `area`: the code of the administrative division of its seat."""

    zh = models.CharField(max_length=200)
    en = models.CharField(max_length=200, blank=True)
    credit_code = models.CharField(max_length=18, blank=True)
    area = models.CharField(max_length=6)
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

    The facts are the organisation's own working copy; what it files is what it gives with the filing.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="systems")
    zh = models.CharField(max_length=200)
    en = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.zh
