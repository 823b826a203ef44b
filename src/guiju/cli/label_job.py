"""The options of `guiju label` as one job that every file gets, in whichever process."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from guiju import label
from guiju.cli.label_extras import Extras, extras_of
from guiju.cli.label_usage import UsageError


@dataclass(frozen=True)
class Job:
    """What to do with every file; the fields are the options of the command."""

    task: str
    role: str = ""
    producer: str = ""
    produce_id: str = ""
    propagator: str = ""
    propagate_id: str = ""
    reserved: str = ""
    out: Path | None = None
    out_is_folder: bool = False
    folders: tuple[Path, ...] = ()
    explicit: str | None = None
    declared: bool = False
    traces: tuple[str, ...] = ()
    write: bool = False
    old: Path | None = None
    permission: label.Permission = field(default_factory=label.Permission)
    log: Path | None = None
    extras: Extras | None = None

    def target(self, path: Path) -> Path | None:
        """Return where the labelled copy of a file goes, below the folder that it was found in; None: in its place."""
        if self.out is None or not self.out_is_folder:
            return self.out
        within = next((folder for folder in self.folders if path.is_relative_to(folder)), path.parent)
        return self.out / path.relative_to(within)


def job_of(args: argparse.Namespace, files: Sequence[Path]) -> Job:
    """Make the job from the command's options; raises UsageError where they do not fit together."""
    given = vars(args)
    several = len(files) > 1
    job = Job(
        task=args.task,
        role=given.get("role") or "",
        producer=given.get("producer") or "",
        produce_id=given.get("id") or "",
        propagator=given.get("propagator") or "",
        propagate_id=given.get("propagate_id") or "",
        reserved=given.get("reserved") or "",
        out=given.get("out"),
        out_is_folder=several or bool(given.get("recursive")) or _is_folder(given.get("out")),
        folders=tuple(path for path in given["paths"] if path.is_dir()),
        explicit=given.get("explicit"),
        declared=bool(given.get("declared")),
        traces=tuple(given.get("trace") or ()),
        write=bool(given.get("write")),
        old=given.get("old"),
        permission=label.Permission(replace_label=bool(given.get("force")), break_seals=bool(given.get("break_seals"))),
        log=given.get("log"),
        extras=extras_of(args),
    )
    _check(job, several=several)
    _check_targets(job, files)
    return job


def _is_folder(out: Path | None) -> bool:
    return out is not None and out.is_dir()


def _check_targets(job: Job, files: Sequence[Path]) -> None:
    """Refuse two files whose labelled copies would be one."""
    taken: dict[Path, Path] = {}
    for path in files if job.out_is_folder else ():
        target = job.target(path)
        if target is not None and taken.setdefault(target, path) != path:
            raise UsageError(
                f"{taken[target]} 与 {path} 的副本会同为 {target}",
                f"the copies of {taken[target]} and {path} would both be {target}",
            )


def _check(job: Job, *, several: bool) -> None:
    if job.task == "write" and job.role == "generator" and not job.producer:
        raise UsageError("请给出 --producer：提供者名称或者 27 位编码", "give --producer: the provider's name or code")
    fills = job.write or (job.task == "write" and job.role == "propagator")
    if fills and not job.propagator:
        raise UsageError("请给出 --propagator：平台名称或者编码", "give --propagator: the platform's name or code")
    if several and (job.produce_id or job.propagate_id):
        raise UsageError(
            "编号只属于一个文件：多个文件请勿给出 --id 或 --propagate-id",
            "a number belongs to one file: leave out --id and --propagate-id for several files",
        )
