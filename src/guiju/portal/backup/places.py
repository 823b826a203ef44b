"""Where a backup is restored to: a place beside the present database, which takes its place in one step at the end.

SQLite: a new file, renamed over the old one. PostgreSQL: a new schema, renamed in one transaction.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

from guiju.portal.backup.errors import BackupError

_NEW, _OLD = "guiju_restoring", "guiju_replaced"
_IN_USE = BackupError(
    "数据库正在使用；请先停止网站和 worker，再恢复",
    "the database is in use; stop the site and its workers before you restore",
)


@contextmanager
def beside() -> Iterator[None]:
    """Let this process use a new, empty place; it takes the place of the old one at the end if nothing failed."""
    connection.close()
    with _new_file() if connection.vendor == "sqlite" else _new_schema():
        yield


@contextmanager
def without_triggers() -> Iterator[None]:
    """Leave the triggers out while tables are filled: what they keep from being changed comes from elsewhere here."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            yield
            for _, sql in triggers:
                cursor.execute(sql)
        return
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        yield
        # Checks that wait for the end of the transaction would stand in the way of altering a table.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


def set_sequences(models: list[type[Model]]) -> None:
    """Let keys go on after the greatest there is."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


@contextmanager
def _new_file() -> Iterator[None]:
    target = Path(connection.settings_dict["NAME"])
    new = target.with_name(f"{target.name}.restoring")
    _remove(new)
    # Asked twice: at once, to say so before the work is done, and again when somebody may have come in between.
    _alone(target)
    connection.settings_dict["NAME"] = str(new)
    try:
        yield
        connection.close()
        _alone(new)
        _alone(target)
        new.replace(target)
        _sync(target.parent)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(target)
        _remove(new)


def _alone(path: Path) -> None:
    """Bring everything into the one file, if there is one. Raises BackupError where somebody else has it open."""
    if not path.exists():
        return
    try:
        opened = sqlite3.connect(path, timeout=1, isolation_level=None)
        try:
            opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            mode = opened.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
        finally:
            opened.close()
    except sqlite3.OperationalError:
        raise _IN_USE from None
    if mode != "delete":
        raise _IN_USE


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}{end}").unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _refuse_others() -> None:
    """Raise BackupError where somebody else is connected to the database on the server."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )
        if cursor.fetchone()[0]:
            raise _IN_USE


@contextmanager
def _new_schema() -> Iterator[None]:
    _refuse_others()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        present = cursor.fetchone()[0]
        for name in (_NEW, _OLD):
            cursor.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE")
        cursor.execute(f"CREATE SCHEMA {_NEW}")
    options = connection.settings_dict["OPTIONS"]
    before = options.get("options")
    connection.close()
    options["options"] = f"-c search_path={_NEW}"
    try:
        yield
        _refuse_others()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'ALTER SCHEMA "{present}" RENAME TO {_OLD}')
            cursor.execute(f'ALTER SCHEMA {_NEW} RENAME TO "{present}"')
            cursor.execute(f"DROP SCHEMA {_OLD} CASCADE")
    finally:
        connection.close()
        if before is None:
            del options["options"]
        else:
            options["options"] = before
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {_NEW} CASCADE")
        connection.close()
