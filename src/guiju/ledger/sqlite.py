"""A log in one SQLite file (WAL, every commit synced); personal data lie in a second file, see beside.py."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from guiju.ledger.beside import Beside, Stray
from guiju.ledger.errors import StoreError
from guiju.ledger.sqlite_schema import APPLICATION_ID, LOG_TABLES, VERSION
from guiju.ledger.store import Head, PersonalRow
from guiju.ledger.tree import HASH_SIZE, TILE_WIDTH, FullTile

WAIT_SECONDS = 60.0
_PAGE = 1024
_NEWLINE = b"\n"
_MAYBE_BYTES = (bytes, type(None))


class SQLiteStore:
    """The storage of one log in `path` and `path`.personal; one object per thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        if not path.is_file():
            raise StoreError("L130", f"there is no log at {path}; make one with: guiju ledger init", _no_log(path))
        self._beside = Beside(path, WAIT_SECONDS)
        self._strays: list[Stray] = []
        try:
            self._log = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)
        except sqlite3.Error as error:
            raise self._failed(error) from None
        self._check_kind()

    @staticmethod
    def create(path: Path, verifier_text: str, head: Head) -> SQLiteStore:
        """Make a new, empty log whole or not at all; raises StoreError if the file exists or cannot be made."""
        temporary = path.with_name(f".guiju.{path.name}.{os.getpid()}.tmp")
        try:
            _make(temporary, verifier_text, head)
            path.hardlink_to(temporary)
        except FileExistsError:
            raise StoreError("L131", f"{path} exists already", f"{path} 已经存在") from None
        except (OSError, sqlite3.Error) as error:
            raise StoreError("L132", f"cannot make {path}: {error}", f"无法建立 {path}：{error}") from None
        finally:
            temporary.unlink(missing_ok=True)
        return SQLiteStore(path)

    def _check_kind(self) -> None:
        try:
            kind = self._log.execute("PRAGMA application_id").fetchone()[0]
            version = self._log.execute("PRAGMA user_version").fetchone()[0]
            if (kind, version) == (APPLICATION_ID, VERSION):
                self._log.execute("PRAGMA journal_mode = WAL").fetchone()
                self._log.execute("PRAGMA synchronous = FULL")
                return
        except sqlite3.OperationalError as error:
            self.close()
            raise _damaged(self._path, str(error)) from None
        except sqlite3.DatabaseError:
            pass
        self.close()
        raise StoreError(
            "L133", f"{self._path} is not a log of this version of Guiju", f"{self._path} 不是本版本规矩的日志文件"
        )

    def close(self) -> None:
        """Let go of both files."""
        self._log.close()
        self._beside.close()

    def verifier_text(self) -> str:
        """Return the log's verifier key."""
        text: str = self._row("SELECT verifier FROM about", (str,))[0]
        return text

    def head(self) -> Head:
        """Return the newest head that is durable."""
        rows = self._rows("SELECT stop, seal FROM events ORDER BY first DESC LIMIT 1", (int, _MAYBE_BYTES))
        size, seal = rows[0] if rows else (0, self._row("SELECT seal FROM about", (bytes,))[0])
        return Head(size, (seal or b"")[:HASH_SIZE], (seal or b"")[HASH_SIZE:])

    def minimum(self) -> int:
        """Return the index of the first event that is still kept."""
        found: int = self._row("SELECT minimum FROM retention", (int,))[0]
        return found

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the one write lock; commit and sync at the end, undo everything if it raises."""
        self._strays = []
        try:
            self._log.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise self._failed(error) from None
        try:
            yield
            self._log.execute("COMMIT")
        except sqlite3.Error as error:
            self._undo()
            raise self._failed(error) from None
        except BaseException:
            self._undo()
            raise
        if self._strays:
            # What was committed is committed, whether or not this succeeds; openings() never shows a stray.
            with suppress(StoreError):
                self._beside.remove(self._strays)

    def write(
        self,
        first: int,
        events: Sequence[bytes],
        tiles: Sequence[FullTile],
        head: Head,
        personal: Sequence[PersonalRow],
    ) -> None:
        """Add events, finished tiles and the new head; what is personal goes beside first."""
        self._strays = self._beside.strays(first)
        self._beside.put(personal)
        stop, start = first + len(events), first
        while start < stop:
            upto = min(stop, (start // TILE_WIDTH + 1) * TILE_WIDTH)
            seal = head.root + head.signature if upto == stop else None
            lines = _NEWLINE.join(events[start - first : upto - first])
            self._log.execute("INSERT INTO events VALUES (?, ?, ?, ?)", (start, upto, lines, seal))
            start = upto
        for tile in tiles:
            self._log.execute("INSERT INTO tile VALUES (?, ?, ?, ?)", (tile.level, tile.number, tile.root, tile.nodes))

    def keep_checkpoint(self, size: int, note: str) -> None:
        """Keep a checkpoint that is about to be handed out."""
        self._log.execute("INSERT OR IGNORE INTO checkpoint VALUES (?, ?)", (size, note))

    def checkpoints(self) -> list[str]:
        """Return the signed notes that were handed out, by size."""
        return [note for (note,) in self._rows("SELECT note FROM checkpoint ORDER BY size", (str,))]

    def events(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the kept events from start to stop; page by page, so that no reader holds back the log's files."""
        query = (
            "SELECT first, stop, lines FROM events WHERE first < ? AND stop > ? "
            "AND first >= coalesce((SELECT max(first) FROM events WHERE first <= ?), 0) ORDER BY first"
        )
        for page in range(start, stop, _PAGE):
            upto = min(page + _PAGE, stop)
            for first, after, lines in self._rows(query, (int, int, bytes), upto, page, page):
                events = lines.split(_NEWLINE)
                if len(events) != after - first:
                    raise _damaged(self._path, f"{after - first} events should stand at {first}, not {len(events)}")
                yield from events[max(page - first, 0) : upto - first]

    def nodes(self, level: int, number: int) -> bytes | None:
        """Return the nodes of a full tile."""
        rows = self._rows("SELECT nodes FROM tile WHERE level = ? AND number = ?", (bytes,), level, number)
        return rows[0][0] if rows else None

    def roots(self, level: int, start: int, stop: int) -> list[bytes]:
        """Return the roots of the full tiles from start to stop."""
        query = "SELECT root FROM tile WHERE level = ? AND number >= ? AND number < ? ORDER BY number"
        return [root for (root,) in self._rows(query, (bytes,), level, start, stop)]

    def prune(self, minimum: int) -> None:
        """Forget the events below `minimum`."""
        self._log.execute("UPDATE retention SET minimum = ?", (minimum,))
        self._log.execute("DELETE FROM events WHERE stop <= ?", (minimum,))

    def personal(self, index: int) -> list[PersonalRow]:
        """Return what is kept beside the event at this index."""
        return self._beside.of(index)

    def erase(self, index: int, names: Iterable[str] | None) -> list[str]:
        """Remove values and salts from every file; raises StoreError if some process keeps that from being done."""
        return self._beside.erase(index, names)

    def sweep(self) -> None:
        """Remove what lies beside without an event, left by a machine that stopped; call it while `writing`."""
        self._strays = self._beside.strays(self.head().size)
        if self._strays:
            # Writes a page, though it changes nothing: only such a commit makes strays of them for certain.
            self._log.execute(f"PRAGMA user_version = {VERSION}")

    def _row(self, query: str, kinds: tuple[Any, ...]) -> tuple[Any, ...]:
        for row in self._rows(query, kinds):
            return row
        raise _damaged(self._path, "a table is empty")

    def _rows(self, query: str, kinds: tuple[Any, ...], *values: int) -> list[tuple[Any, ...]]:
        """Read rows; SQLite lets any kind of value into any column, so what somebody has put there is checked."""
        try:
            rows: list[tuple[Any, ...]] = self._log.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise _damaged(self._path, str(error)) from None
        for row in rows:
            if not all(map(isinstance, row, kinds)):
                raise _damaged(self._path, "a value is of the wrong kind")
        return rows

    def _undo(self) -> None:
        if self._log.in_transaction:
            self._log.execute("ROLLBACK")

    def _failed(self, error: sqlite3.Error) -> StoreError:
        return StoreError(
            "L134", f"{self._path}: {error}; nothing was written", f"{self._path}：{error}；未写入任何内容"
        )


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _make(path: Path, verifier_text: str, head: Head) -> None:
    connection = _connected(path)
    try:
        connection.executescript(f"BEGIN;{LOG_TABLES}COMMIT;")
        connection.execute("INSERT INTO about VALUES (1, ?, ?)", (verifier_text, head.root + head.signature))
    finally:
        connection.close()


def _damaged(path: Path, problem: str) -> StoreError:
    return StoreError("L136", f"cannot read {path}: {problem}", f"无法读取 {path}：{problem}")


def _no_log(path: Path) -> str:
    return f"{path} 处没有日志；请用 guiju ledger init 建立"
