"""`guiju ledger prove`, `disclose` and `export`: what is handed out of a log."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from guiju.cli.ledger_arguments import add_format, add_key, opened, put_or_print, say, show_json

if TYPE_CHECKING:
    from guiju.cli.ledger_arguments import Adder


def register(actions: Adder) -> None:
    """Add ``prove``, ``disclose`` and ``export``."""
    prove = actions.add_parser("prove", help="prove that an event is in the log, or that the log only grew")
    prove.add_argument("log", type=Path, metavar="LOG", help="the log file")
    prove.add_argument("index", type=int, nargs="?", metavar="INDEX", help="the event to prove")
    prove.add_argument("--since", type=int, metavar="SIZE", help="prove instead that nothing changed since this size")
    prove.add_argument("--output", type=Path, metavar="FILE", help="write the proof there instead of printing it")
    add_format(prove)
    prove.set_defaults(run=run_prove)

    disclose = actions.add_parser("disclose", help="print what opens the commitments of an event")
    disclose.add_argument("log", type=Path, metavar="LOG", help="the log file")
    disclose.add_argument("index", type=int, metavar="INDEX")
    disclose.add_argument("--member", action="append", metavar="MEMBER", help="only this one; may be repeated")
    add_format(disclose)
    disclose.set_defaults(run=run_disclose)

    export = actions.add_parser("export", help="write the log as static files that verify by themselves")
    export.add_argument("log", type=Path, metavar="LOG", help="the log file")
    export.add_argument("folder", type=Path, metavar="FOLDER")
    add_key(export)
    add_format(export)
    export.set_defaults(run=run_export)


def run_prove(args: argparse.Namespace) -> int:
    """Print one of the two kinds of proof."""
    from guiju.ledger.errors import RangeError, StoreError
    from guiju.ledger.log import Ledger
    from guiju.ledger.proof_file import GrowthProof, InclusionProof, verify_proof

    if (args.index is None) == (args.since is None):
        raise RangeError("L143", "name either an INDEX or --since SIZE", "请在 INDEX 与 --since SIZE 中选择一个")
    with Ledger.open(args.log) as ledger:
        latest = ledger.latest()
        if args.since is not None:
            path = tuple(ledger.consistency(args.since, latest.size))
            return put_or_print(args, str(GrowthProof(args.since, path, latest.note)))
        siblings = tuple(ledger.inclusion(args.index, latest.size))
        proven = InclusionProof(ledger.event(args.index), args.index, siblings, latest.note)
        if verify_proof(proven, ledger.verifier):
            raise StoreError(
                "L136",
                f"{args.log} is damaged: what it holds of event {args.index} does not lead to the signed root",
                f"{args.log} 已损坏：所存第 {args.index} 号事件或其哈希不能得出已签名的根哈希",
            )
    if args.format == "text":
        return put_or_print(args, str(proven))
    shown = {"event": json.loads(proven.event), "index": proven.index, "size": latest.size}
    return show_json({**shown, "path": [sibling.hex() for sibling in siblings], "note": latest.note})


def run_disclose(args: argparse.Namespace) -> int:
    """Print salts and values; whoever gets them can check them against the event."""
    from guiju.ledger.log import Ledger

    with Ledger.open(args.log) as ledger:
        ledger.leaf(args.index)
        openings = ledger.openings(args.index)
    chosen = [opening for opening in openings if args.member is None or opening.name in args.member]
    return show_json(
        [{"member": one.name, "salt": one.salt.hex(), "value": json.loads(one.value)} for one in chosen],
    )


def run_export(args: argparse.Namespace) -> int:
    """Bring a folder of static files up to date."""
    from guiju.ledger.exporting import export

    with opened(args) as ledger:
        checkpoint = ledger.checkpoint()
        written = export(ledger, args.folder, checkpoint)
    if args.format == "json":
        return show_json({"folder": str(args.folder), "size": checkpoint.size, "written": written})
    say(
        args,
        f"{args.folder}：{checkpoint.size} 个事件，新写 {written} 个文件",
        f"{args.folder}: {checkpoint.size} events, {written} files written",
    )
    return 0
