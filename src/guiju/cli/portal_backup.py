"""`guiju portal backup` and `guiju portal restore`; also `guiju backup` and `guiju restore`."""

from __future__ import annotations

import argparse
from pathlib import Path

from guiju.cli.portal import set_up

_MADE = {
    "zh": "已备份到 {path}：{cases} 个案件、{events} 个事件、{entries} 个登记项、{accounts} 个账户、"
    "{files} 个文件；{key}",
    "en": "backed up to {path}: {cases} cases, {events} events, {entries} register entries, {accounts} accounts, "
    "{files} files; {key}",
}
_RESTORED = {
    "zh": "已恢复 {made_at} 的备份：{cases} 个案件、{events} 个事件、{entries} 个登记项、{accounts} 个账户、"
    "{files} 个文件；日志及案件均已核验。所有人须重新登录。",
    "en": "restored the backup of {made_at}: {cases} cases, {events} events, {entries} register entries, "
    "{accounts} accounts, {files} files; the log and the cases verify. Everybody has to log in again.",
}
_WITH_KEY = {"zh": "含日志私钥，须另行妥善保管", "en": "with the log's private key: keep it safe"}
_WITHOUT_KEY = {"zh": "不含日志私钥", "en": "without the log's private key"}
_NO_KEY = {
    "zh": "备份不含日志私钥：请把它放到 {path}，否则任何人都不能办理。",
    "en": "the backup has no key of the log: put it at {path}, or nobody can act.",
}


def add(actions: argparse._SubParsersAction[argparse.ArgumentParser], parents: list[argparse.ArgumentParser]) -> None:
    """Add both verbs."""
    one = actions.add_parser("backup", parents=parents, help="write everything to one file, while the site runs")
    one.add_argument("file", type=Path, metavar="FILE", help="the new file")
    one.add_argument(
        "--with-key", action="store_true", help="also the log's private key; then whoever has the file has it"
    )
    one.set_defaults(run=run_backup)
    one = actions.add_parser("restore", parents=parents, help="bring back a backup; the site must be stopped")
    one.add_argument("file", type=Path, metavar="FILE", help="the backup")
    one.add_argument("--replace", action="store_true", help="also where there are accounts or cases: they are lost")
    one.set_defaults(run=run_restore)


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `guiju backup` and `guiju restore`."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--lang", choices=("zh", "en"), default="en", help="language of messages (default: en)")
    add(subparsers, [common])


def run_backup(args: argparse.Namespace) -> int:
    """Write a backup and say what is in it."""
    set_up()
    from guiju.portal.backup.making import back_up

    manifest = back_up(args.file, with_key=args.with_key)
    rows = {part.name.removeprefix("tables/").removesuffix(".jsonl"): part.rows for part in manifest.parts}
    files = sum(part.name.startswith("files/") for part in manifest.parts)
    key = (_WITH_KEY if manifest.with_key else _WITHOUT_KEY)[args.lang]
    print(_MADE[args.lang].format(path=args.file, key=key, files=files, **_counts(rows)))
    return 0


def run_restore(args: argparse.Namespace) -> int:
    """Bring back a backup and say what it was."""
    set_up()
    from django.conf import settings

    from guiju.portal.backup.restoring import restore

    done = restore(args.file, replace=args.replace)
    made_at = done.manifest.made_at
    print(_RESTORED[args.lang].format(made_at=made_at, files=done.files, **_counts(done.rows)))
    if not done.has_key:
        print(_NO_KEY[args.lang].format(path=settings.CONFIGURATION.ledger_key))
    return 0


def _counts(rows: dict[str, int]) -> dict[str, int]:
    named = {
        "cases": "cases.Case",
        "events": "cases.CaseEvent",
        "entries": "registers.Entry",
        "accounts": "people.User",
    }
    return {name: rows[label] for name, label in named.items()}
