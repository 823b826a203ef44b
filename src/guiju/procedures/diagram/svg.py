"""A case type as SVG: readable in black and white, told to screen readers, with the current state lit up."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from guiju.procedures.diagram.layout import FONT, HEADER, INDENT, MARGIN, Box, Layout, lay_out, measure
from guiju.procedures.model import CaseType, Chosen

_FONTS = "'Noto Sans CJK SC','Noto Sans SC','Microsoft YaHei','PingFang SC',sans-serif"
_KINDS = {
    "zh": {"initial": "起点", "open": "", "final": "终结", "deemed": "依法视为", "here": "▶ 当前"},
    "en": {"initial": "start", "open": "", "final": "end", "deemed": "by law", "here": "▶ here"},
}
_CORNER = 5
_STYLE = ".guiju-procedure{max-width:100%;height:auto}@media print{.guiju-procedure{max-height:100vh}}"
"""Never wider than its place on the screen, and on one page in print."""


def svg(kind: CaseType, lang: str, *, current: str | None = None, readings: Chosen | None = None) -> str:
    """Draw the states, who may do what in each, and where it leads; `current` is lit up."""
    layout = lay_out(kind, lang, readings)
    return "\n".join(_lines(kind, layout, lang, current)) + "\n"


def _lines(kind: CaseType, layout: Layout, lang: str, current: str | None) -> Iterator[str]:
    title = escape(kind.title.get(lang))
    width, height = round(layout.width), round(layout.height)
    language = "zh-CN" if lang == "zh" else "en"
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'class="guiju-procedure" role="img" aria-labelledby="title desc" xml:lang="{language}" lang="{language}" '
        f'font-family="{_FONTS}" font-size="{FONT}">'
    )
    yield f'<title id="title">{title}</title>'
    yield f'<desc id="desc">{escape(_description(kind, layout, lang, current))}</desc>'
    yield f"<style>{_STYLE}</style>"
    yield (
        '<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0 10 5 0 10z" fill="#444"/></marker></defs>'
    )
    yield f'<rect width="{width}" height="{height}" fill="#fff"/>'
    yield f'<text x="{MARGIN}" y="{MARGIN + FONT}" font-size="{FONT + 4}" font-weight="bold" fill="#111">{title}</text>'
    for box in layout.boxes.values():
        yield from _arrows(layout, box)
    for box in layout.boxes.values():
        yield from _state(layout, box, lang, current)
    yield "</svg>"


def _description(kind: CaseType, layout: Layout, lang: str, current: str | None) -> str:
    """Say the drawing in words."""
    stop = "。" if lang == "zh" else ". "
    parts = []
    for box in layout.boxes.values():
        label = box.state.label.get(lang)
        here = f" ({_KINDS[lang]['here'][2:]})" if box.state.name == current else ""
        acts = ("；" if lang == "zh" else "; ").join(row.text for row in box.rows)
        parts.append(f"{label}{here}: {acts}" if acts else f"{label}{here}")
    return kind.title.get(lang) + stop + stop.join(parts)


def _state(layout: Layout, box: Box, lang: str, current: str | None) -> Iterator[str]:
    state, here = box.state, box.state.name == current
    words = _KINDS[lang]
    yield f'<g id="state-{state.name}">'
    fill = "#ffe9a8" if here else "#e4ecf7" if state.kind != "final" else "#eee"
    dash = ' stroke-dasharray="5 3"' if state.deemed else ""
    border = 3.5 if here else 1.2
    frame = f'x="{MARGIN}" y="{box.y}" width="{layout.text_width:.0f}" height="{HEADER}" rx="6"'
    yield f'<rect {frame} fill="{fill}" stroke="#222" stroke-width="{border}"{dash}/>'
    if state.kind == "final":
        inner = f'x="{MARGIN + 4}" y="{box.y + 4}" width="{layout.text_width - 8:.0f}" height="{HEADER - 8}" rx="4"'
        yield f'<rect {inner} fill="none" stroke="#222" stroke-width="0.8"/>'
    yield _text(MARGIN + 12, box.middle + FONT * 0.36, state.label.get(lang), weight="bold")
    notes = [words[state.kind], words["deemed"] if state.deemed else "", words["here"] if here else ""]
    note = " · ".join(one for one in notes if one)
    if note:
        yield _text(MARGIN + layout.text_width - 12, box.middle + FONT * 0.36, note, size=12, anchor="end")
    for row in box.rows:
        style = "" if row.target or row.size == FONT else ' fill="#444" font-style="italic"'
        yield _text(
            MARGIN + INDENT + (FONT - row.size) * 6, row.y + row.size * 0.36, row.text, size=row.size, style=style
        )
    yield "</g>"


def _arrows(layout: Layout, box: Box) -> Iterator[str]:
    """Draw the lane that leads to a state: from every act that takes it, one arrow into its header."""
    target = box.state.name
    if target not in layout.lanes:
        return
    x, edge = layout.lane_x(target), MARGIN + layout.text_width
    leading = [row for other in layout.boxes.values() for row in other.rows if row.target == target]
    rows = [row.y for row in leading]
    style = 'fill="none" stroke="#444" stroke-width="1.3"'
    for row in leading:
        end = MARGIN + INDENT + measure(row.text, row.size) + 6
        yield f'<path d="M{end:.0f} {row.y} H{edge - 4:.0f}" {style} stroke-dasharray="1 4"/>'
    for y in rows:
        bend = _CORNER if box.middle > y else -_CORNER
        yield f'<path d="M{edge - 4:.0f} {y} H{x - _CORNER} Q{x} {y} {x} {y + bend}" {style}/>'
    ends = [y + (_CORNER if box.middle > y else -_CORNER) for y in rows]
    above, below = min(ends), max(ends)
    if above < box.middle:
        yield f'<path d="M{x} {above} V{box.middle - _CORNER}" {style}/>'
    if below > box.middle:
        yield f'<path d="M{x} {below} V{box.middle + _CORNER}" {style}/>'
    turn = -_CORNER if above < box.middle else _CORNER
    yield (
        f'<path d="M{x} {box.middle + turn} Q{x} {box.middle} {x - _CORNER} {box.middle} H{edge + 1:.0f}" '
        f'{style} marker-end="url(#arrow)"/>'
    )
    if above < box.middle < below:
        yield f'<path d="M{x} {box.middle - _CORNER} V{box.middle + _CORNER}" {style}/>'


def _text(
    x: float, y: float, text: str, *, size: int = FONT, weight: str = "normal", anchor: str = "start", style: str = ""
) -> str:
    colour = "" if "fill" in style else ' fill="#111"'
    place = f'x="{x:.0f}" y="{y:.1f}" font-size="{size}"'
    bold = ' font-weight="bold"' if weight == "bold" else ""
    end = ' text-anchor="end"' if anchor == "end" else ""
    return f"<text {place}{bold}{end}{colour}{style}>{escape(text)}</text>"
