"""Queueing: part of the transaction under way, so that what did not happen sends nothing."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.portal.outbox.models import Message


def queue_mail(*, key: str, to: Sequence[str], subject: str, body: str, html: str = "") -> None:
    """Queue a mail; with a key that is there already nothing happens. Without anybody to send it to neither."""
    if to:
        message = Message(key=key, to=list(to), subject=subject[:300], body=body, html=html)
        Message.objects.bulk_create([message], ignore_conflicts=True)
