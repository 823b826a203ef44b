"""Write a label into a file: planned, copied, read back, and only then put in the old file's place."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from guiju.label.errors import LabelError, RefusedError
from guiju.label.fields import Label
from guiju.label.findings import ERROR
from guiju.label.formats import MODULES, format_of
from guiju.label.log import default_log, log_forced
from guiju.label.permission import Permission, check_existing, check_seals
from guiju.label.places import PLACES
from guiju.label.reading import Reading, read_source
from guiju.label.rules import GENERATOR, findings_on_label
from guiju.label.source import DEFAULT_LIMITS, Limits, Source
from guiju.label.splice import Copy, Plan


@dataclass(frozen=True)
class Written:
    """What became of a file: `changed` is False where it already carried exactly this label."""

    path: Path
    kind: str
    place: str
    changed: bool
    replaced: tuple[str, ...] = ()


@dataclass(frozen=True)
class Planned:
    """A labelled file that is not yet written anywhere: `blocks` streams it from the source while that is open."""

    kind: str
    plan: Plan
    changed: bool
    replaced: tuple[str, ...]
    source: Source

    @property
    def size(self) -> int:
        """Bytes of the labelled file."""
        return self.plan.size

    def blocks(self) -> Iterator[bytes]:
        """Yield the labelled file block by block."""
        return self.plan.blocks(self.source)


def plan_label(source: Source, label: Label, name: str = "", permission: Permission | None = None) -> Planned:
    """Plan the labelled file, without writing anything.

    Raises RefusedError if the label breaks its rules, the kind of file has no safe place, another label stands there
    or a seal would break (see Permission); DamagedError, TooLargeError.
    """
    permission = permission or Permission()
    _check_label(label, permission)
    reading = read_source(source, name)
    if reading.kind not in MODULES:
        from guiju.label.formats.refusals import refusal_for

        raise refusal_for(reading.kind)
    whole = Plan((Copy(0, source.size),))
    if _already_there(reading, label):
        return Planned(reading.kind, whole, changed=False, replaced=(), source=source)
    check_seals(reading, permission)
    replaced = check_existing(reading, label, permission)
    plan = format_of(reading.kind).plan(source, label)
    return Planned(reading.kind, plan, changed=True, replaced=replaced, source=source)


def write(
    path: str | os.PathLike[str],
    label: Label,
    *,
    out: str | os.PathLike[str] | None = None,
    permission: Permission | None = None,
    log: Path | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Written:
    """Write the label into the file, or into a labelled copy `out`; the old file stays until the new one was read back.

    A forced replacement of another label is recorded in `log` (JSON lines; default: `default_log()`) before it happens.
    Raises as `plan_label`, and OSError, with the old file as it was.
    """
    path = Path(path).resolve()
    target = Path(out).resolve() if out is not None else path
    permission = permission or Permission()
    try:
        with Source.of_path(path, limits) as source:
            before = os.fstat(source.stream.fileno())
            planned = plan_label(source, label, path.name, permission)
            if planned.changed or target != path:
                temporary = _written_and_read_back(planned, label, path, target)
                with _removed_on_failure(temporary):
                    _lock(source.stream.fileno())
                    _check_unchanged(path, before)
                    if planned.replaced:
                        log_forced(log or default_log(), path, planned.replaced, label)
                    _keep_owner(temporary, before)
                    shutil.copymode(path, temporary)
                    temporary.replace(target)
    except LabelError as error:
        raise error.at(os.fspath(path)) from None
    return Written(target, planned.kind, PLACES[planned.kind].main, planned.changed, planned.replaced)


def labelled_bytes(data: bytes, label: Label, name: str = "") -> bytes:
    """Return a file in memory with the label, checked by reading it back; raises as `plan_label`."""
    planned = plan_label(Source.of_bytes(data), label, name)
    result = b"".join(planned.blocks())
    check_read_back(Source.of_bytes(result), label, name)
    return result


def check_read_back(source: Source, label: Label, name: str) -> None:
    """Read a file that was just written; raises RefusedError unless exactly this label stands in it."""
    reading = read_source(source, name)
    if not _already_there(reading, label):
        raise RefusedError.because(
            "read_back",
            "写入后回读不到相同的标识；原文件未改动",
            "the label could not be read back after writing; the old file was left as it was",
        )


def _already_there(reading: Reading, label: Label) -> bool:
    places = [one.place for one in reading.occurrences]
    return places == [PLACES[reading.kind].main] and reading.occurrences[0].parsed.label == label


def _check_label(label: Label, permission: Permission) -> None:
    role = GENERATOR if permission.first_write else ""
    wrong = [one for one in findings_on_label(label, role) if one.severity == ERROR]
    if wrong:
        raise RefusedError("bad_label", wrong[0].text)


def _written_and_read_back(planned: Planned, label: Label, path: Path, target: Path) -> Path:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".guiju.", suffix=".tmp")
    temporary = Path(name)
    with _removed_on_failure(temporary):
        with FileIO(handle, "wb") as raw:
            planned.plan.write_to(planned.source, _Whole(raw))
            os.fsync(raw.fileno())
        with Source.of_path(temporary, planned.source.limits) as written:
            if written.size != planned.size:
                raise OSError(f"{target}: only {written.size} of {planned.size} bytes were written")
            check_read_back(written, label, path.name)
    return temporary


class _Whole:
    """An unbuffered file whose `write` writes all or raises."""

    def __init__(self, raw: FileIO) -> None:
        self._raw = raw

    def write(self, data: bytes, /) -> None:
        view = memoryview(data)
        while view:
            view = view[self._raw.write(view) :]

    def flush(self) -> None:
        self._raw.flush()

    def fileno(self) -> int:
        return self._raw.fileno()

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._raw.seek(offset, whence)


@contextmanager
def _removed_on_failure(temporary: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _lock(file: int) -> None:
    """Let no other writer of labels come between the last check and the replacement; closing the file unlocks it.

    Raises RefusedError (`changed_meanwhile`) where another one is just there. Systems without such locks do without.
    """
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise _changed_meanwhile() from None
    except OSError:
        return  # a file system without locks


def _keep_owner(temporary: Path, before: os.stat_result) -> None:
    """Give the new file the old one's owner and group, as far as this process may."""
    if hasattr(os, "chown"):
        with suppress(OSError):
            os.chown(temporary, before.st_uid, before.st_gid)


def _changed_meanwhile() -> RefusedError:
    return RefusedError.because(
        "changed_meanwhile",
        "写入标识期间文件被改动；请重试",
        "the file was changed while the label was being written; try again",
    )


def _check_unchanged(path: Path, before: os.stat_result) -> None:
    now = path.stat()
    if (now.st_ino, now.st_size, now.st_mtime_ns) != (before.st_ino, before.st_size, before.st_mtime_ns):
        raise _changed_meanwhile()
