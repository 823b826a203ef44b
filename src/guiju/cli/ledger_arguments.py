"""What the actions of `guiju ledger` share: arguments, and how they speak."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from guiju.cli.arguments import add_language

FAILED = 1
_BIGGEST = 5_000_000

if TYPE_CHECKING:
    from guiju.ledger.log import Ledger

    Adder = argparse._SubParsersAction[argparse.ArgumentParser]


def add_key(parser: argparse.ArgumentParser) -> None:
    """Add --key for what signs."""
    parser.add_argument("--key", type=Path, metavar="FILE", help="the log's private key (default: LOG.key)")


def add_format(parser: argparse.ArgumentParser) -> None:
    """Add --format and --lang."""
    parser.add_argument("--format", choices=("text", "json"), default="text")
    add_language(parser)


def key_path(args: argparse.Namespace) -> Path:
    """Return the file of the private key."""
    log: Path = args.log
    given: Path | None = args.key
    return given or log.with_name(f"{log.name}.key")


def put(path: Path, content: bytes) -> None:
    """Write a file whole and say so on stderr; raises StoreError if that is impossible."""
    from guiju.files import write_whole
    from guiju.ledger.errors import StoreError

    try:
        write_whole(path, content)
    except OSError as error:
        raise StoreError("L138", f"cannot write {path}: {error}", f"无法写入 {path}：{error}") from None
    print(f"-> {path}", file=sys.stderr)


def say(args: argparse.Namespace, zh: str, en: str) -> None:
    """Print a line in the language asked for."""
    print(zh if args.lang == "zh" else en)


def show_json(value: object) -> int:
    """Print a value as JSON; the exit status is that of success."""
    print(json.dumps(value, ensure_ascii=False, indent=2))
    return 0


def content_of(path: Path) -> bytes:
    """Read a file, at most five million bytes of it; raises ExportError if that is impossible."""
    from guiju.ledger.errors import ExportError

    try:
        with path.open("rb") as stream:
            return stream.read(_BIGGEST)
    except OSError as error:
        raise ExportError("L155", f"cannot read {path}: {error}", f"无法读取 {path}：{error}") from None


def opened(args: argparse.Namespace) -> Ledger:
    """Open the log with its private key."""
    from guiju.ledger.keys import SigningKey
    from guiju.ledger.log import Ledger

    return Ledger.open(args.log, SigningKey.load(key_path(args)))


def put_or_print(args: argparse.Namespace, text: str) -> int:
    """Write text to --output, or print it; the exit status is that of success."""
    if args.output is None:
        print(text, end="")
    else:
        put(args.output, text.encode())
    return 0
