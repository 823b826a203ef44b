"""What the actions of `guiju ledger` share: arguments, and how they speak."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from guiju.cli.arguments import add_language

if TYPE_CHECKING:
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


def say(args: argparse.Namespace, zh: str, en: str) -> None:
    """Print a line in the language asked for."""
    print(zh if args.lang == "zh" else en)


def show_json(value: object) -> int:
    """Print a value as JSON; the exit status is that of success."""
    print(json.dumps(value, ensure_ascii=False, indent=2))
    return 0
