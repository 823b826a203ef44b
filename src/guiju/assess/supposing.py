"""`guiju whatif`: what becomes of the duties if one fact changes, and the smallest change that flips a provision."""

from __future__ import annotations

from collections.abc import Iterable

from guiju.assess.answers import read_answer
from guiju.assess.assessment import Assessment
from guiju.assess.naming import STATUS, citation, find_address, value_text
from guiju.documents.errors import nearest
from guiju.engine.collection import UnknownNameError
from guiju.engine.findings import SubjectCase
from guiju.engine.whatif import Change, smallest_changes, what_if


def suppose(assessment: Assessment, change: str | None, system: str | None, address: str | None, lang: str) -> str:
    """Answer a what-if question as text.

    With `change` (`fact=value`): every provision whose status changes. With `address`: the smallest changes that
    flip it. With neither: for each system, how far the nearest thresholds are.
    """
    cases = _cases(assessment, system)
    if change is not None:
        return _with(assessment, cases, change, lang)
    if address is not None:
        return _flip(assessment, cases, address, lang)
    return _near(assessment, cases, lang)


def _cases(assessment: Assessment, system: str | None) -> list[SubjectCase]:
    cases = [case for case in assessment.cases if case.subject.kind == "system"]
    if system is None:
        return cases
    chosen = [case for case in cases if case.subject.name == system]
    if not chosen:
        names = [case.subject.name for case in cases]
        hint = nearest(system, names) or ", ".join(names)
        raise UnknownNameError(f"there is no system `{system}` in the profile; {hint}")
    return chosen


def _with(assessment: Assessment, cases: Iterable[SubjectCase], change: str, lang: str) -> str:
    fact, sign, text = change.partition("=")
    spec = assessment.books.facts.get(fact.strip())
    if spec is None or not sign:
        hint = nearest(fact.strip(), assessment.books.facts)
        raise UnknownNameError(f"`{change}`: write FACT=VALUE with a known fact; {hint or 'see `guiju facts`'}")
    value = None if text.strip() in ("?", "unknown", "未知") else read_answer(spec, text)
    lines = []
    for case in cases:
        changes = what_if(case, assessment.norms, spec.fact, value)
        now = value_text(case.given.get(spec.fact), lang)
        lines.append(f"{case.subject.name}: {spec.fact} {now} -> {value_text(value, lang)}")
        lines.extend(_line(assessment, case, c, lang) for c in changes)
        if not changes:
            lines.append("  " + ("没有任何条款因此变化。" if lang == "zh" else "no provision changes."))
    return "\n".join(lines)


def _flip(assessment: Assessment, cases: Iterable[SubjectCase], reference: str, lang: str) -> str:
    address = find_address(reference, assessment.books)
    lines = []
    for case in cases:
        for norm in assessment.norms:
            if norm.condition is None or norm.subject != "system" or not address.contains(norm.address):
                continue
            now = STATUS[case.status(norm, case.case)[0]].get(lang)
            lines.append(f"{case.subject.name}: {citation(norm.address, assessment.books, lang)} ({norm.key}): {now}")
            changes = smallest_changes(case, norm)
            lines.extend("  " + _change(c, lang) for c in changes)
            if not changes:
                none = "改变单一事实不能使其翻转。" if lang == "zh" else "no change of a single fact flips it."
                lines.append(f"  {none}")
    return "\n".join(lines)


def _near(assessment: Assessment, cases: Iterable[SubjectCase], lang: str) -> str:
    lines = []
    for case in cases:
        lines.append(case.subject.name)
        near: dict[tuple[str, str], list[Change]] = {}
        for norm in assessment.norms:
            if norm.condition is not None and norm.subject == "system" and norm.kind in ("duty", "prohibition"):
                for c in smallest_changes(case, norm):
                    if c.distance is not None:
                        near.setdefault((c.fact, value_text(c.after, "en")), []).append(c)
        for changes in sorted(near.values(), key=lambda group: group[0].distance or 0):
            lines.append("  " + _step(changes[0], lang))
            for c in changes:
                where = citation(c.norm.address, assessment.books, lang)
                lines.append(f"    {where}: {STATUS[c.status].get(lang)}  {c.norm.gist.get(lang)}")
        if not near:
            none = "没有取决于数量的门槛。" if lang == "zh" else "nothing turns on a number that is known."
            lines.append(f"  {none}")
    return "\n".join(lines)


def _line(assessment: Assessment, case: SubjectCase, change: Change, lang: str) -> str:
    before = STATUS[case.status(change.norm, case.case)[0]].get(lang)
    after = STATUS[change.status].get(lang)
    cited = citation(change.norm.address, assessment.books, lang)
    return f"  {cited}: {before} -> {after}  {change.norm.gist.get(lang)}"


def _change(change: Change, lang: str) -> str:
    after = STATUS[change.status].get(lang)
    if change.distance is not None:
        return f"{_step(change, lang)}: {after}"
    return f"{change.fact} {value_text(change.before, lang)} -> {value_text(change.after, lang)}: {after}"


def _step(change: Change, lang: str) -> str:
    assert change.step is not None
    more = change.step > 0
    word = ("增加" if more else "减少") if lang == "zh" else ("more" if more else "fewer")
    step = f"{word} {change.distance:,}" if lang == "zh" else f"{change.distance:,} {word}"
    return f"{change.fact} {value_text(change.before, lang)} -> {value_text(change.after, lang)} ({step})"
