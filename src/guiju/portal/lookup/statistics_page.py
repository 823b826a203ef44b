"""The page of figures: each a chart that is a table, and a file."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase

from guiju.bilingual import Bilingual
from guiju.portal.faces.books import rulebooks
from guiju.portal.faces.provisions import provisions
from guiju.portal.faces.showing import show
from guiju.portal.look.components import Bar, Chart
from guiju.portal.lookup import answers
from guiju.portal.lookup.downloads import BOM
from guiju.portal.lookup.entries import areas
from guiju.portal.lookup.figures import Figure, Figures, figures
from guiju.portal.lookup.shapes import both
from guiju.portal.lookup.standing import WORDS
from guiju.procedures.catalogue import built_in_types

FORMAT = "guiju-statistics/1"
_TITLE = Bilingual(zh="统计", en="Statistics")
_RESTS_ON = ("mail4:81.1.4", "mail4:67.1", "mail4:46.1")
_CAPTIONS = {
    "filings": Bilingual(zh="近十二个月收到的案件，按法规", en="Cases opened in the last twelve months, by law"),
    "entries": Bilingual(
        zh="公开登记的条目，按地区和状态", en="Entries of public registers, by area and how they stand"
    ),
    "decisions": Bilingual(
        zh="主管机关办结的案件：期限内或者逾期", en="Cases settled by the authority: in time or late"
    ),
    "days": Bilingual(zh="从收件到办结的日数（中位数）", en="Days from opening to settling (median)"),
}
_HEADINGS = {
    "filings": Bilingual(zh="月份", en="Month"),
    "entries": Bilingual(zh="地区", en="Area"),
    "decisions": Bilingual(zh="案件类型", en="Type of case"),
    "days": Bilingual(zh="案件类型", en="Type of case"),
}
_UNITS = {
    "filings": Bilingual(zh="件", en="cases"),
    "entries": Bilingual(zh="条", en="entries"),
    "decisions": Bilingual(zh="件", en="cases"),
    "days": Bilingual(zh="日", en="days"),
}
_NOTES = {
    "entries": Bilingual(
        zh="条目逐条公开，因此如实列出。“已终结”含已由新编号取代的条目。",
        en="Every entry is public, so these numbers are told as they are. Ended includes replaced by a new number.",
    ),
    "decisions": Bilingual(
        zh="只计主管机关已首次办完其法定期限所要求事项的案件；期限依未公布年份的工作日而定的，列为“未定”。",
        en="Counted once the authority has first done all that its clocks asked for. Not certain: the last day depends "
        "on working days of a year not yet published.",
    ),
    "days": Bilingual(zh="自然日，包括等待补正的时间。", en="Calendar days, time spent waiting for papers included."),
}
_SERIES = {
    "in_time": Bilingual(zh="期限内", en="In time"),
    "late": Bilingual(zh="逾期", en="Late"),
    "unsure": Bilingual(zh="未定", en="Not certain"),
    "days": Bilingual(zh="中位数", en="Median"),
}


_TOO_FEW = Bilingual(zh="案件太少", en="too few cases")


def statistics(request: HttpRequest) -> HttpResponseBase:
    """Show all figures."""
    found = figures()
    labels = _row_labels()
    smallest = settings.STATISTICS_SMALLEST_CELL
    charts = [(one.name, _chart(one, labels, smallest)) for one in found.all.values()]
    told = {"charts": charts, "counted_at": found.counted_at, "smallest": smallest}
    response = show(
        request, "lookup/statistics.html", told, title=_TITLE, current="statistics", provisions=provisions(_RESTS_ON)
    )
    return answers.page(request, response)


def statistics_data(request: HttpRequest, figure: str, form: str) -> HttpResponseBase:
    """Give one figure as `json` or `csv`."""
    found = figures()
    if figure not in found.all or form not in ("json", "csv"):
        raise Http404
    one, labels = found.all[figure], _row_labels()
    if form == "json":
        return answers.data(request, _shape(found, one, labels))
    content = (BOM + _table(one, labels)).encode()
    return answers.file(request, content, "text/csv; charset=utf-8", name=f"{figure}.csv")


def _chart(one: Figure, labels: dict[str, Bilingual], smallest: int) -> Chart:
    few = _TOO_FEW if one.name == "days" else Bilingual(zh=f"少于 {smallest}", en=f"under {smallest}")
    bars = tuple(
        Bar(label=_label(labels, key), values=tuple(few if value is None else value for value in values))
        for key, values in one.rows
    )
    return Chart(
        id=one.name, caption=_CAPTIONS[one.name], heading=_HEADINGS[one.name], unit=_UNITS[one.name],
        series=tuple(_series(name) for name in one.series), bars=bars, note=_NOTES.get(one.name),
    )  # fmt: skip


def _shape(found: Figures, one: Figure, labels: dict[str, Bilingual]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "figure": one.name,
        "title": both(_CAPTIONS[one.name]),
        "unit": both(_UNITS[one.name]),
        "counted_at": found.counted_at.isoformat(),
        "not_told_below": None if one.name == "entries" else settings.STATISTICS_SMALLEST_CELL,
        "series": [{"key": name, "name": both(_series(name))} for name in one.series],
        "rows": [{"key": key, "name": both(_label(labels, key)), "values": list(values)} for key, values in one.rows],
    }


def _table(one: Figure, labels: dict[str, Bilingual]) -> str:
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow([_line(_HEADINGS[one.name]), *(_line(_series(name)) for name in one.series)])
    few = f"<{settings.STATISTICS_SMALLEST_CELL}"
    for key, values in one.rows:
        writer.writerow([_line(_label(labels, key)), *(few if value is None else value for value in values)])
    return lines.getvalue()


def _row_labels() -> dict[str, Bilingual]:
    types = built_in_types()
    return areas() | {key: types.get(key).title for key in types.keys()}  # noqa: SIM118  (no mapping)


def _label(labels: dict[str, Bilingual], key: str) -> Bilingual:
    return labels.get(key, Bilingual(zh=key, en=key))


def _series(name: str) -> Bilingual:
    law = next((book.short for book in rulebooks().books if book.key == name), None)
    return law or _SERIES.get(name) or WORDS[name]  # type: ignore[index]


def _line(label: Bilingual) -> str:
    return label.zh if label.zh == label.en else f"{label.zh} | {label.en}"
