"""`guiju <verb>`: each verb lives in a module of its own and imports what it needs only when it runs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from guiju import __version__

USAGE_ERROR = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; returns its exit status. Errors that a person can mend are told on stderr, with status 2."""
    args = _parser().parse_args(argv)
    try:
        status: int = args.run(args)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (head, less) has gone; keep Python from complaining while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("\nstopped", file=sys.stderr)
        return 130
    except ValueError as error:
        if not type(error).__module__.startswith("guiju."):
            raise
        print(_told(error, getattr(args, "lang", None)), file=sys.stderr)
        return USAGE_ERROR
    return status


def _told(error: ValueError, lang: str | None) -> str:
    text = getattr(error, "text", None)
    message = text(lang or "en") if callable(text) else str(error)
    return f"错误：{message}" if lang == "zh" else f"error: {message}"


def _parser() -> argparse.ArgumentParser:
    from guiju.cli import assess, calendar, case, facts, fine, label, law, ledger, letter, portal, portal_backup

    parser = argparse.ArgumentParser(prog="guiju", description="规矩 Guiju: AI law as running software.")
    parser.add_argument("--version", action="version", version=f"guiju {__version__}")
    verbs = parser.add_subparsers(title="verbs", metavar="<verb>", required=True)
    for module in (assess, fine, facts, label, law, calendar, case, letter, ledger, portal, portal_backup):
        module.register(verbs)
    return parser
