"""`guiju ledger timestamp`: an independent authority says when a checkpoint existed (RFC 3161)."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from guiju.cli.ledger_arguments import FAILED, add_format, content_of, put, say, show_json

if TYPE_CHECKING:
    from guiju.cli.ledger_arguments import Adder


def register(actions: Adder) -> None:
    """Add ``timestamp``."""
    stamp = actions.add_parser("timestamp", help="have a checkpoint time-stamped (RFC 3161), or check a time-stamp")
    stamp.add_argument("checkpoint", type=Path, metavar="CHECKPOINT", help="a checkpoint file")
    stamp.add_argument("--url", help="the authority; the response is written to CHECKPOINT.tsr")
    stamp.add_argument("--roots", type=Path, metavar="PEM", help="certificates that vouch for the authority")
    stamp.add_argument("--request", type=Path, metavar="FILE", help="only write the request there, to send it yourself")
    stamp.add_argument("--response", type=Path, metavar="FILE", help="only check this response")
    add_format(stamp)
    stamp.set_defaults(run=run_timestamp)


def run_timestamp(args: argparse.Namespace) -> int:
    """Obtain or check a time-stamp."""
    from guiju.ledger.checkpoint import Checkpoint
    from guiju.ledger.errors import TimestampError
    from guiju.ledger.timestamps import load_roots, over_http, request_for, timestamp, verify_timestamp

    content = content_of(args.checkpoint)
    Checkpoint.parse(content)
    if args.request:
        put(args.request, request_for(content).as_bytes())
        return 0
    if args.roots is None or (args.url is None) == (args.response is None):
        raise TimestampError(
            "L165",
            "name --roots PEM and either --url URL or --response FILE; or only --request FILE",
            "请给出 --roots PEM 以及 --url 或 --response 之一；或只给出 --request",
        )
    roots = load_roots(content_of(args.roots))
    if args.response:
        response = content_of(args.response)
    else:
        response = timestamp(content, over_http(args.url), roots)
        target = args.checkpoint.with_name(f"{args.checkpoint.name}.tsr")
        put(target, response)
    try:
        time = verify_timestamp(content, response, roots).isoformat()
    except TimestampError as error:
        print(error.text(args.lang))
        return FAILED
    if args.format == "json":
        return show_json({"time": time})
    say(args, f"通过：该检查点在 {time} 已存在", f"holds: the checkpoint existed at {time}")
    return 0
