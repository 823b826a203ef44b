"""Making a backup while the site runs: every table as of one moment, then the files that were sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from guiju import __version__
from guiju.portal.backup.archive import FILES, FORMAT, KEY, TABLES, Manifest, Writer, writing
from guiju.portal.backup.errors import BackupError
from guiju.portal.backup.tables import kept_models, lines_of
from guiju.portal.drafts.files import files_folder
from guiju.portal.drafts.models import Upload
from guiju.portal.evidence.models import Log
from guiju.portal.evidence.opening import open_log

_CHUNK = 1 << 20
_SNAPSHOT = {"sqlite": "BEGIN DEFERRED", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}


def back_up(target: Path, *, with_key: bool) -> Manifest:
    """Write a backup of everything to a new file.

    The log's key is left out unless asked for: who has it can write the log anew, so it belongs in other hands than
    the data. Raises BackupError.
    """
    with writing(target) as writer:
        with snapshot():
            _refuse_other_tables()
            log = open_log()
            name, size = str(log.verifier), log.size
            for model in kept_models():
                writer.add(f"{TABLES}{model._meta.label}.jsonl", lines_of(model), lines=True)
            sent = sorted(set(Upload.objects.values_list("sha256", flat=True)))
            migrations = applied()
        _add_files(writer, sent)
        if with_key:
            writer.add(KEY, iter([settings.CONFIGURATION.ledger_key.read_bytes()]))
        manifest = Manifest(
            format=FORMAT, version=__version__, made_at=timezone.localtime().isoformat(timespec="seconds"),
            database=connection.vendor, migrations=migrations, log=name, log_size=size, parts=writer.parts,
        )  # fmt: skip
        writer.finish(manifest)
    return manifest


def _refuse_other_tables() -> None:
    """Raise BackupError unless the tables are those of this version, with a log."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()) or not Log.objects.exists():
        raise BackupError(
            "数据表不是本版本的；请用数据所属的版本备份，或者先运行 guiju portal migrate",
            "the tables are not those of this version; back up with the version that made them, or run "
            "`guiju portal migrate` first",
        )


def applied() -> list[str]:
    """Name the migrations that have made the tables."""
    return sorted("/".join(one) for one in MigrationRecorder(connection).applied_migrations())


@contextmanager
def snapshot() -> Iterator[None]:
    """See the database as of one moment, whatever others write meanwhile; nobody waits for it."""
    with connection.cursor() as cursor:
        cursor.execute(_SNAPSHOT[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _add_files(writer: Writer, wanted: list[str]) -> None:
    for digest in wanted:
        path = files_folder() / digest[:2] / digest
        if not path.is_file():
            raise BackupError(f"文件 {digest} 缺失：{path}", f"a file that was sent is missing: {path}")
        part = writer.add(f"{FILES}{digest[:2]}/{digest}", _chunks(path))
        if part.sha256 != digest:
            raise BackupError(f"文件已损坏：{path}", f"a file that was sent is damaged: {path}")


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
