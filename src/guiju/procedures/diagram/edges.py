"""What a drawing shows of the acts: one arrow between two states, with the acts that take it."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.procedures.model import SAME, Active, CaseType, Chosen, Transition


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow from one state to another, with its acts in the order of the file."""

    source: str
    target: str
    acts: tuple[Transition, ...]


def edges(kind: CaseType, readings: Chosen | None = None) -> tuple[list[Edge], dict[str, list[Transition]]]:
    """Return the arrows between different states, and for each state the acts that stay in it."""
    active: Active = kind.under(tuple(sorted(kind.readings.items())) if readings is None else readings)
    between: dict[tuple[str, str], list[Transition]] = {}
    staying: dict[str, list[Transition]] = {}
    for transition in active.transitions.values():
        for source in transition.sources:
            if transition.to in (SAME, source):
                staying.setdefault(source, []).append(transition)
            else:
                between.setdefault((source, transition.to), []).append(transition)
    return [Edge(source, target, tuple(acts)) for (source, target), acts in between.items()], staying


def act_text(kind: CaseType, transition: Transition, lang: str) -> str:
    """Say an act and who does it."""
    by = ("、" if lang == "zh" else ", ").join(kind.role_label(role).get(lang) for role in transition.by)
    label = transition.label.get(lang)
    return f"{label}（{by}）" if lang == "zh" else f"{label} ({by})"


def clock_text(kind: CaseType, transition: Transition, lang: str, readings: Chosen | None = None) -> list[str]:
    """Say the clocks that an act starts under the readings, each with its period."""
    found = []
    active = kind.under(tuple(sorted(kind.readings.items())) if readings is None else readings)
    for clock in active.clocks.values():
        if any(hook.on == transition.name for hook in active.hooks(clock, "starts")) and clock.period is not None:
            found.append(f"{clock.label.get(lang)}: {clock.period.text('zh' if lang == 'zh' else 'en')}")
    return list(dict.fromkeys(found))
