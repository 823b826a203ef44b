"""A log in one SQLite file (WAL, every commit synced), personal data in a second file beside it.

Two files, because erasing must leave the plaintext in no page of any file: the small one can be rewritten whole
(VACUUM) each time, the log never is. A write commits the personal data first; if the machine stops between the two
commits, what lies beside has no event and is swept away at the next opening.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from guiju.ledger.errors import StoreError
from guiju.ledger.sqlite_schema import APPLICATION_ID, LOG_TABLES, PERSONAL_TABLES, VERSION
from guiju.ledger.store import Head, PersonalRow
from guiju.ledger.tree import HASH_SIZE, FullTile

WAIT_SECONDS = 60.0
_PAGE = 1024
_ROWS = 32
_INSERT = "INSERT INTO event (idx, data) VALUES (?, ?)"
_INSERT_ROWS = _INSERT + ", (?, ?)" * (_ROWS - 1)


class SQLiteStore:
    """The storage of one log in `path` and `path`.personal; one object per thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        if not path.is_file():
            raise StoreError("L130", f"there is no log at {path}; make one with: guiju ledger init", _no_log(path))
        self._beside: sqlite3.Connection | None = None
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
        except sqlite3.Error:
            pass
        self.close()
        raise StoreError(
            "L133", f"{self._path} is not a log of this version of Guiju", f"{self._path} 不是本版本规矩的日志文件"
        )

    def close(self) -> None:
        """Let go of both files."""
        self._log.close()
        if self._beside is not None:
            self._beside.close()
            self._beside = None

    def verifier_text(self) -> str:
        """Return the log's verifier key."""
        text: str = self._rows("SELECT verifier FROM about")[0][0]
        return text

    def head(self) -> Head:
        """Return the newest head that is durable."""
        rows = self._rows("SELECT idx + 1, seal FROM event ORDER BY idx DESC LIMIT 1")
        size, seal = rows[0] if rows else self._rows("SELECT 0, seal FROM about")[0]
        return Head(size, (seal or b"")[:HASH_SIZE], (seal or b"")[HASH_SIZE:])

    def minimum(self) -> int:
        """Return the index of the first event that is still kept."""
        found: int = self._rows("SELECT minimum FROM retention")[0][0]
        return found

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the one write lock; commit and sync at the end, undo everything if it raises."""
        try:
            self._log.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
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

    def write(
        self,
        first: int,
        events: Sequence[bytes],
        tiles: Sequence[FullTile],
        head: Head,
        personal: Sequence[PersonalRow],
    ) -> None:
        """Add events, finished tiles and the new head; what is personal goes beside first."""
        if personal:
            self._put_beside(first, personal)
        last = len(events) - 1
        many = last // _ROWS * _ROWS
        for start in range(0, many, _ROWS):
            pairs = enumerate(events[start : start + _ROWS], first + start)
            self._log.execute(_INSERT_ROWS, [*chain.from_iterable(pairs)])
        if many < last:
            self._log.executemany(_INSERT, enumerate(events[many:last], first + many))
        seal = head.root + head.signature
        self._log.execute("INSERT INTO event VALUES (?, ?, ?)", (first + last, events[last], seal))
        for tile in tiles:
            self._log.execute("INSERT INTO tile VALUES (?, ?, ?, ?)", (tile.level, tile.number, tile.root, tile.nodes))

    def keep_checkpoint(self, size: int, note: str) -> None:
        """Keep a checkpoint that is about to be handed out."""
        self._log.execute("INSERT OR IGNORE INTO checkpoint VALUES (?, ?)", (size, note))

    def checkpoints(self) -> list[str]:
        """Return the signed notes that were handed out, by size."""
        return [note for (note,) in self._rows("SELECT note FROM checkpoint ORDER BY size")]

    def events(self, start: int, stop: int) -> Iterator[bytes]:
        """Yield the kept events from start to stop; page by page, so that no reader holds back the log's files."""
        for page in range(start, stop, _PAGE):
            upto = min(page + _PAGE, stop)
            for (data,) in self._rows("SELECT data FROM event WHERE idx >= ? AND idx < ? ORDER BY idx", page, upto):
                yield data

    def nodes(self, level: int, number: int) -> bytes | None:
        """Return the nodes of a full tile."""
        rows = self._rows("SELECT nodes FROM tile WHERE level = ? AND number = ?", level, number)
        return rows[0][0] if rows else None

    def roots(self, level: int, start: int, stop: int) -> list[bytes]:
        """Return the roots of the full tiles from start to stop."""
        query = "SELECT root FROM tile WHERE level = ? AND number >= ? AND number < ? ORDER BY number"
        return [root for (root,) in self._rows(query, level, start, stop)]

    def prune(self, minimum: int) -> None:
        """Forget the events below `minimum`."""
        self._log.execute("UPDATE retention SET minimum = ?", (minimum,))
        self._log.execute("DELETE FROM event WHERE idx < ?", (minimum,))

    def personal(self, index: int) -> list[PersonalRow]:
        """Return what is kept beside the event at this index."""
        beside = self._opened_beside(create=False)
        if beside is None:
            return []
        rows = beside.execute("SELECT idx, name, salt, value FROM personal WHERE idx = ? ORDER BY name", (index,))
        return [PersonalRow(*row) for row in rows]

    def erase(self, index: int, names: Iterable[str] | None) -> list[str]:
        """Remove values and salts, rewrite the file without them, and empty its journal.

        Raises StoreError if another process keeps the journal from being emptied: what is erased might be in it.
        """
        beside = self._opened_beside(create=False)
        if beside is None:
            return []
        wanted = [row.name for row in self.personal(index)]
        if names is not None:
            wanted = [name for name in names if name in wanted]
        try:
            beside.execute("BEGIN IMMEDIATE")
            beside.executemany("DELETE FROM personal WHERE idx = ? AND name = ?", [(index, name) for name in wanted])
            beside.execute("COMMIT")
            self._rewrite(beside)
        except sqlite3.Error as error:
            raise self._failed(error) from None
        return wanted

    def _rewrite(self, beside: sqlite3.Connection) -> None:
        beside.execute("VACUUM")
        busy = beside.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise StoreError(
                "L135",
                f"the values are removed, but another process still holds the journal of {self._path}.personal; "
                "stop it and erase again",
                f"数据已删除，但另一进程仍占用 {self._path}.personal 的日志文件；请停止该进程后再次执行擦除",
            )

    def _put_beside(self, first: int, personal: Sequence[PersonalRow]) -> None:
        beside = self._opened_beside(create=True)
        assert beside is not None
        rows = [(row.index, row.name, row.salt, row.value) for row in personal]
        beside.execute("BEGIN IMMEDIATE")
        try:
            beside.execute("DELETE FROM personal WHERE idx >= ?", (first,))
            beside.executemany("INSERT INTO personal VALUES (?, ?, ?, ?)", rows)
            beside.execute("COMMIT")
        except BaseException:
            beside.execute("ROLLBACK")
            raise

    def sweep(self) -> None:
        """Remove what lies beside without an event, left by a machine that stopped; call it while `writing`."""
        beside = self._opened_beside(create=False)
        if beside is None:
            return
        left = beside.execute("DELETE FROM personal WHERE idx >= ?", (self.head().size,)).rowcount
        if left:
            self._rewrite(beside)

    def _opened_beside(self, *, create: bool) -> sqlite3.Connection | None:
        path = self._path.with_name(self._path.name + ".personal")
        if self._beside is None and (create or path.is_file()):
            if create and not path.exists():
                # Created by hand first, because SQLite would let others read it.
                os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
            self._beside = _connected(path)
            self._beside.execute("PRAGMA secure_delete = ON").fetchone()
            self._beside.execute("PRAGMA journal_mode = WAL").fetchone()
            self._beside.executescript(PERSONAL_TABLES)
        return self._beside

    def _rows(self, query: str, *values: int) -> list[tuple[Any, ...]]:
        try:
            return self._log.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise StoreError("L136", f"cannot read {self._path}: {error}", f"无法读取 {self._path}：{error}") from None

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


def _no_log(path: Path) -> str:
    return f"{path} 处没有日志；请用 guiju ledger init 建立"
