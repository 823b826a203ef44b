"""Write a log as the static files of a tiled log: any web server can publish them, and they verify without the log."""

from __future__ import annotations

import shutil
from pathlib import Path

from guiju.files import write_whole
from guiju.ledger.checkpoint import Checkpoint
from guiju.ledger.errors import ExportError, NoteError
from guiju.ledger.log import Ledger
from guiju.ledger.tiles import CHECKPOINT, bundle, tile_levels, tile_path, widths
from guiju.ledger.tree import HASH_SIZE, TILE_HEIGHT, TILE_WIDTH


def export(ledger: Ledger, folder: Path, checkpoint: Checkpoint) -> int:
    """Bring a folder up to this checkpoint and return how many files were written; the checkpoint comes last.

    Full tiles that are there stay as they are. Entry bundles that retention gave up are removed. Raises ExportError if
    the folder holds another log, or history that this log does not contain, or cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _check_fits(ledger, folder, checkpoint)
        return _brought_up(ledger, folder, checkpoint)
    except OSError as error:
        raise ExportError("L156", f"cannot write {folder}: {error}", f"无法写入 {folder}：{error}") from None


def _brought_up(ledger: Ledger, folder: Path, checkpoint: Checkpoint) -> int:
    written = 0
    for level in range(tile_levels(checkpoint.size)):
        for number, width in widths(checkpoint.size, level):
            target = folder / tile_path(level, number, width)
            if width < TILE_WIDTH or not target.is_file():
                _write(target, _tile(ledger, level, number, width))
                written += 1
    kept = ledger.minimum
    for number, width in widths(checkpoint.size):
        target = folder / tile_path("entries", number, width)
        start = number * TILE_WIDTH
        if start < kept:
            _remove_bundle(folder, number)
        elif width < TILE_WIDTH or not target.is_file():
            _write(target, bundle(_kept(ledger, start, width)))
            written += 1
    write_whole(folder / CHECKPOINT, checkpoint.note.encode())
    return written + 1


def _remove_bundle(folder: Path, number: int) -> None:
    """Remove a bundle that retention gave up, whole and as earlier exports wrote its beginning."""
    (folder / tile_path("entries", number)).unlink(missing_ok=True)
    narrower = (folder / tile_path("entries", number, 1)).parent
    if narrower.is_dir():
        shutil.rmtree(narrower)


def _tile(ledger: Ledger, level: int, number: int, width: int) -> bytes:
    if width == TILE_WIDTH:
        return ledger.nodes(level, number)[: TILE_WIDTH * HASH_SIZE]
    height, start = TILE_HEIGHT * level, number * TILE_WIDTH
    return b"".join([ledger.node(height, start + place) for place in range(width)])


def _kept(ledger: Ledger, start: int, width: int) -> list[bytes]:
    events = list(ledger.events(start, start + width))
    if len(events) < width:
        raise ExportError(
            "L158",
            f"the log lacks events between {start} and {start + width - 1}: it is damaged, or was pruned meanwhile",
            f"日志缺少第 {start} 号至第 {start + width - 1} 号之间的事件：日志已损坏，或导出期间有删除",
        )
    return events


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, content)


def _check_fits(ledger: Ledger, folder: Path, checkpoint: Checkpoint) -> None:
    present = folder / CHECKPOINT
    if not present.exists():
        if any(folder.iterdir()):
            raise ExportError(
                "L150",
                f"{folder} is neither empty nor an exported log: it has no {CHECKPOINT}; "
                "if the first export into it was broken off, remove it and export again",
                f"{folder} 既不是空文件夹，也不是导出的日志：没有 {CHECKPOINT} 文件；"
                "若首次导出曾中断，请删除该文件夹后重新导出",
            )
        return
    try:
        before = Checkpoint.parse(present.read_bytes())
    except NoteError as error:
        raise ExportError("L150", f"{present}: {error}", f"{present}：{error.text('zh')}") from None
    if before.origin != checkpoint.origin:
        raise ExportError(
            "L152", f"{folder} holds another log: {before.origin}", f"{folder} 中是另一日志：{before.origin}"
        )
    if before.size > checkpoint.size or ledger.root(before.size) != before.root:
        raise ExportError(
            "L153",
            f"{folder} holds history that this log does not contain: {before.size} events",
            f"{folder} 中有本日志不包含的历史：{before.size} 个事件",
        )
