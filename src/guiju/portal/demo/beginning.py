"""The beginning of a demo: tables, log and data in its folder, once; `fresh` throws away first what one left there.

A mark in the folder says that a demo laid what is there: nothing else is ever thrown away.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from guiju.bilingual import Bilingual
from guiju.portal.demo.laying import lay_demo
from guiju.portal.starting import prepare

_MARK = "demo.laid"
_LOCK = "demo.lock"


class BeginningError(ValueError):
    """The demo cannot begin."""

    def __init__(self, zh: str, en: str) -> None:
        self._text = Bilingual(zh=zh, en=en)
        super().__init__(en)

    def text(self, lang: str) -> str:
        """Say why, in `zh` or `en`."""
        return self._text.get(lang)


@contextmanager
def begun(*, fresh: bool) -> Iterator[bool]:
    """Hold the folder of a demo that is ready to be served; gives whether it was laid just now.

    Raises BeginningError where `fresh` would throw away what no demo has laid, or what another demo is using.
    """
    folder: Path = settings.CONFIGURATION.folder
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, (fcntl.LOCK_EX if fresh else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except OSError:
            raise BeginningError(
                "另一个演示站正在使用这个文件夹；请先停止它",
                "another demo is using this folder; stop it first",
            ) from None
        if fresh:
            _throw_away(folder)
        prepare()
        laid = lay_demo()
        if laid:
            (folder / _MARK).write_text(f"{connection.settings_dict['NAME']}\n", "utf-8")
        connection.close()
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield laid


def _throw_away(folder: Path) -> None:
    """Remove what a demo has laid; SQLite only, a database on a server is for its owner to drop."""
    if connection.vendor != "sqlite":
        raise BeginningError(
            "--fresh 只用于 SQLite；PostgreSQL 的数据库请自行删除后重建",
            "--fresh is for SQLite; drop and create a PostgreSQL database yourself",
        )
    database, mark = Path(connection.settings_dict["NAME"]), folder / _MARK
    if database.exists() and not (mark.exists() and mark.read_text("utf-8").strip() == str(database)):
        raise BeginningError(
            f"{database} 不是演示数据；请自行删除，或者用 GUIJU_PORTAL_DIR 另选文件夹",
            f"{database} was not laid by a demo; remove it yourself, or choose another folder by GUIJU_PORTAL_DIR",
        )
    for end in ("", "-wal", "-shm"):
        Path(f"{database}{end}").unlink(missing_ok=True)
    if settings.CONFIGURATION.ledger_key.parent == folder:
        settings.CONFIGURATION.ledger_key.unlink(missing_ok=True)
    for part in ("mail", "files"):
        shutil.rmtree(folder / part, ignore_errors=True)
    for name in ("demo.log", _MARK):
        (folder / name).unlink(missing_ok=True)
