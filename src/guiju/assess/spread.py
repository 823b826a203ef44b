"""`guiju assess --all-readings`: how far the answers spread over the open questions of the law."""

from __future__ import annotations

from guiju.assess.assessment import Assessment
from guiju.assess.naming import STATUS, citation
from guiju.engine.findings import Finding


def render_spread(assessment: Assessment, lang: str) -> str:
    """List each open question with its candidates, and every finding that another candidate would change."""
    books = assessment.books
    laws = {book.key for book in assessment.rulebooks}
    blocks = []
    for reading in books.readings.values():
        if reading.rulebook not in laws:
            continue
        chosen = assessment.readings[reading.id]
        lines = [f"{reading.id}: {reading.question.get(lang)}"]
        cited = ", ".join(citation(address, books, lang) for address in reading.cites)
        lines.append("  " + _word(lang, "依据：", "rests on: ") + cited)
        for candidate, reason in reading.candidates.items():
            mark = "●" if candidate == chosen else "○"
            lines.append(f"  {mark} {candidate}: {reason.get(lang)}")
        changed = [_changes(f, reading.id, lang) for f in assessment.findings if reading.id in f.readings]
        changed += [_dates(f, reading.id, lang) for f in assessment.findings if reading.id in f.dates_by_reading]
        lines.extend(changed)
        if not changed:
            lines.append("  " + _word(lang, "对本概况没有影响。", "makes no difference to this profile."))
        blocks.append("\n".join(lines))
    total = sum(1 for f in assessment.findings if f.readings or f.dates_by_reading)
    head = _word(
        lang,
        f"{len(blocks)} 个可作不同解读的问题；{total} 项结论随之变化。● 为现取解读。",
        f"{len(blocks)} open questions; {total} findings turn on one of them. ● is the reading taken.",
    )
    return "\n\n".join([head, *blocks]) + "\n"


def _changes(finding: Finding, question: str, lang: str) -> str:
    now = STATUS[finding.status].get(lang)
    others = ", ".join(
        f"{candidate}: {STATUS[status].get(lang)}" for candidate, status in finding.readings[question].items()
    )
    return f"    {finding.norm.key}  [{finding.subject.name}]  {now} -> {others}"


def _dates(finding: Finding, question: str, lang: str) -> str:
    now = finding.deadline.due if finding.deadline else None
    days = finding.dates_by_reading[question].items()
    others = ", ".join(f"{candidate}: {day or '-'}" for candidate, day in days if day != now)
    return f"    {finding.norm.key}  [{finding.subject.name}]  {_word(lang, '期限', 'due')} {now or '-'} -> {others}"


def _word(lang: str, zh: str, en: str) -> str:
    return zh if lang == "zh" else en
