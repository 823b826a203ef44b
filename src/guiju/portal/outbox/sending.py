"""Sending what is queued, at least once each: first leased, then sent, then marked.

A worker that dies after sending and before marking leaves a mail that is sent again, with the same Message-ID.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from email.utils import parseaddr
from hashlib import sha256

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import Q
from django.utils import timezone

from guiju.portal.outbox.models import Message

LEASE = timedelta(minutes=5)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
BATCH = 50
_LOG = logging.getLogger("guiju.portal.outbox")

Send = Callable[[EmailMultiAlternatives], None]


def send_waiting(send: Send | None = None) -> int:
    """Send what is due; returns how many went out. What fails is tried again later, ever more rarely."""
    send = send or _by_mail
    sent = 0
    for message in _leased():
        try:
            send(composed(message))
        except Exception as error:
            _put_off(message, error)
            continue
        Message.objects.filter(pk=message.pk).update(sent_at=timezone.now(), leased_until=None, last_error="")
        sent += 1
    if sent:
        _LOG.info("mail sent", extra={"count": sent})
    return sent


def composed(message: Message) -> EmailMultiAlternatives:
    """Return the mail with its idempotency key: as Message-ID, and in a header of its own."""
    sender = settings.DEFAULT_FROM_EMAIL
    domain = parseaddr(sender)[1].rpartition("@")[2]
    name = sha256(message.key.encode()).hexdigest()[:32]
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.body,
        from_email=sender,
        to=message.to,
        headers={"Message-ID": f"<{name}@{domain}>", "Idempotency-Key": name, "Auto-Submitted": "auto-generated"},
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail


def _leased() -> list[Message]:
    """Take messages so that no other worker takes them too: whoever's update finds the row as it was has it."""
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    taken = []
    for message in Message.objects.filter(free, sent_at=None, due_at__lte=now).order_by("due_at", "pk")[:BATCH]:
        mine = Message.objects.filter(free, pk=message.pk, sent_at=None, attempts=message.attempts)
        if mine.update(leased_until=now + LEASE, attempts=message.attempts + 1):
            message.attempts += 1
            taken.append(message)
    return taken


def _put_off(message: Message, error: Exception) -> None:
    wait = min(FIRST_WAIT * 2 ** min(message.attempts - 1, 20), LONGEST_WAIT)
    Message.objects.filter(pk=message.pk).update(
        due_at=timezone.now() + wait, leased_until=None, last_error=type(error).__name__
    )
    _LOG.warning("mail not sent", extra={"code": type(error).__name__})


def _by_mail(mail: EmailMultiAlternatives) -> None:
    mail.connection = get_connection(settings.OUTBOX_BACKEND)
    mail.send()
