"""`guiju label`: write, read, verify and judge labels on generated content, in single files and whole folders."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from guiju.cli.arguments import add_language


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `guiju label write|read|verify|judge|transplant`."""
    parser = subparsers.add_parser("label", help="labels on AI-generated content: write, read, verify, judge")
    verbs = parser.add_subparsers(title="verbs", metavar="<verb>", required=True)
    _add_write(verbs)
    read = verbs.add_parser("read", help="print the labels that files hold, from every place where one may stand")
    _add_files(read)
    read.set_defaults(run=_run, task="read")
    verify = verbs.add_parser("verify", help="is the label valid, invalid, absent, or can it not be told?")
    _add_files(verify)
    verify.add_argument("--role", choices=("generator", "propagator"), default="", help="generator: as a first write")
    verify.set_defaults(run=_run, task="verify")
    _add_judge(verbs)
    transplant = verbs.add_parser("transplant", help="carry the label of OLD into NEW, which was made from it")
    transplant.add_argument("old", type=Path, metavar="OLD")
    transplant.add_argument("paths", type=Path, metavar="NEW", nargs=1)
    _add_permission(transplant)
    _add_output(transplant)
    transplant.set_defaults(run=_run, task="transplant", recursive=False, jobs=1)


def _add_write(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    write = verbs.add_parser("write", help="write the implicit label into files; their content stays as it is")
    _add_files(write)
    write.add_argument("--role", choices=("generator", "propagator"), default="generator")
    write.add_argument("--producer", metavar="CODE", help="generator: name or 27-character code of the provider")
    write.add_argument("--id", metavar="ID", help="generator: number of this content (default: a new UUID per file)")
    write.add_argument("--reserved", metavar="TEXT", default="", help="own security data (ReservedCode1 or 2)")
    _add_propagation(write)
    write.add_argument(
        "--out", type=Path, metavar="PATH", help="write a labelled copy: a file, or a folder for several"
    )
    write.add_argument(
        "--explicit",
        nargs="?",
        const="",
        metavar="TEXT",
        help="also a label that people see or hear (this draws on images and video; default text: AI生成)",
    )
    _add_extras(write)
    _add_permission(write)
    write.set_defaults(run=_run, task="write")


def _add_extras(write: argparse.ArgumentParser) -> None:
    from guiju.cli.label_extras import add_options

    add_options(write)


def _add_judge(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    judge = verbs.add_parser("judge", help="as a platform: is it, may it be, is it suspected to be generated?")
    _add_files(judge)
    judge.add_argument("--declared", action="store_true", help="the user declares it to be generated")
    judge.add_argument(
        "--trace", action="append", default=[], metavar="TEXT", help="a trace that was detected elsewhere"
    )
    judge.add_argument("--write", action="store_true", help="write what follows: the platform's own fields")
    _add_propagation(judge)
    judge.add_argument("--reserved", metavar="TEXT", default="", help="own security data (ReservedCode2)")
    _add_permission(judge)
    judge.set_defaults(run=_run, task="judge")


def _add_propagation(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--propagator", metavar="CODE", help="platform: its name or code")
    parser.add_argument("--propagate-id", metavar="ID", help="platform: its number (default: a new UUID per file)")


def _add_permission(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--force", action="store_true", help="replace another label; recorded in the log")
    parser.add_argument("--log", type=Path, metavar="FILE", help="where replacements are recorded (JSON lines)")
    parser.add_argument("--break-seals", action="store_true", help="even if a C2PA manifest or signature breaks")


def _add_files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", type=Path, metavar="PATH", nargs="+", help="files; folders with --recursive")
    parser.add_argument("--recursive", "-r", action="store_true", help="all files in folders, links not followed")
    parser.add_argument("--jobs", "-j", type=_jobs, metavar="N", help="processes (default: by the cores)")
    _add_output(parser)


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--quiet", "-q", action="store_true", help="only the summary, and files with a problem")
    add_language(parser)


def _jobs(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes; write 1, 2, …")
    return int(text)


def _default_jobs(task: str) -> int:
    """Return a number of processes: writers wait for the disk most of the time, so more of them than cores."""
    cores = os.cpu_count() or 1
    return 4 * cores if task == "write" else cores


def _run(args: argparse.Namespace) -> int:
    from guiju.cli.label_batch import expanded, run_all
    from guiju.cli.label_job import job_of
    from guiju.cli.label_print import printed

    files = expanded(args.paths, recursive=args.recursive)
    job = job_of(args, files)
    outcomes = run_all(job, files, jobs=args.jobs or _default_jobs(args.task), lang=args.lang)
    return printed(outcomes, args.task, form=args.format, lang=args.lang, quiet=args.quiet)
