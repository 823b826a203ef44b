"""`guiju ledger`: an append-only log of evidence; docs/ledger.md. What writes lies here, the rest beside."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from guiju.cli import ledger_checks, ledger_reading, ledger_timestamp
from guiju.cli.ledger_arguments import add_format, add_key, key_path, opened, put, put_or_print, say, show_json

if TYPE_CHECKING:
    from guiju.cli.ledger_arguments import Adder
    from guiju.ledger.personal import Draft

TOGETHER = 10_000


def register(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``ledger`` with its own verbs."""
    ledger = verbs.add_parser("ledger", help="an append-only log of evidence: append, prove, verify")
    actions = ledger.add_subparsers(title="actions", metavar="<action>", required=True)
    _register_writing(actions)
    ledger_reading.register(actions)
    ledger_checks.register(actions)
    ledger_timestamp.register(actions)


def _register_writing(actions: Adder) -> None:
    init = actions.add_parser("init", help="make a new log and its key")
    init.add_argument("log", type=Path, metavar="LOG", help="the new log file")
    init.add_argument("--name", required=True, help="the log's name, a URL without scheme: example.gov.cn/log")
    add_key(init)
    add_format(init)
    init.set_defaults(run=run_init)

    append = actions.add_parser("append", help="append events: JSON, one object a line")
    append.add_argument("log", type=Path, metavar="LOG", help="the log file")
    append.add_argument("file", nargs="?", default="-", metavar="FILE", help="events (default: standard input)")
    append.add_argument(
        "--personal",
        action="append",
        default=[],
        metavar="MEMBER",
        help="keep this member beside the log; may be repeated",
    )
    add_key(append)
    add_format(append)
    append.set_defaults(run=run_append)

    checkpoint = actions.add_parser("checkpoint", help="hand out a signed checkpoint of the log as it stands")
    checkpoint.add_argument("log", type=Path, metavar="LOG", help="the log file")
    checkpoint.add_argument("--output", type=Path, metavar="FILE", help="write it there instead of printing it")
    add_key(checkpoint)
    add_format(checkpoint)
    checkpoint.set_defaults(run=run_checkpoint)

    erase = actions.add_parser("erase", help="erase personal data beside an event; proofs stay valid")
    erase.add_argument("log", type=Path, metavar="LOG", help="the log file")
    erase.add_argument("index", type=int, metavar="INDEX")
    erase.add_argument("--member", action="append", metavar="MEMBER", help="only this one; may be repeated")
    add_format(erase)
    erase.set_defaults(run=run_erase)

    prune = actions.add_parser("prune", help="forget events whose time of retention is over; hashes stay")
    prune.add_argument("log", type=Path, metavar="LOG", help="the log file")
    prune.add_argument("--before", type=int, required=True, metavar="INDEX", help="forget events below this index")
    add_key(prune)
    add_format(prune)
    prune.set_defaults(run=run_prune)


def run_init(args: argparse.Namespace) -> int:
    """Make the log, its key unless the key file is there already, and a file with the public key beside it."""
    from guiju.ledger.errors import KeyFileError, StoreError
    from guiju.ledger.keys import SigningKey
    from guiju.ledger.log import Ledger

    path = key_path(args)
    if args.log.exists():
        raise StoreError("L131", f"{args.log} exists already", f"{args.log} 已经存在")
    if path.exists():
        key = SigningKey.load(path)
    else:
        key = SigningKey.generate(args.name)
        key.save(path)
    if key.verifier.name != args.name:
        own = key.verifier.name
        raise KeyFileError("L117", f"the key in {path} is of {own}, not {args.name}", f"{path} 中是 {own} 的密钥")
    Ledger.create(args.log, key).close()
    verifier = str(key.verifier)
    put(args.log.with_name(f"{args.log.name}.pub"), f"{verifier}\n".encode())
    if args.format == "json":
        return show_json({"log": str(args.log), "key": str(path), "verifier": verifier})
    say(
        args,
        f"日志：{args.log}；私钥：{path}（请妥善保管）；公钥：",
        f"log {args.log}, private key {path} (keep it safe), public key:",
    )
    print(verifier)
    return 0


