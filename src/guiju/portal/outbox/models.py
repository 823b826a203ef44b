"""What is to be sent. A row is made in the transaction of its cause; a worker sends it afterwards."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Message(models.Model):
    """One mail. `key` names its cause: queued twice it is one, sent twice it can be recognised as one.

    `leased_until`: until then one worker is at it; if that worker dies, another takes over afterwards.
    """

    key = models.CharField(max_length=200, unique=True)
    to = models.JSONField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    html = models.TextField(blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=100, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        """What is waiting is found at once, however much was sent."""

        indexes: ClassVar = [models.Index(fields=["due_at"], condition=models.Q(sent_at=None), name="outbox_waiting")]

    def __str__(self) -> str:
        return self.key
