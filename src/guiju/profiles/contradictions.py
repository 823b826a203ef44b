"""Facts of one profile that cannot be true together, also where the contradiction only follows."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from guiju.documents.messages import shown
from guiju.engine.collection import Impossible, Rulebooks
from guiju.engine.complete import complete, contradiction
from guiju.engine.values import Value
from guiju.profiles.intake import Described, Intake
from guiju.profiles.problems import Report
from guiju.profiles.refusal import both


def report_contradictions(books: Rulebooks, intake: Intake, report: Report) -> None:
    """Report every impossible combination, with the facts that state it and the reason; each once."""
    ours = intake.organisation
    relevant = frozenset[str]().union(*(rule.node.facts for rule in books.impossible))
    known: dict[frozenset[tuple[str, Value]], dict[Impossible, list[str]]] = {}

    def violated(facts: Mapping[str, Value]) -> dict[Impossible, list[str]]:
        """Look each combination of facts up once: many systems are alike in what can contradict."""
        key = frozenset(item for item in facts.items() if item[0] in relevant)
        if key not in known:
            known[key] = broken(books, dict(key))
        return known[key]

    of_the_organisation = violated(ours.facts)
    for rule, facts in of_the_organisation.items():
        _report(rule, facts, [("organisation", ours)], report)
    for system in intake.systems:
        for rule, facts in violated({**ours.facts, **system.facts}).items():
            if rule not in of_the_organisation:
                _report(rule, facts, [(f"systems / {shown(system.name)}", system), ("organisation", ours)], report)


def broken(books: Rulebooks, facts: Mapping[str, Value]) -> dict[Impossible, list[str]]:
    """Find the impossible combinations in facts, each with the stated facts from which it follows."""
    known, follows = complete(books, facts)
    result = {}
    for rule in books.impossible:
        alone = dataclasses.replace(books, impossible=(rule,))
        if contradiction(alone, known):
            result[rule] = sorted(_stated(rule, facts, follows, set()))
    return result


def _stated(
    rule: Impossible, facts: Mapping[str, Value], follows: Mapping[str, Impossible], seen: set[str]
) -> set[str]:
    """Trace the facts of a rule back to those that the profile states."""
    stated: set[str] = set()
    for name in sorted(rule.node.facts - seen):
        seen.add(name)
        if name in facts:
            stated.add(name)
        elif name in follows:
            stated |= _stated(follows[name], facts, follows, seen)
    return stated


def _report(rule: Impossible, names: list[str], owners: list[tuple[str, Described]], report: Report) -> None:
    places = {name: (place, owner) for place, owner in reversed(owners) for name in names if name in owner.lines}
    lines = {name: owner.lines[name] for name, (_, owner) in places.items()}
    order = sorted(lines, key=lambda name: (lines[name], name))
    said = [(name, _yaml(places[name][1].facts[name]), lines[name]) for name in order]
    facts = both(
        " and ".join(f"`{name}: {value}` (line {line})" for name, value, line in said),
        "、".join(f"`{name}: {value}`（第 {line} 行）" for name, value, line in said),
    )
    last = order[-1]
    report.add("contradiction", lines[last], f"{places[last][0]} / {last}", facts=facts, because=rule.because)


def _yaml(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"[{', '.join(sorted(value))}]" if isinstance(value, frozenset) else shown(str(value))
