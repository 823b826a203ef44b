"""The ledger's storage (guiju.ledger.store.Store) in Django's tables, on whichever database the site has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from guiju.ledger.errors import StoreError
from guiju.ledger.store import Head, PersonalRow
from guiju.ledger.tree import HASH_SIZE, FullTile
from guiju.portal.evidence.models import Beside, Checkpoint, Erasure, Event, Log, Retention, Tile

_PAGE = 1024


class TableStore:
    """The storage of the site's one log. It takes part in the transaction under way: an act and its evidence are one.

    Make one, and one Ledger on it, for each transaction: a tree kept in memory would not notice a roll-back.
    """

    def verifier_text(self) -> str:
        """Return the log's verifier key."""
        return self._log().verifier

    def head(self) -> Head:
        """Return the newest head of this transaction."""
        newest = Event.objects.order_by("-idx").values_list("idx", "seal").first()
        size, seal = (newest[0] + 1, newest[1]) if newest else (0, self._log().seal)
        seal = bytes(seal or b"")
        return Head(size, seal[:HASH_SIZE], seal[HASH_SIZE:])

    def minimum(self) -> int:
        """Return the index of the first event that is still kept."""
        found: int = Retention.objects.values_list("minimum", flat=True).get(pk=1)
        return found

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the log's row until the transaction ends; everybody else who writes waits for it."""
        try:
            with transaction.atomic():
                self._log(lock=True)
                yield
        except DatabaseError as error:
            raise _failed(error) from error

    def write(
        self,
        first: int,
        events: Sequence[bytes],
        tiles: Sequence[FullTile],
        head: Head,
        personal: Sequence[PersonalRow],
    ) -> None:
        """Add events, finished tiles, the new head with the last event, and what is personal."""
        last = len(events) - 1
        Beside.objects.bulk_create(
            Beside(idx=row.index, name=row.name, salt=row.salt, value=row.value) for row in personal
        )
        Event.objects.bulk_create(
            Event(idx=first + place, data=data, seal=head.root + head.signature if place == last else None)
            for place, data in enumerate(events)
        )
        Tile.objects.bulk_create(
            Tile(level=tile.level, number=tile.number, root=tile.root, nodes=tile.nodes) for tile in tiles
        )

    def keep_checkpoint(self, size: int, note: str) -> None:
        """Keep a checkpoint that is about to be handed out."""
        if not Checkpoint.objects.filter(size=size, note=note).exists():
            Checkpoint.objects.create(size=size, note=note, at=timezone.now())

    def checkpoints(self) -> list[str]:
        """Return the signed notes that were handed out, by size."""
        return list(Checkpoint.objects.order_by("size").values_list("note", flat=True))

    def events(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the kept events from start to stop, page by page."""
        for page in range(start, stop, _PAGE):
            rows = Event.objects.filter(idx__gte=page, idx__lt=min(page + _PAGE, stop)).order_by("idx")
            yield from map(bytes, rows.values_list("data", flat=True))

    def nodes(self, level: int, number: int) -> bytes | None:
        """Return the nodes of a full tile."""
        found = Tile.objects.filter(level=level, number=number).values_list("nodes", flat=True).first()
        return None if found is None else bytes(found)

    def roots(self, level: int, start: int, stop: int) -> list[bytes]:
        """Return the roots of the full tiles from start to stop."""
        rows = Tile.objects.filter(level=level, number__gte=start, number__lt=stop).order_by("number")
        return [bytes(root) for root in rows.values_list("root", flat=True)]

    def prune(self, minimum: int) -> None:
        """Forget the events below `minimum`."""
        Retention.objects.filter(pk=1).update(minimum=minimum)
        Event.objects.filter(idx__lt=minimum).delete()

    def personal(self, index: int) -> list[PersonalRow]:
        """Return what is kept beside the event at this index."""
        rows = Beside.objects.filter(idx=index).order_by("name").values_list("name", "salt", "value")
        return [PersonalRow(index, name, bytes(salt), bytes(value)) for name, salt, value in rows]

    def erase(self, index: int, names: Iterable[str] | None) -> list[str]:
        """Remove values and salts beside an event, and note that it was done.

        On SQLite the bytes are overwritten in the file and in its journal. On PostgreSQL the row is gone, its bytes
        when the server next vacuums. Copies and backups are beyond it. Raises StoreError if a reader of the SQLite
        file keeps its journal from being emptied.
        """
        wanted = [row.name for row in self.personal(index)]
        if names is not None:
            wanted = [name for name in names if name in wanted]
        with transaction.atomic():
            Erasure.objects.bulk_create(Erasure(idx=index, name=name) for name in wanted)
            Beside.objects.filter(idx=index, name__in=wanted).delete()
            transaction.on_commit(_empty_journal)
        return wanted

    def close(self) -> None:
        """Nothing is held: the connection is Django's."""

    def _log(self, *, lock: bool = False) -> Log:
        rows = Log.objects.select_for_update() if lock else Log.objects.all()
        found: Log | None = rows.first()
        if found is None:
            raise no_log()
        return found


def no_log() -> StoreError:
    """Return what to raise where the log was never laid."""
    return StoreError(
        "L130",
        "the site has no log; make it with: guiju portal migrate",
        "本站没有日志；请用 guiju portal migrate 建立",
    )


def _empty_journal() -> None:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if cursor.fetchone()[0]:
            raise StoreError(
                "L135",
                "the values are removed, but a reader keeps the database's journal from being emptied; erase again",
                "数据已删除，但有读取者使数据库的日志无法清空；请再次执行擦除",
            )


def _failed(error: DatabaseError) -> StoreError:
    kind = type(error).__name__
    return StoreError(
        "L134", f"the database refused: {kind}; nothing was written", f"数据库拒绝：{kind}；未写入任何内容"
    )
