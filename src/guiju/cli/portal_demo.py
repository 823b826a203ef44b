"""`guiju portal demo`: a site to try, filled, served, and worked, on this machine only."""

from __future__ import annotations

import argparse
import os
import sys

from guiju.cli.portal import serving_arguments, set_up

_DEMO = "GUIJU_DEMO"
_AT_HOME = ("127.0.0.1", "localhost", "[::1]")
_ONLY_HERE = {"zh": "演示站只能在本机访问", "en": "a demo listens on this machine only"}


def add(actions: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Add `guiju portal demo`."""
    one = actions.add_parser("demo", parents=[common], help="fill and serve a site to try, on this machine only")
    serving_arguments(one)
    one.add_argument("--fresh", action="store_true", help="throw away what an earlier demo left, and begin anew")
    one.add_argument("--check", action="store_true", help="look at its first pages, say what they are, and stop")
    one.set_defaults(run=run_demo)


def run_demo(args: argparse.Namespace) -> int:
    """Fill, serve and work a demo; refuses to listen to other machines, since a demo is not secure."""
    host, _, port = args.bind.rpartition(":")
    if host not in _AT_HOME or not port.isdecimal():
        print(_ONLY_HERE[args.lang], file=sys.stderr)
        return 2
    os.environ[_DEMO] = "1"
    from guiju.portal.serving import counts_together

    with counts_together():
        set_up()
        from guiju.portal.demo.beginning import begun
        from guiju.portal.demo.running import run

        with begun(fresh=args.fresh):
            return run(host.strip("[]"), int(port), args.workers, args.lang, check=args.check)
