"""Where the parts of a drawing lie.

States lie below each other, under each its acts in rows of their own; arrows lead to their targets through lanes on
the right. A row holds one text and a lane one target, so that no two labels can overlap however large the case type is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from unicodedata import east_asian_width

from guiju.procedures.checking import reachable
from guiju.procedures.diagram.edges import act_text, clock_text, edges
from guiju.procedures.model import CaseType, Chosen, State, Transition

FONT = 14
SMALL = 12
ROW = 20
SMALL_ROW = 16
HEADER = 28
GAP = 18
END_GAP = 8
MARGIN = 24
INDENT = 18
LANE = 16
CLOCKS_WIDTH = 600
"""How wide a line of clocks may grow before the next one begins."""
_NARROW = 0.6
"""Width of a letter that is not East Asian, in the size of the font; a little more than any common font needs."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of text under a state; with a target, an arrow starts at its end."""

    text: str
    y: float
    size: int
    target: str | None = None


@dataclass(slots=True)
class Box:
    """A state with its rows; `y` is the top of its header."""

    state: State
    y: float
    rows: list[Row] = field(default_factory=list)

    @property
    def middle(self) -> float:
        """The height at which arrows reach it."""
        return self.y + HEADER / 2


@dataclass(slots=True)
class Layout:
    """The whole drawing, in pixels. `lanes` gives each target the place of its lane."""

    boxes: dict[str, Box]
    lanes: dict[str, int]
    text_width: float
    width: float
    height: float

    def lane_x(self, target: str) -> float:
        """Return where the lane of a target runs."""
        return MARGIN + self.text_width + LANE * (self.lanes[target] + 1.5)


def lay_out(kind: CaseType, lang: str, readings: Chosen | None = None) -> Layout:
    """Place everything that a drawing of the case type shows."""
    boxes: dict[str, Box] = {}
    y: float = MARGIN + 2 * ROW
    for state in _drawn(kind, readings):
        box = boxes[state.name] = Box(state, y)
        y += HEADER + 2
        for text, size, target in _rows(kind, state, lang, readings):
            height = ROW if size == FONT else SMALL_ROW
            box.rows.append(Row(text, y + height / 2, size, target))
            y += height
        gap = GAP if box.rows else END_GAP
        y += gap
    lanes = _lanes(boxes)
    texts = [(row.text, row.size) for box in boxes.values() for row in box.rows]
    labels = [(box.state.label.get(lang) + " " * 16, FONT) for box in boxes.values()]
    widest = max(measure(text, size) for text, size in [*texts, *labels, (kind.title.get(lang), FONT + 4)])
    text_width = widest + 2 * INDENT
    width = MARGIN * 2 + text_width + LANE * (max(lanes.values(), default=0) + 2.5)
    return Layout(boxes, lanes, text_width, width, y + MARGIN - gap)


def _drawn(kind: CaseType, readings: Chosen | None) -> list[State]:
    """Return the states that a case can reach under the readings, those with exits first."""
    reached = reachable(kind.under(tuple(sorted(kind.readings.items())) if readings is None else readings))
    return sorted((s for s in kind.states.values() if s.name in reached), key=lambda state: state.kind == "final")


def _rows(kind: CaseType, state: State, lang: str, readings: Chosen | None) -> list[tuple[str, int, str | None]]:
    arrows, staying = edges(kind, readings)
    rows: list[tuple[str, int, str | None]] = []
    for edge in arrows:
        if edge.source == state.name:
            target = kind.states[edge.target].label.get(lang)
            for transition in edge.acts:
                rows.append((f"{act_text(kind, transition, lang)} → {target}", FONT, edge.target))
                rows.extend(_clocks(kind, transition, lang, readings))
    for transition in staying.get(state.name, []):
        rows.append((f"{act_text(kind, transition, lang)} ↺", FONT, None))
        rows.extend(_clocks(kind, transition, lang, readings))
    return rows


def _clocks(
    kind: CaseType, transition: Transition, lang: str, readings: Chosen | None
) -> list[tuple[str, int, str | None]]:
    """Say the clocks that an act starts, as many on a line as fit."""
    lines: list[str] = []
    for text in clock_text(kind, transition, lang, readings):
        longer = f"{lines[-1]} · {text}" if lines else text
        if lines and measure(longer, SMALL) <= CLOCKS_WIDTH:
            lines[-1] = longer
        else:
            lines.append(text)
    return [(line, SMALL, None) for line in lines]


def _lanes(boxes: dict[str, Box]) -> dict[str, int]:
    """Give each target the innermost lane in which nothing else runs at the same height."""
    spans = []
    for target, box in boxes.items():
        heights = [row.y for other in boxes.values() for row in other.rows if row.target == target]
        if heights:
            spans.append((min(*heights, box.middle), max(*heights, box.middle), target))
    lanes: dict[str, int] = {}
    taken: list[list[tuple[float, float]]] = []
    for top, bottom, target in sorted(spans, key=lambda span: (span[1] - span[0], span[0])):
        free = (n for n, lane in enumerate(taken) if all(bottom < a or b < top for a, b in lane))
        number = next(free, len(taken))
        if number == len(taken):
            taken.append([])
        taken[number].append((top, bottom))
        lanes[target] = number
    return lanes


def measure(text: str, size: float) -> float:
    """Return how wide a text is at most, in pixels."""
    return size * sum(1.0 if east_asian_width(sign) in "WFA" else _NARROW for sign in text)
