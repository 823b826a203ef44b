"""Django's mail goes through the outbox: allauth and Django itself queue like everybody else."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from guiju.portal.outbox.queueing import queue_mail


class OutboxBackend(BaseEmailBackend):
    """Queues in place of sending."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue mails; each is its own cause."""
        for message in email_messages:
            pages = [content for content, kind in getattr(message, "alternatives", ()) if kind == "text/html"]
            queue_mail(
                key=f"mail:{secrets.token_hex(16)}",
                to=message.recipients(),
                subject=message.subject,
                body=message.body,
                html=str(pages[0]) if pages else "",
            )
        return len(email_messages)
