"""A list as a CSV file for spreadsheets: row by row as it is read, and no cell that runs as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils.translation import get_language, override

from guiju.bilingual import Bilingual
from guiju.export.table import BYTE_ORDER_MARK, harmless
from guiju.portal.cases.models import QueueRow
from guiju.portal.desk.rows import TURNS, applicant, kind_and_state, with_cases
from guiju.portal.look.components import said

_BATCH = 1_000
_HEADINGS = (
    Bilingual(zh="案件", en="Case"),
    Bilingual(zh="案件类型", en="Kind of case"),
    Bilingual(zh="申请人", en="Applicant"),
    Bilingual(zh="统一社会信用代码", en="Credit code"),
    Bilingual(zh="状态", en="State"),
    Bilingual(zh="该谁办", en="Whose turn"),
    Bilingual(zh="本机关期限最早", en="Our clock ends at the earliest"),
    Bilingual(zh="本机关期限最晚", en="Our clock ends at the latest"),
    Bilingual(zh="申请日期", en="Opened on"),
    Bilingual(zh="收到日期", en="Came in on"),
    Bilingual(zh="最近办理", en="Last act on"),
)


class _Line:
    """What csv writes to; it hands each line on."""

    def write(self, line: str) -> str:
        """Return the line."""
        return line


def as_csv(rows: QuerySet[QueueRow], name: str) -> StreamingHttpResponse:
    """Answer with the list as a file, in the language shown."""
    response = StreamingHttpResponse(_lines(rows, get_language() or "zh-hans"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _lines(rows: QuerySet[QueueRow], language: str) -> Iterator[str]:
    writer = csv.writer(_Line(), quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    yield BYTE_ORDER_MARK
    with override(language):
        yield writer.writerow([said(one) for one in _HEADINGS])
    for row in with_cases(rows).iterator(chunk_size=_BATCH):
        with override(language):
            line = writer.writerow([harmless(str(said(one))) for one in _cells(row)])
        yield line


def _cells(row: QueueRow) -> tuple[Any, ...]:
    kind, state = kind_and_state(row)
    code = row.case.organisation.credit_code if row.case.organisation else ""
    return (
        row.case.number, kind, applicant(row), code, state, TURNS[row.turn], row.desk_due, row.desk_due_latest,
        row.opened_on, row.arrived_on, row.last_on,
    )  # fmt: skip
