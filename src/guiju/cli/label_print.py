"""What `guiju label` prints: a line for each file and a summary, or JSON; and its exit status."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Sequence

from guiju.cli.label_tasks import Outcome

GOOD, SOME_NOT_GOOD, SOME_UNDECIDED = 0, 1, 3
_MARKS = {
    "VALID": ("✓", "32", "有效"),
    "WRITTEN": ("✓", "32", "已写入"),
    "UNCHANGED": ("=", "32", "未改动"),
    "FOUND": ("✓", "32", "有标识"),
    "INVALID": ("✗", "31", "无效"),
    "REFUSED": ("✗", "31", "拒绝"),
    "FAILED": ("✗", "31", "失败"),
    "ABSENT": ("–", "33", "无标识"),
    "UNDECIDED": ("?", "33", "无法判断"),
    "GENERATED": ("1", "36", "属于"),
    "POSSIBLY": ("2", "36", "可能"),
    "SUSPECTED": ("3", "36", "疑似"),
    "NOTHING": ("–", "0", "未发现"),
}


def printed(outcomes: Sequence[Outcome], task: str, *, form: str, lang: str, quiet: bool) -> int:
    """Print the outcomes and return the exit status: 0 good, 1 some are not, 3 some cannot be told and none is bad."""
    if form == "json":
        print(json.dumps(_data(outcomes, task), ensure_ascii=False, indent=2))
    else:
        _print_text(outcomes, lang, quiet=quiet)
    if any(not one.good and not one.undecided for one in outcomes):
        return SOME_NOT_GOOD
    return SOME_UNDECIDED if any(one.undecided for one in outcomes) else GOOD


def _data(outcomes: Sequence[Outcome], task: str) -> dict[str, object]:
    files = [
        {"path": one.path, "status": one.status, "text": {"zh": one.text.zh, "en": one.text.en}, **one.data}
        for one in outcomes
    ]
    return {"task": task, "summary": dict(Counter(one.status for one in outcomes)), "files": files}


def _print_text(outcomes: Sequence[Outcome], lang: str, *, quiet: bool) -> None:
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    for one in outcomes:
        if quiet and one.good:
            continue
        lines = one.text.get(lang).splitlines()
        print(f"{_status(one.status, lang, colour=colour)}  {one.path}")
        for line in lines:
            print(f"    {line}")
    if len(outcomes) > 1 or quiet:
        print(_summary(outcomes, lang))


def _status(status: str, lang: str, *, colour: bool) -> str:
    mark, code, zh = _MARKS[status]
    text = f"{mark} {zh if lang == 'zh' else status}"
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def _summary(outcomes: Sequence[Outcome], lang: str) -> str:
    counts = Counter(one.status for one in outcomes)
    parts = [f"{_MARKS[status][2] if lang == 'zh' else status} {count:,}" for status, count in counts.most_common()]
    total = f"共 {len(outcomes):,} 个文件：" if lang == "zh" else f"{len(outcomes):,} files: "
    return total + ("，" if lang == "zh" else ", ").join(parts)