def run_append(args: argparse.Namespace) -> int:
    """Append all events of the input, ten thousand at a time."""
    from guiju.ledger.errors import LedgerError

    first = last = None
    with opened(args) as ledger:
        drafts = _drafts(args.file, tuple(args.personal))
        try:
            while batch := list(islice(drafts, TOGETHER)):
                entries = ledger.append_many(batch)
                first, last = entries[0].index if first is None else first, entries[-1].index
        except LedgerError:
            _tell_appended(args, first, last)
            raise
        latest = ledger.latest()
    if args.format == "json":
        return show_json({"first": first, "last": last, "size": latest.size, "root": latest.root.hex()})
    if first is None:
        say(args, "没有事件可以入册", "no events to append")
    else:
        say(
            args,
            f"已入册：第 {first} 号至第 {last} 号；共 {latest.size} 个事件，根哈希 {latest.root.hex()}",
            f"appended {first} to {last}; {latest.size} events, root {latest.root.hex()}",
        )
    return 0


def _tell_appended(args: argparse.Namespace, first: int | None, last: int | None) -> None:
    """Say on stderr what is in the log although the rest of the input is not."""
    if first is None:
        en, zh = "nothing was appended", "未写入任何事件"
    else:
        en = f"of this input, what stands at {first} to {last} is in the log; the rest is not"
        zh = f"本次输入中，仅第 {first} 号至第 {last} 号已入册，其余未入册"
    print(zh if args.lang == "zh" else en, file=sys.stderr)


def run_checkpoint(args: argparse.Namespace) -> int:
    """Hand out a checkpoint."""
    with opened(args) as ledger:
        checkpoint = ledger.checkpoint()
    if args.format == "json":
        size, root = checkpoint.size, checkpoint.root.hex()
        return show_json({"origin": checkpoint.origin, "size": size, "root": root, "note": checkpoint.note})
    return put_or_print(args, checkpoint.note)


def run_erase(args: argparse.Namespace) -> int:
    """Erase personal data and salts."""
    from guiju.ledger.log import Ledger

    with Ledger.open(args.log) as ledger:
        erased = ledger.erase(args.index, args.member)
    if args.format == "json":
        return show_json({"index": args.index, "erased": erased})
    names = ", ".join(erased)
    if erased:
        say(
            args,
            f"第 {args.index} 号事件：已擦除 {names}；证明不受影响",
            f"event {args.index}: erased {names}; proofs stay valid",
        )
    else:
        say(args, f"第 {args.index} 号事件：没有可擦除的数据", f"event {args.index}: there is nothing to erase")
    return 0


def run_prune(args: argparse.Namespace) -> int:
    """Forget a prefix of the events."""
    with opened(args) as ledger:
        minimum = ledger.prune(args.before)
    if args.format == "json":
        return show_json({"minimum": minimum})
    say(
        args,
        f"保留的第一个事件为第 {minimum} 号；此前的哈希仍在",
        f"the first event kept is {minimum}; hashes before it stay",
    )
    if minimum < args.before:
        say(
            args,
            "（只按 256 个事件一块整块删除，且始终保留最后一个事件）",
            "(only whole tiles of 256 events are forgotten, and never the last event)",
        )
    return 0


def _drafts(file: str, personal: Sequence[str]) -> Iterator[Draft]:
    """Read and check the events of a file, so that an error names its line before anything of its batch is written."""
    from guiju.ledger.canonical import parsed_json
    from guiju.ledger.errors import EventError
    from guiju.ledger.event import prepared
    from guiju.ledger.personal import Draft

    for number, line in enumerate(_lines(file), 1):
        if not line.strip():
            continue
        try:
            draft = Draft(_object(parsed_json(line)), tuple(personal))
            prepared(draft)
        except EventError as error:
            en = f"line {number}: {str(error).removeprefix(f'{error.code}: ')}"
            zh = f"第 {number} 行：{error.text('zh').removeprefix(f'{error.code}：')}"
            raise EventError(error.code, en, zh) from None
        yield draft


def _object(value: object) -> dict[str, object]:
    from guiju.ledger.errors import EventError

    if not isinstance(value, dict):
        raise EventError("L100", "not a JSON object", "不是 JSON 对象")
    return value


def _lines(file: str) -> Iterator[bytes]:
    from guiju.ledger.errors import StoreError

    if file == "-":
        yield from sys.stdin.buffer
        return
    try:
        with Path(file).open("rb") as stream:
            yield from stream
    except OSError as error:
        raise StoreError("L137", f"cannot read {file}: {error}", f"无法读取 {file}：{error}") from None
