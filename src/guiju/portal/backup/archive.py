"""The archive: a ZIP file of parts, and `manifest.json` with the SHA-256 of each, written last."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from guiju.portal.backup.errors import BackupError

FORMAT = "guiju-portal-backup/1"
MANIFEST = "manifest.json"
KEY = "ledger.key"
TABLES, FILES = "tables/", "files/"
_CHUNK = 1 << 20
_LARGEST_MANIFEST = 1 << 28


class Part(msgspec.Struct, frozen=True):
    """One file of the archive; `rows` of a table."""

    name: str
    sha256: str
    bytes: int
    rows: int = 0


class Manifest(msgspec.Struct, frozen=True):
    """What an archive holds: made when, by which version, from which state of the tables, of how long a log."""

    format: str
    version: str
    made_at: str
    database: str
    migrations: list[str]
    log: str
    log_size: int
    parts: list[Part]

    @property
    def with_key(self) -> bool:
        """Whether the log's private key is in it."""
        return any(part.name == KEY for part in self.parts)


class Writer:
    """Writes parts one after the other, hashing them on the way."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zip = zipped
        self.parts: list[Part] = []

    def add(self, name: str, chunks: Iterable[bytes], *, lines: bool = False) -> Part:
        """Add a part; with `lines` each chunk but the first is a row."""
        digest, size, count = hashlib.sha256(), 0, 0
        with self._zip.open(name, "w", force_zip64=True) as stream:
            for chunk in chunks:
                stream.write(chunk)
                digest.update(chunk)
                size += len(chunk)
                count += 1
        part = Part(name, digest.hexdigest(), size, max(count - 1, 0) if lines else 0)
        self.parts.append(part)
        return part

    def finish(self, manifest: Manifest) -> None:
        """Add the manifest."""
        self._zip.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))


class Reader:
    """Reads an archive; every part is checked against the manifest as it is read."""

    def __init__(self, zipped: zipfile.ZipFile, path: Path) -> None:
        self._zip, self._path = zipped, path
        self.manifest = self._manifest()

    def chunks(self, part: Part) -> Iterator[bytes]:
        """Yield a part piece by piece. Raises BackupError at its end if it is not what the manifest says."""
        digest, size = hashlib.sha256(), 0
        try:
            with self._zip.open(part.name) as stream:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    yield chunk
        except (KeyError, OSError, EOFError, zipfile.BadZipFile, NotImplementedError) as error:
            raise self._damaged(part.name) from error
        if (digest.hexdigest(), size) != (part.sha256, part.bytes):
            raise self._damaged(part.name)

    def lines(self, part: Part) -> Iterator[bytes]:
        """Yield a part line by line."""
        rest = b""
        for chunk in self.chunks(part):
            *whole, rest = (rest + chunk).split(b"\n")
            yield from whole
        if rest:
            raise self._damaged(part.name)

    def verify(self) -> None:
        """Read every part once. Raises BackupError for the first that is not what the manifest says."""
        for part in self.manifest.parts:
            for _ in self.chunks(part):
                pass

    def _manifest(self) -> Manifest:
        try:
            with self._zip.open(MANIFEST) as stream:
                manifest = msgspec.json.decode(stream.read(_LARGEST_MANIFEST), type=Manifest)
        except (KeyError, OSError, EOFError, zipfile.BadZipFile, msgspec.DecodeError) as error:
            raise self._damaged(MANIFEST) from error
        if manifest.format != FORMAT:
            raise BackupError(
                f"{self._path}：不认识的备份格式 {manifest.format}", f"{self._path}: unknown format {manifest.format}"
            )
        return manifest

    def _damaged(self, name: str) -> BackupError:
        return BackupError(
            f"{self._path}：{name} 缺失或者已损坏，与清单不符；请换用另一份备份",
            f"{self._path}: {name} is missing or damaged, not what the manifest says; use another backup",
        )


@contextmanager
def writing(target: Path) -> Iterator[Writer]:
    """Write an archive beside its place and put it there whole, readable by its owner only.

    Raises BackupError where there is a file already: no backup is overwritten by another.
    """
    if target.exists():
        raise BackupError(f"{target} 已经存在；请另取文件名", f"{target} exists already; choose another name")
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".guiju.", suffix=".tmp")
    except OSError as error:
        raise BackupError(f"无法写入 {target}：{error.strerror}", f"cannot write {target}: {error.strerror}") from None
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w+b") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as zipped:
                yield Writer(zipped)
            stream.flush()
            os.fsync(stream.fileno())
        os.link(temporary, target)
    except FileExistsError:
        raise BackupError(f"{target} 已经存在；请另取文件名", f"{target} exists already; choose another name") from None
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """Open an archive. Raises BackupError where it is none."""
    try:
        zipped = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile):
        raise BackupError(f"{path} 不存在，或者不是备份文件", f"{path} is missing or no backup") from None
    with zipped:
        yield Reader(zipped, path)
