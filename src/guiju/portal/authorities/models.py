"""The tree of authorities (mail4:13), their offices, and the postings of their people."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

CODE_LENGTH = 20


class Authority(models.Model):
    """An authority: what the law calls it (`party`, a key of the rulebooks' parties), and the area that it serves.

    `area` is the code of the administrative division (GB/T 2260), 000000 for the whole country. `path` lists the codes
    from the top of the tree down to the authority, each followed by a slash.
    """

    code = models.CharField(max_length=CODE_LENGTH, unique=True)
    party = models.CharField(max_length=40)
    area = models.CharField(max_length=6)
    zh = models.CharField(max_length=100)
    en = models.CharField(max_length=200)
    area_zh = models.CharField(max_length=50)
    area_en = models.CharField(max_length=100)
    above = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="below")
    path = models.CharField(max_length=200, unique=True)

    class Meta:
        """One authority of a kind for an area."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["party", "area"], name="authority_of_area")]

    def __str__(self) -> str:
        return self.zh


class Office(models.Model):
    """A part of an authority that deals with cases; new cases come to the one that receives."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="offices")
    code = models.CharField(max_length=CODE_LENGTH + 10, unique=True)
    zh = models.CharField(max_length=100)
    en = models.CharField(max_length=200)
    receives = models.BooleanField(default=False)

    class Meta:
        """At most one office of an authority receives."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["authority"], condition=models.Q(receives=True), name="one_receiving_office"
            )
        ]

    def __str__(self) -> str:
        return f"{self.authority.zh} {self.zh}"


class Posting(models.Model):
    """That a person works in an office as something: a role of `access/roles.yaml` on the authority's side."""

    user = models.ForeignKey("people.User", models.PROTECT, related_name="postings")
    office = models.ForeignKey(Office, models.PROTECT, related_name="postings")
    role = models.CharField(max_length=40)

    class Meta:
        """The same posting once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "office", "role"], name="posting_once")]

    def __str__(self) -> str:
        return f"{self.role} {self.office_id}"
