"""`guiju portal`: prepare the database, serve the site, send what is queued, make the first account."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

ADDRESS = "127.0.0.1:8000"
_WORKERS = 2
_PAUSE_SECONDS = 2.0
_PATIENCE_SECONDS = 8.0
_MINUTE, _HOUR = 60.0, 3600.0


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `guiju portal`."""
    from guiju.cli import portal_backup, portal_demo

    parser = subparsers.add_parser(
        "portal", help="the site: migrate, serve, worker, createadmin, health, rebuild, verify, backup, restore, demo"
    )
    actions = parser.add_subparsers(title="actions", metavar="<action>", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--lang", choices=("zh", "en"), default="en", help="language of messages (default: en)")

    one = actions.add_parser("migrate", parents=[common], help="make or renew the tables, and the log of evidence")
    one.set_defaults(run=run_migrate)
    one = actions.add_parser("serve", parents=[common], help="serve the site")
    serving_arguments(one)
    _lifeline(one)
    one.set_defaults(run=run_serve)
    one = actions.add_parser("worker", parents=[common], help="send mail, let clocks run out, clear away")
    one.add_argument("--once", action="store_true", help="do what there is to do, then stop")
    _lifeline(one)
    one.set_defaults(run=run_worker)
    one = actions.add_parser("createadmin", parents=[common], help="make the first account of the national authority")
    one.add_argument("email", help="mail address of the account")
    one.add_argument("--office", default="000000-1", metavar="CODE", help="another office (default: %(default)s)")
    one.set_defaults(run=run_createadmin)
    one = actions.add_parser("health", parents=[common], help="ask the site whether it can do its work")
    one.add_argument("--at", default=ADDRESS, metavar="HOST:PORT", help="where it listens (default: %(default)s)")
    one.set_defaults(run=run_health)
    one = actions.add_parser("rebuild", parents=[common], help="make the derived rows of all cases anew")
    one.set_defaults(run=run_rebuild)
    one = actions.add_parser(
        "verify", parents=[common], help="compare the tables of cases with the log, and the log with its checkpoints"
    )
    one.add_argument(
        "--checkpoint",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="also with this checkpoint, kept elsewhere; may be repeated",
    )
    one.set_defaults(run=run_verify)
    portal_backup.add(actions, [common])
    portal_demo.add(actions, common)


def serving_arguments(parser: argparse.ArgumentParser) -> None:
    """Say where a verb listens, and with how many processes."""
    parser.add_argument("--bind", default=ADDRESS, metavar="HOST:PORT", help="where to listen (default: %(default)s)")
    parser.add_argument("--workers", type=int, default=_WORKERS, metavar="N", help="processes (default: %(default)s)")


def _lifeline(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--until-closed", action="store_true", help="stop when standard input is closed")


def run_migrate(args: argparse.Namespace) -> int:
    """Make or renew the tables; lay the log the first time."""
    set_up()
    from guiju.portal.starting import prepare

    laid = prepare()
    print({"zh": "数据库已就绪", "en": "the database is ready"}[args.lang] + (" (+ log)" if laid else ""))
    return 0


def run_serve(args: argparse.Namespace) -> int:
    """Serve until stopped."""
    from guiju.portal.serving import counts_together, serve, stop_when_closed

    with counts_together():
        set_up()
        if args.until_closed:
            stop_when_closed()
        serve(args.bind, args.workers)
    return 0


def run_worker(args: argparse.Namespace) -> int:
    """Work until stopped or, with `--once`, until nothing is left to do."""
    set_up()
    from guiju.portal.cases.acting import let_fall_due
    from guiju.portal.correspondence.keeping import compose_owed
    from guiju.portal.databases import analyse
    from guiju.portal.drafts.sweeping import sweep
    from guiju.portal.evidence.checkpoints import publish_checkpoint
    from guiju.portal.outbox.sending import send_waiting
    from guiju.portal.outbox.working import Job, at_most_every, stop_on_signals, work

    jobs: dict[str, Job] = {
        "clocks": let_fall_due,
        "mail": send_waiting,
        "checkpoints": publish_checkpoint,
        "letters": at_most_every(_MINUTE, compose_owed),
        "files": at_most_every(6 * _HOUR, sweep),
        "indexes": at_most_every(6 * _HOUR, analyse),
    }
    if args.until_closed:
        from guiju.portal.serving import stop_when_closed

        stop_when_closed()
    if args.once:
        print(", ".join(f"{name}: {job()}" for name, job in jobs.items()))
    else:
        work(jobs, _PAUSE_SECONDS, stop_on_signals())
    return 0


def run_createadmin(args: argparse.Namespace) -> int:
    """Make an account that appoints others; the password is asked for, or read from standard input."""
    set_up()
    from guiju.portal.starting import create_admin

    create_admin(args.email, _password(), args.office)
    print({"zh": "账户已建立", "en": "the account is made"}[args.lang])
    return 0


def run_health(args: argparse.Namespace) -> int:
    """Print what `/health` answers; status 1 if that is not `ok`."""
    import http.client

    # The site answers to its own names only.
    name = os.environ.get("GUIJU_ALLOWED_HOSTS", "").split(",")[0].strip() or "localhost"
    site = http.client.HTTPConnection(args.at, timeout=_PATIENCE_SECONDS)
    try:
        site.request("GET", "/health", headers={"Host": name})
        answer = site.getresponse()
        print(answer.read().decode(errors="replace"))
    except (OSError, http.client.HTTPException) as error:
        print(f"{args.at}: {error}", file=sys.stderr)
        return 1
    return 0 if answer.status == http.client.OK else 1


def run_rebuild(_args: argparse.Namespace) -> int:
    """Make the derived rows anew."""
    set_up()
    from guiju.portal.cases.queue import rebuild

    print(rebuild())
    return 0


def run_verify(args: argparse.Namespace) -> int:
    """Say where the log is not what a checkpoint says, and where it and the tables differ; status 1 if they do."""
    set_up()
    from guiju.cli.ledger_arguments import content_of
    from guiju.portal.cases.verifying import verify_cases
    from guiju.portal.evidence.verifying import verify_log

    status = 0
    for one in verify_log(map(content_of, args.checkpoint)):
        print(one.text(args.lang))
        status = 1
    for mismatch in verify_cases():
        print(mismatch.text(args.lang))
        status = 1
    return status


def set_up() -> None:
    """Load the site; a ConfigurationError says what the environment lacks."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "guiju.portal.settings"
    import django

    django.setup()


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    from getpass import getpass

    return getpass("password: ")
