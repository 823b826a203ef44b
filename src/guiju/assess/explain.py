"""Why a provision applies to a profile, or does not: its proof, told line by line."""

from __future__ import annotations

from typing import Any

from guiju.assess.assessment import Assessment
from guiju.assess.naming import STATUS, citation, find_address, value_text
from guiju.calendar.days import WorkCalendar
from guiju.calendar.explain import Direction
from guiju.calendar.explain import explain as explain_date
from guiju.engine.collection import Rulebooks
from guiju.engine.deadlines import Deadline
from guiju.engine.findings import Finding
from guiju.engine.norms import Norm, clock_text
from guiju.engine.proof import Proof

_MARKS = {True: "✓", False: "✗", None: "?"}
_JOINS = {
    ("and", "en"): "all of these", ("or", "en"): "at least one of these", ("not", "en"): "the opposite of",
    ("and", "zh"): "同时满足", ("or", "zh"): "至少满足一项", ("not", "zh"): "下列相反",
}  # fmt: skip


def explain(assessment: Assessment, reference: str, lang: str) -> str:
    """Explain every finding at an address or citation (an article explains its paragraphs and items)."""
    books = assessment.books
    address = find_address(reference, books)
    calendar = assessment.cases[0].timeline.calendar
    found: dict[str, list[Finding]] = {}
    for finding in assessment.findings:
        found.setdefault(finding.norm.key, []).append(finding)
    blocks = []
    for norm in (n for n in books.norms if address.contains(n.address)):
        if norm.condition is None:
            blocks.append(_undecided(norm, books, lang))
        blocks.extend("\n".join(_finding(f, books, calendar, lang)) for f in found.get(norm.key, []))
    return "\n\n".join(blocks)


def proof_lines(proof: Proof, lang: str, depth: int = 0) -> list[str]:
    """Tell a proof as an outline: ✓ true, ✗ false, ? unknown."""
    indent = "  " * depth
    mark = _MARKS.get(proof.get("value"), "·")
    if "op" in proof:
        lines = [f"{indent}{mark} {_JOINS[proof['op'], lang]}"]
        return lines + [line for part in proof["parts"] for line in proof_lines(part, lang, depth + 1)]
    if "defined" in proof:
        lines = [f"{indent}{mark} {proof['defined']}  [{proof['cites']}]"]
        return lines + proof_lines(proof["because"], lang, depth + 1)
    if "reading" in proof:
        word = "按此解读" if lang == "zh" else "read as"
        return [f"{indent}{mark} {proof['reading']}: {word} {proof['read_as']}"]
    if "fact" in proof:
        return [f"{indent}{mark} {_fact(proof, lang)}"]
    given = ", ".join(f"{name} = {value_text(value, lang)}" for name, value in proof.get("facts", {}).items())
    return [f"{indent}{mark} {proof['test']}" + (f"  ({given})" if given else "")]


def _fact(proof: Proof, lang: str) -> str:
    text = f"{proof['fact']} = {value_text(proof['value'], lang)}"
    if "follows_from" in proof:
        word = "由此推出：不可能同时" if lang == "zh" else "follows, since this is impossible:"
        text += f"  ({word} {proof['follows_from']})"
    return text


def _finding(finding: Finding, books: Rulebooks, calendar: WorkCalendar, lang: str) -> list[str]:
    norm = finding.norm
    status = STATUS[finding.status].get(lang)
    lines = [
        f"{citation(norm.address, books, lang)}  ({norm.key})",
        f"{finding.subject.name}: {status}",
        norm.gist.get(lang),
    ]
    if finding.exempted_by is not None:
        lines.append(("豁免依据：" if lang == "zh" else "exempted by: ") + citation(finding.exempted_by, books, lang))
    if finding.missing:
        lines.append(("尚缺：" if lang == "zh" else "would be decided by: ") + ", ".join(finding.missing))
    lines.extend(_proofs(finding.because, lang))
    lines.extend(_readings(finding, books, lang))
    if finding.deadline is not None:
        lines.extend(_deadline(finding.deadline, calendar, lang))
    if norm.judgement is not None:
        lines.append(("须由人判断：" if lang == "zh" else "left to judgement: ") + norm.judgement.get(lang))
    return lines


def _proofs(because: dict[str, Any], lang: str) -> list[str]:
    if "not_in_force_until" in because:
        word = "尚未施行，施行日期：" if lang == "zh" else "not in force until "
        return [f"{word}{because['not_in_force_until']}"]
    lines = [("规则：" if lang == "zh" else "rule: ") + str(because["rule"])]
    lines.extend(proof_lines(because["condition"], lang, 1))
    for exemption in because.get("exemptions", []):
        lines.append(("例外：" if lang == "zh" else "exemption: ") + exemption["provision"])
        lines.extend(proof_lines(exemption["condition"], lang, 1))
    return lines


def _readings(finding: Finding, books: Rulebooks, lang: str) -> list[str]:
    lines = []
    for question, outcomes in finding.readings.items():
        lines.append(
            ("取决于解读：" if lang == "zh" else "changes with the reading: ")
            + books.readings[question].question.get(lang)
        )
        lines.extend(f"  {question}={candidate}: {STATUS[status].get(lang)}" for candidate, status in outcomes.items())
    return lines


def _deadline(deadline: Deadline, calendar: WorkCalendar, lang: str) -> list[str]:
    lines = [("期限：" if lang == "zh" else "deadline: ") + clock_text(deadline.clock)]
    if deadline.day is None or deadline.anchor_date is None or deadline.clock.period is None:
        return lines
    if isinstance(deadline.clock.anchor, str):
        direction: Direction = "before" if deadline.clock.backwards else "after"
        told = explain_date(deadline.anchor_date, deadline.clock.period, direction, calendar)
        lines.append(told.text("zh" if lang == "zh" else "en"))
    return lines


def _undecided(norm: Norm, books: Rulebooks, lang: str) -> str:
    if norm.judgement is not None:
        why = ("程序不作判断：" if lang == "zh" else "no program decides this: ") + norm.judgement.get(lang)
    else:
        assert norm.part_of is not None
        why = ("列于：" if lang == "zh" else "listed under: ") + citation(norm.part_of, books, lang)
    return f"{citation(norm.address, books, lang)}  ({norm.key})\n{norm.gist.get(lang)}\n{why}"
