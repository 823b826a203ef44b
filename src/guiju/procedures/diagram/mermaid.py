"""A case type as a Mermaid state diagram, for documents that render it."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.procedures.diagram.edges import act_text, edges
from guiju.procedures.model import CaseType, Chosen


def mermaid(kind: CaseType, lang: str, *, current: str | None = None, readings: Chosen | None = None) -> str:
    """Write the state diagram; `current` is lit up by a thick border and by its text."""
    return "\n".join(_lines(kind, lang, current, readings)) + "\n"


def _lines(kind: CaseType, lang: str, current: str | None, readings: Chosen | None) -> Iterator[str]:
    arrows, staying = edges(kind, readings)
    yield "---"
    yield f'title: "{_plain(kind.title.get(lang))}"'
    yield "---"
    yield "stateDiagram-v2"
    yield f"    accTitle: {_plain(kind.title.get(lang))}"
    for state in kind.states.values():
        here = ("（当前）" if lang == "zh" else " (here)") if state.name == current else ""
        yield f'    state "{_plain(state.label.get(lang))}{here}" as {state.name}'
    yield f"    [*] --> {kind.initial}"
    for edge in arrows:
        acts = " / ".join(_plain(act_text(kind, transition, lang)) for transition in edge.acts)
        yield f"    {edge.source} --> {edge.target} : {acts}"
    for name, transitions in staying.items():
        acts = " / ".join(_plain(act_text(kind, transition, lang)) for transition in transitions)
        yield f"    {name} --> {name} : {acts}"
    for state in kind.states.values():
        if state.kind == "final":
            yield f"    {state.name} --> [*]"
    if current is not None:
        yield "    classDef here stroke-width:4px"
        yield f"    class {current} here"


def _plain(text: str) -> str:
    """Leave out the signs that Mermaid would take for its own."""
    return text.replace('"', "'").replace(":", "：").replace(";", ",").replace("\n", " ")
