"""Where the data lie: one SQLite file unless `DATABASE_URL` names a PostgreSQL server."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

WAIT_SECONDS = 60
_ROWS_LOOKED_AT = 1000
_PRAGMAS = (
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;"
)
_POSTGRES = ("postgres", "postgresql")


class DatabaseURLError(ValueError):
    """`DATABASE_URL` cannot be used."""

    def __init__(self, zh: str, en: str) -> None:
        self._zh = zh
        super().__init__(en)

    def text(self, lang: str) -> str:
        """Say what is wrong, in `zh` or `en`."""
        return self._zh if lang == "zh" else str(self)


def database_from(url: str, folder: Path) -> dict[str, object]:
    """Return Django's description of a database: that of the URL, or a SQLite file in the folder.

    Raises DatabaseURLError; the message never shows the URL, which may hold a password.
    """
    if not url:
        return sqlite(folder / "portal.sqlite3")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise DatabaseURLError("DATABASE_URL 不是网址", "DATABASE_URL is no URL") from None
    if parts.scheme == "sqlite":
        if parts.netloc or len(parts.path) <= 1:
            raise DatabaseURLError(
                "DATABASE_URL 应为 sqlite:///绝对路径", "DATABASE_URL should be sqlite:///ABSOLUTE/PATH"
            )
        return sqlite(Path("/" + unquote(parts.path).lstrip("/")))
    if parts.scheme not in _POSTGRES:
        raise DatabaseURLError(
            "DATABASE_URL 应以 postgresql:// 或者 sqlite:/// 开头",
            "DATABASE_URL should begin with postgresql:// or sqlite:///",
        )
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise DatabaseURLError("DATABASE_URL 未写数据库名", "DATABASE_URL names no database")
    options: dict[str, object] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def analyse() -> int:
    """Let SQLite look at a part of each index, so that it chooses well among them; other servers do so by themselves.

    Seen with 100,000 cases: without it, the list of an official's own cases took three times as long.
    """
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {_ROWS_LOOKED_AT}")
            cursor.execute("ANALYZE")
    return 0


def sqlite(path: Path) -> dict[str, object]:
    """Describe a SQLite file: readers beside one writer, writers that wait, every commit synced.

    Transactions begin with the write lock (IMMEDIATE): one that reads first and writes later cannot be refused midway.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"timeout": WAIT_SECONDS, "transaction_mode": "IMMEDIATE", "init_command": _PRAGMAS},
    }
