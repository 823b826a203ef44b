"""Many files: folders expanded, several processes, progress where somebody watches."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from guiju.cli.label_job import Job
from guiju.cli.label_tasks import Outcome, do
from guiju.cli.label_usage import UsageError

_FEW = 16
_CHUNK = 32


def expanded(paths: Sequence[Path], *, recursive: bool) -> list[Path]:
    """Return the files, folders expanded in a stable order; links and our own temporary files are left out.

    Raises UsageError for a path that is not there and for a folder without `recursive`.
    """
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            if not recursive:
                raise UsageError(f"{path} 是文件夹：请加 --recursive", f"{path} is a folder: add --recursive")
            files.extend(_within(path))
        elif path.exists():
            files.append(path)
        else:
            raise UsageError(f"找不到 {path}", f"there is no file {path}")
    return list(dict.fromkeys(files))


def _within(folder: Path) -> Iterator[Path]:
    for where, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(where) / name
            if not name.startswith(".guiju.") and path.is_file() and not path.is_symlink():
                yield path


def run_all(job: Job, files: Sequence[Path], *, jobs: int, lang: str) -> list[Outcome]:
    """Do the job for every file, in the order of the files."""
    with _progress(len(files), lang) as advance:
        if jobs == 1 or len(files) <= _FEW:
            return [advance(do(job, path)) for path in files]
        from concurrent.futures import ProcessPoolExecutor

        with ProcessPoolExecutor(max_workers=jobs) as pool:
            done = pool.map(partial(do, job), files, chunksize=min(_CHUNK, len(files) // jobs or 1))
            return [advance(outcome) for outcome in done]


class _Advance:
    def __init__(self, step: object = None) -> None:
        self._step = step

    def __call__(self, outcome: Outcome) -> Outcome:
        if callable(self._step):
            self._step()
        return outcome


@contextmanager
def _progress(total: int, lang: str) -> Iterator[_Advance]:
    """Show a bar on a terminal; elsewhere nothing."""
    if total <= _FEW or not sys.stderr.isatty():
        yield _Advance()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("标识" if lang == "zh" else "labels", total=total)
        yield _Advance(partial(progress.advance, task))
