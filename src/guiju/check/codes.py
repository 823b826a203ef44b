"""The diagnostics that checks of the law can give: stable codes, how grave they are, what they are called.

A code is never reused for another thing. Each has a page, docs/checks/<code>.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from guiju.bilingual import Bilingual
from guiju.documents.errors import nearest

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""The gravest first. Error: the law cannot be carried out as it stands, or leaves a case without an answer.
Warning: an answer can be given, but the law does not give it. Note: worth a look when drafting."""


class UnknownCodeError(ValueError):
    """Somebody asked for a code that no check gives."""


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of diagnostic. `reads_text`: found in the imported Chinese text, wholly or in part."""

    id: str
    severity: Severity
    title: Bilingual
    reads_text: bool = False


def _code(id_: str, severity: Severity, zh: str, en: str, *, reads_text: bool = False) -> Code:
    return Code(id_, severity, Bilingual(zh, en), reads_text)


G101 = _code("G101", "error", "两项规范之间有空档", "gap between two norms")
G102 = _code("G102", "warning", "一种读法会留下空档", "a reading opens a gap")
G103 = _code("G103", "warning", "两项规范同时管一事", "two norms govern one case")
G104 = _code("G104", "note", "同一数额落入两档罚款", "one sum in two fine ranges")
G105 = _code("G105", "warning", "按比例的罚款没有下限", "share of turnover without a floor")
G201 = _code("G201", "error", "条件永远不成立", "condition that can never be true")
G202 = _code("G202", "note", "条件永远成立", "condition that is always true")
G203 = _code("G203", "error", "总是被豁免的规范", "norm that is always exempt")
G301 = _code("G301", "warning", "期限没有起点", "period without a start", reads_text=True)
G302 = _code("G302", "note", "保存没有年限", "records kept without a period", reads_text=True)
G303 = _code("G303", "note", "“定期”没有间隔", "regular duty without an interval", reads_text=True)
G304 = _code("G304", "warning", "周期性义务没有首次时间", "repeated duty without a first time")
G305 = _code("G305", "error", "同一事项的期限互相冲突", "conflicting clocks for one matter")
G306 = _code("G306", "error", "强制终止与提前通知冲突", "notice that a forced end makes impossible")
G401 = _code("G401", "warning", "义务没有后果", "duty without a consequence")
G402 = _code("G402", "warning", "后果够不着义务人", "consequence that misses the bearer")
G403 = _code("G403", "note", "权力没有程序", "power without a procedure")
G404 = _code("G404", "note", "权力没有救济", "power without a remedy")
G501 = _code("G501", "warning", "引用了本法没有写的要求", "reference to what the law never states", reads_text=True)
G502 = _code("G502", "note", "使用而未定义的用语", "term used but not defined", reads_text=True)
G503 = _code("G503", "error", "引用的条款不存在", "reference to a provision that does not exist", reads_text=True)
G504 = _code("G504", "note", "引用与被引条款用语不合", "reference whose target does not fit", reads_text=True)
G601 = _code("G601", "warning", "定义排除了义务人", "definition that excludes bearers")
G602 = _code("G602", "warning", "义务以被定义排除的活动为前提", "duty that presupposes what the definition excludes")

CODES: dict[str, Code] = {
    code.id: code
    for code in (
        G101, G102, G103, G104, G105, G201, G202, G203, G301, G302, G303, G304, G305, G306,
        G401, G402, G403, G404, G501, G502, G503, G504, G601, G602,
    )
}  # fmt: skip


def code_named(name: str) -> Code:
    """Return a code by its name; raises UnknownCodeError with the nearest there is."""
    code = CODES.get(name.upper())
    if code is None:
        hint = nearest(name.upper(), CODES)
        raise UnknownCodeError(f"there is no code `{name}`; {hint or 'there are: ' + ', '.join(CODES)}")
    return code
