"""Personal data in a SQLite file of its own beside the log, so that erasing can rewrite it whole (VACUUM).

What lies beside is committed before the events that commit to it: if the process dies in between, it belongs to no
event: a stray. Whether its events are there is not certain until the next commit of the log: a process that dies while
it commits may have written everything, which the others do not see and only the next recovery finds. So strays are
noted before a commit, and removed after it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from guiju.ledger.errors import StoreError
from guiju.ledger.sqlite_schema import PERSONAL_TABLES
from guiju.ledger.store import PersonalRow

Stray = tuple[int, str, bytes]
"""Index, name and salt."""


class Beside:
    """The file `LOG`.personal; it is made when there is something to put into it."""

    def __init__(self, log: Path, wait_seconds: float) -> None:
        self._path = log.with_name(f"{log.name}.personal")
        self._name = str(self._path)
        self._wait = wait_seconds
        self._connection: sqlite3.Connection | None = None

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def put(self, rows: Sequence[PersonalRow]) -> None:
        """Keep rows for events that are about to be committed."""
        if rows:
            with self._told():
                database = self._opened()
                database.execute("BEGIN IMMEDIATE")
                values = [(row.index, row.name, row.salt, row.value) for row in rows]
                database.executemany("INSERT INTO personal VALUES (?, ?, ?, ?)", values)
                database.execute("COMMIT")

    def strays(self, size: int) -> list[Stray]:
        """Return what belongs to no event that can be seen in a log of this size; call it while `writing`."""
        if not self._is_there():
            return []
        with self._told():
            return self._opened().execute("SELECT idx, name, salt FROM personal WHERE idx >= ?", (size,)).fetchall()

    def remove(self, strays: Sequence[Stray]) -> None:
        """Remove exactly these, from every byte of the file; call it after a commit of the log."""
        with self._told():
            query = "DELETE FROM personal WHERE idx = ? AND name = ? AND salt = ?"
            database = self._opened()
            database.execute("BEGIN IMMEDIATE")
            database.executemany(query, strays)
            database.execute("COMMIT")
        self._rewrite()

    def of(self, index: int) -> list[PersonalRow]:
        """Return what is kept beside the event at this index."""
        if not self._is_there():
            return []
        query = "SELECT idx, name, salt, value FROM personal WHERE idx = ? ORDER BY name"
        with self._told():
            return [PersonalRow(*row) for row in self._opened().execute(query, (index,))]

    def erase(self, index: int, names: Iterable[str] | None) -> list[str]:
        """Remove values and salts, rewrite the file without them, and empty its journal.

        Raises StoreError if another process keeps the journal from being emptied: what is erased might be in it.
        """
        wanted = [row.name for row in self.of(index)]
        if names is not None:
            wanted = [name for name in names if name in wanted]
        if self._is_there():
            with self._told():
                database = self._opened()
                database.execute("BEGIN IMMEDIATE")
                chosen = [(index, name) for name in wanted]
                database.executemany("DELETE FROM personal WHERE idx = ? AND name = ?", chosen)
                database.execute("COMMIT")
            self._rewrite()
        return wanted

    def _rewrite(self) -> None:
        database = self._opened()
        try:
            database.execute("VACUUM")
            busy = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            reason = "another process holds it" if busy else ""
        except sqlite3.Error as error:
            reason = str(error)
        if reason:
            raise StoreError(
                "L135",
                f"the values are removed, but {self._path} could not be rewritten without their bytes ({reason}); "
                "stop what holds it, make room on the disk, and erase again",
                f"数据已删除，但未能重写 {self._path} 以清除其字节（{reason}）；请停止占用该文件的进程、"
                "确认磁盘空间后再次执行擦除",
            )

    def _is_there(self) -> bool:
        return self._connection is not None or os.access(self._name, os.F_OK)  # quick: every append asks

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            if not self._path.exists():
                # Created by hand first, because SQLite would let others read it.
                os.close(os.open(self._path, os.O_CREAT | os.O_WRONLY, 0o600))
            connection = sqlite3.connect(self._path, timeout=self._wait, isolation_level=None)
            try:
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA secure_delete = ON").fetchone()
                # VACUUM would otherwise leave a copy of everything in the system's temporary folder.
                connection.execute("PRAGMA temp_store = MEMORY")
                connection.execute("PRAGMA journal_mode = WAL").fetchone()
                connection.executescript(PERSONAL_TABLES)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Undo what was begun and say it as a StoreError if the file fails."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            if self._connection is not None and self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise StoreError(
                "L139", f"{self._path}: {error}; nothing was changed", f"{self._path}：{error}；未作任何更改"
            ) from None
