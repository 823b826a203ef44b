"""Restoring a backup: checked part by part, filled into a new place, checked there as a whole, then put in place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from guiju.files import write_whole
from guiju.ledger.keys import SigningKey
from guiju.portal.backup.archive import FILES, KEY, TABLES, Manifest, Reader, reading
from guiju.portal.backup.errors import BackupError
from guiju.portal.backup.making import applied
from guiju.portal.backup.places import beside, set_sequences, without_triggers
from guiju.portal.backup.tables import fill, kept_models
from guiju.portal.cases.models import Case
from guiju.portal.cases.verifying import verify_cases
from guiju.portal.drafts.files import files_folder
from guiju.portal.evidence.opening import open_log
from guiju.portal.evidence.verifying import verify_log
from guiju.portal.people.models import User


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored: the manifest, rows by table, how many files, and whether the log's key is in place."""

    manifest: Manifest
    rows: dict[str, int]
    files: int
    has_key: bool


def restore(archive: Path, *, replace: bool = False) -> Restored:
    """Bring back a backup. Until its last step, a renaming, everything is as it was, also if it is killed.

    Raises BackupError: where the archive is damaged or another version's, where there is a site already and `replace`
    is not given, where the key that lies there is not the log's, or where the log restored does not verify.
    """
    with reading(archive) as reader:
        manifest = reader.manifest
        if not replace and _is_a_site():
            raise BackupError(
                "这里已经有账户或者案件；确要以备份取代，请加 --replace",
                "there are accounts or cases here; to put the backup in their place, add --replace",
            )
        _refuse_other_key(reader)
        reader.verify()
        count = _lay_files(reader)
        with beside():
            rows = _filled(reader)
            _refuse_unless_it_verifies(manifest)
        _remove_other_files(manifest)
    return Restored(manifest, rows, count, settings.CONFIGURATION.ledger_key.exists())


def _is_a_site() -> bool:
    try:
        return User.objects.exists() or Case.objects.exists()
    except DatabaseError:
        return False
    finally:
        connection.close()


def _refuse_other_key(reader: Reader) -> None:
    """Put the key in its place if it is in the backup and none is there; never touch one that is."""
    path: Path = settings.CONFIGURATION.ledger_key
    if path.exists():
        if str(SigningKey.load(path).verifier) != reader.manifest.log:
            raise BackupError(
                f"{path} 是另一个日志的私钥，与备份不符；请先把它移到别处",
                f"{path} is the key of another log than the backup's; move it away first",
            )
    elif reader.manifest.with_key:
        part = next(part for part in reader.manifest.parts if part.name == KEY)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, b"".join(reader.chunks(part)), mode=0o600)


def _lay_files(reader: Reader) -> int:
    """Lay the files beside those that are there: each is named by its content, so none can get in another's way."""
    parts = [part for part in reader.manifest.parts if part.name.startswith(FILES)]
    for part in parts:
        path = files_folder() / part.sha256[:2] / part.sha256
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, b"".join(reader.chunks(part)), mode=0o600)
    return len(parts)


def _filled(reader: Reader) -> dict[str, int]:
    """Make the tables in the new place and fill them."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    if applied() != reader.manifest.migrations:
        raise BackupError(
            f"备份由规矩 {reader.manifest.version} 制作，数据表与本版本不同；请用该版本恢复，再升级",
            f"the backup was made by Guiju {reader.manifest.version}, whose tables are not those of this version; "
            "restore it with that version, then upgrade",
        )
    models = kept_models()
    parts = {part.name: part for part in reader.manifest.parts}
    with transaction.atomic(), without_triggers():
        for model in models:
            # What migrations lay, the backup has too.
            model._default_manager.all()._raw_delete(connection.alias)
        rows = {one._meta.label: fill(one, reader.lines(parts[f"{TABLES}{one._meta.label}.jsonl"])) for one in models}
        set_sequences(models)
        connection.check_constraints()
    if any(parts[f"{TABLES}{label}.jsonl"].rows != count for label, count in rows.items()):
        raise BackupError("恢复的行数与清单不符", "the rows restored are not as many as the manifest says")
    return rows


def _refuse_unless_it_verifies(manifest: Manifest) -> None:
    """Check the log from its events through its checkpoints to its signed root, and the tables of cases against it."""
    problems = list(_problems(manifest))
    if problems:
        told = "; ".join(problems[:5])
        raise BackupError(f"恢复的数据未通过核验，没有启用：{told}", f"what was restored does not verify: {told}")


def _problems(manifest: Manifest) -> Iterator[str]:
    log = open_log()
    if (str(log.verifier), log.size) != (manifest.log, manifest.log_size):
        yield "the log is not the one of the manifest"
    yield from (finding.text("en") for finding in verify_log())
    yield from (mismatch.text("en") for mismatch in verify_cases())


def _remove_other_files(manifest: Manifest) -> None:
    """Remove files that nothing restored refers to."""
    kept = {part.sha256 for part in manifest.parts}
    for path in files_folder().glob("??/*"):
        if path.name not in kept:
            path.unlink()
