"""Checkpoints for everybody: what the site says that its log held, published so often that others can hold it to it."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.ledger.checkpoint import Checkpoint as Statement
from guiju.ledger.checkpoint import verify_checkpoint
from guiju.ledger.log import Ledger
from guiju.ledger.proofs import verify_consistency
from guiju.portal.evidence.models import Checkpoint
from guiju.portal.evidence.opening import open_log_for_writing
from guiju.portal.evidence.store import TableStore


class RewrittenLogError(ValueError):
    """The log does not continue the last checkpoint; nothing is signed over it until somebody has looked."""

    def __init__(self, size: int) -> None:
        self.size = size
        super().__init__(self.text("en"))

    def text(self, lang: str) -> str:
        """Say what is wrong, in `zh` or `en`."""
        return _REWRITTEN.get(lang).format(size=self.size)


_REWRITTEN = Bilingual(
    zh="日志与已公布的检查点（{size} 个事件）不符，不再签发新的检查点；请运行 guiju portal verify",
    en="the log does not continue the published checkpoint of {size} events, so no other is published; "
    "run: guiju portal verify",
)


def latest() -> Checkpoint | None:
    """Return the newest published checkpoint."""
    return Checkpoint.objects.order_by("-size", "-pk").first()


def publish_checkpoint() -> int:
    """Publish a checkpoint if the log has changed since the last one and that is old enough; returns how many.

    The worker's job. Any number of workers may run it: the log is locked, and whoever comes second finds nothing left
    to do. Raises RewrittenLogError, and what opening the log raises.
    """
    if not _is_due(latest()):
        return 0
    with transaction.atomic(), open_log_for_writing() as log, TableStore().writing():
        former = latest()
        if not _is_due(former):
            return 0
        if former is not None:
            _check_continues(log, former)
        log.checkpoint()
    return 1


def _is_due(former: Checkpoint | None) -> bool:
    head = TableStore().head()
    if former is None:
        return head.size > 0
    stated = Statement.parse(former.note)
    if (head.size, head.root) == (stated.size, stated.root):
        return False
    # A clock that was ahead for a while must not silence the log for as long.
    since = timezone.now() - former.at if former.at else None
    every = dt.timedelta(seconds=settings.CONFIGURATION.checkpoint_seconds)
    return since is None or not dt.timedelta(0) <= since < every


def _check_continues(log: Ledger, former: Checkpoint) -> None:
    """Check that the log only grew since a checkpoint that its key signed."""
    stated = verify_checkpoint(former.note, log.verifier)
    size = log.size
    if stated is None or stated.size > size:
        raise RewrittenLogError(former.size)
    path = log.consistency(stated.size, size)
    if not verify_consistency(stated.size, size, stated.root, log.root(size), path):
        raise RewrittenLogError(former.size)
