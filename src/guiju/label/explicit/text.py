"""Prompts in text files: plain text, Markdown, HTML. Bytes are spliced in; all others stay as they are.

The prompt stands by itself as the first or the last visible line (Measures, article 4: start, end or a suitable middle
place; grade C1; both elements in one prompt: C3).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from guiju.label.explicit import html, markdown
from guiju.label.explicit.encoding import Characters, characters
from guiju.label.explicit.errors import ExplicitLabelError
from guiju.label.explicit.spot import Spot

PLAIN, MARKDOWN, HTML = "text", "markdown", "html"


@dataclass(frozen=True)
class _Flavour:
    """How one kind of text takes a prompt at its start and end, and which lines its reader sees first and last."""

    at_start: Callable[[str, str, str], Spot]
    at_end: Callable[[str, str, str], Spot]
    visible: Callable[[str], tuple[str, str]]
    lines: Callable[[str], list[str]]


def insert(content: bytes, label: str, places: tuple[str, ...], kind: str, encoding: str | None = None) -> bytes:
    """Return the file with the prompt at those of the places (`start`, `end`) where it does not stand already.

    Raises ExplicitLabelError if the text cannot be read exactly, or offers no safe place.
    """
    read = characters(content, html=kind == HTML, encoding=encoding)
    flavour = _FLAVOURS[kind]
    seen = dict(zip(("start", "end"), flavour.visible(read.text), strict=True))
    spots = []
    for place in places:
        if seen[place] != label:
            make = flavour.at_start if place == "start" else flavour.at_end
            spots.append(make(read.text, label, read.line_end))
    result = content
    for spot in sorted(spots, key=lambda spot: -spot.position):
        at = read.place(spot.position)
        result = result[:at] + _encoded(spot.text, read, kind) + result[at:]
    return result


def first_and_last(content: bytes, kind: str, encoding: str | None = None) -> tuple[str, str]:
    """Return the first and the last visible line of a text file; raises ExplicitLabelError if it cannot be read."""
    read = characters(content, html=kind == HTML, encoding=encoding)
    return _FLAVOURS[kind].visible(read.text)


def lines(content: bytes, kind: str, encoding: str | None = None) -> list[str]:
    """Return every visible line of a text file, or block of a page; raises as `first_and_last`."""
    read = characters(content, html=kind == HTML, encoding=encoding)
    return _FLAVOURS[kind].lines(read.text)


def _encoded(text: str, read: Characters, kind: str) -> bytes:
    try:
        return text.encode(read.encoding, "xmlcharrefreplace" if kind == HTML else "strict")
    except UnicodeEncodeError:
        raise ExplicitLabelError.because(
            "encoding",
            f"编码 {read.encoding} 写不出标识文字；请另存为 UTF-8",
            f"the encoding {read.encoding} cannot express the label; save the text as UTF-8",
        ) from None


def _plain_start(_: str, label: str, line_end: str) -> Spot:
    return Spot(0, f"{label}{line_end}{line_end}")


def _plain_end(text: str, label: str, line_end: str) -> Spot:
    before = line_end if text.endswith(("\n", "\r")) else line_end * 2
    return Spot(len(text), f"{before}{label}{line_end}")


def _plain_visible(text: str) -> tuple[str, str]:
    lines = _plain_lines(text)
    return (lines[0], lines[-1]) if lines else ("", "")


def _plain_lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


_FLAVOURS = {
    PLAIN: _Flavour(_plain_start, _plain_end, _plain_visible, _plain_lines),
    MARKDOWN: _Flavour(markdown.at_start, markdown.at_end, markdown.visible, _plain_lines),
    HTML: _Flavour(html.at_start, html.at_end, html.visible, html.blocks),
}
