"""Read an exported log: a folder of static files, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from guiju.ledger.errors import ExportError
from guiju.ledger.tiles import CHECKPOINT, hashes, tile_path, unbundled
from guiju.ledger.tree import TILE_WIDTH

_Parser = Callable[[bytes, str], list[bytes]]


class Readable(Protocol):
    """A log as whoever verifies it reads it: static files, or the tables of a site."""

    def checkpoint(self) -> bytes:
        """Return the newest checkpoint."""

    def entries(self, number: int, width: int) -> list[bytes] | None:
        """Return the events of one bundle, or None if it is not there."""

    def tile(self, level: int, number: int, width: int) -> list[bytes] | None:
        """Return the hashes of one tile, or None if it is not there."""

    def last_bundle(self) -> int:
        """Return the number of the last bundle of events that is there; -1 if none is."""


@dataclass(frozen=True, slots=True)
class ExportedLog:
    """A folder as `export` writes it, or as another tiled log publishes it."""

    folder: Path

    def checkpoint(self) -> bytes:
        """Return the checkpoint file; raises ExportError if there is none."""
        content = self._content(CHECKPOINT)
        if content is None:
            raise ExportError(
                "L154",
                f"{self.folder} has no {CHECKPOINT}: not an exported log",
                f"{self.folder} 中没有 {CHECKPOINT}，不是导出的日志",
            )
        return content

    def entries(self, number: int, width: int) -> list[bytes] | None:
        """Return the events of one bundle, or None if it is not there; raises ExportError if it is malformed."""
        return self._read("entries", number, width, unbundled)

    def tile(self, level: int, number: int, width: int) -> list[bytes] | None:
        """Return the hashes of one tile, or None if it is not there; raises ExportError if it is malformed."""
        return self._read(level, number, width, hashes)

    def last_bundle(self) -> int:
        """Return the number of the last bundle of events that is there, whatever a checkpoint claims; -1 if none is."""
        top = self.folder / "tile" / "entries"
        groups = (path.relative_to(top).as_posix().partition(".p/")[0] for path in top.rglob("*") if path.is_file())
        digits = (group.replace("x", "").replace("/", "") for group in groups)
        return max((int(found) for found in digits if found.isdecimal()), default=-1)

    def _read(self, level: int | str, number: int, width: int, parsed: _Parser) -> list[bytes] | None:
        for present in (width, TILE_WIDTH, *self._partial_widths(level, number, width)):
            name = tile_path(level, number, present)
            content = self._content(name)
            if content is not None:
                items = parsed(content, name)
                if len(items) > present:
                    raise ExportError("L151", f"{name} holds more than {present} items", f"{name} 多于 {present} 项")
                return items[:width]
        return None

    def _partial_widths(self, level: int | str, number: int, width: int) -> list[int]:
        """Narrower tiles that are there: what is left where a tail was removed; the widest first."""
        folder = (self.folder / tile_path(level, number, 1)).parent
        names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
        return sorted((int(name) for name in names if name.isdecimal() and int(name) < width), reverse=True)

    def _content(self, name: str) -> bytes | None:
        try:
            return (self.folder / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise ExportError("L155", f"cannot read {name}: {error}", f"无法读取 {name}：{error}") from None
