"""The page about the log: what it is, its latest checkpoint, its key, and how anybody checks it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.ledger.checkpoint import Checkpoint as Statement
from guiju.portal.evidence.models import Checkpoint
from guiju.portal.faces.places import place_of
from guiju.portal.faces.provisions import provisions
from guiju.portal.faces.showing import show
from guiju.portal.look.components import Column, Row, SummaryList, SummaryRow, Table
from guiju.portal.lookup import answers
from guiju.portal.publishing.kept import fingerprint, key_file, listed

_TITLE = Bilingual(zh="存证日志与核验方法", en="The log of evidence, and how to check it")
_ABOUT = Bilingual(zh="关于本平台", en="About this platform")
_RESTS_ON = ("mail4:81.1.4", "mail4:67.1", "mail4:46.1")
_MOST = 20
_GROUP = 8


def log(request: HttpRequest) -> HttpResponseBase:
    """Show the log to the public; with `?before=` only its older checkpoints."""
    found = listed(request.GET.get("before", ""), _MOST)
    key = key_file()
    newest = found.checkpoints[0] if found.checkpoints and "before" not in request.GET else None
    told: dict[str, Any] = {
        "newest": newest,
        "facts": _facts(newest) if newest else None,
        "older": "before" in request.GET,
        "former": Table(
            caption=Bilingual(zh="公布过的检查点", en="Published checkpoints"),
            hide_caption=True,
            columns=_COLUMNS,
            rows=tuple(map(_row, found.checkpoints)),
            empty=Bilingual(zh="没有更早的检查点。", en="There is none before."),
        ),
        "before": found.before,
        "key": key.decode().strip(),
        "fingerprint": _grouped(fingerprint(key)),
        "place": request.build_absolute_uri(reverse("log")),
        "registers": place_of("registers"),
    }
    response = show(
        request, "publishing/log.html", told,
        title=_TITLE, crumbs=((_ABOUT, reverse("about")),), provisions=provisions(_RESTS_ON),
    )  # fmt: skip
    return answers.page(request, response)


_COLUMNS = (
    Column(label=Bilingual(zh="事件数", en="Events"), numeric=True, unbroken=True),
    Column(label=Bilingual(zh="公布时间", en="Published"), unbroken=True),
    Column(label=Bilingual(zh="根哈希", en="Root hash")),
)


def _row(one: Checkpoint) -> Row:
    root = Statement.parse(one.note).root.hex()
    return Row(
        cells=(str(one.size), _time(one), f"{root[:16]}…"), href=reverse("log_former_checkpoint", args=[one.size])
    )


def _facts(one: Checkpoint) -> SummaryList:
    return SummaryList(
        rows=(
            SummaryRow(key=Bilingual(zh="公布时间", en="Published"), value=_time(one)),
            SummaryRow(key=Bilingual(zh="日志中的事件数", en="Events in the log"), value=one.size),
            SummaryRow(
                key=Bilingual(zh="根哈希", en="Root hash"), value=_grouped(Statement.parse(one.note).root.hex())
            ),
        )
    )


def _time(one: Checkpoint) -> str:
    return f"{timezone.localtime(one.at):%Y-%m-%d %H:%M:%S}" if one.at else "–"


def _grouped(digest: str) -> str:
    """Write a hash so that people can compare it, and it breaks on narrow screens."""
    return " ".join(digest[start : start + _GROUP] for start in range(0, len(digest), _GROUP))
