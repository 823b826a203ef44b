"""The log for a page: as it stood at one moment, in few queries."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from django.db.models import Subquery

from guiju.ledger.store import Head
from guiju.ledger.tree import HASH_SIZE
from guiju.portal.evidence.models import Event, Log, Retention
from guiju.portal.evidence.store import TableStore, no_log


class ReadingStore(TableStore):
    """The log as it stood when it was first looked at, whatever is appended meanwhile."""

    def verifier_text(self) -> str:
        """Return the log's verifier key."""
        return self._seen.verifier

    def head(self) -> Head:
        """Return the newest head of that moment."""
        seen = self._seen
        size, seal = (0, seen.seal) if seen.last is None else (seen.last + 1, seen.last_seal)
        seal = bytes(seal or b"")
        return Head(size, seal[:HASH_SIZE], seal[HASH_SIZE:])

    def minimum(self) -> int:
        """Return the index of the first event that was still kept."""
        found: int = self._seen.minimum
        return found

    def events(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield events as they are; one that is asked for by itself is asked for again with what lies beside it."""
        if stop - start != 1:
            return super().events(start, stop)
        if start not in self._single:
            self._single = {start: list(super().events(start, stop))}
        return iter(self._single[start])

    @functools.cached_property
    def _seen(self) -> Log:
        """Read key, head and retention with one statement, so that they belong together."""
        newest = Event.objects.order_by("-idx")
        found: Log | None = Log.objects.annotate(
            minimum=Subquery(Retention.objects.filter(pk=1).values("minimum")),
            last=Subquery(newest.values("idx")[:1]),
            last_seal=Subquery(newest.values("seal")[:1]),
        ).first()
        if found is None:
            raise no_log()
        return found

    @functools.cached_property
    def _single(self) -> dict[int, list[bytes]]:
        return {}
