"""Where a prompt stands in a web page: the first or the last paragraph of its body, outside of anything hidden."""

from __future__ import annotations

import html as entities
import re
from html.parser import HTMLParser

from guiju.label.explicit.errors import ExplicitLabelError
from guiju.label.explicit.spot import Spot

_IN_HEAD = {"html", "head", "title", "base", "link", "meta", "style", "script", "noscript", "template"}
_HIDDEN = {"head", "title", "script", "style", "template", "noscript", "textarea", "select", "svg", "math", "iframe"}
_DEEPEST = 5000
_VOID = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"),
}
_INLINE = {
    *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong"),
    *("sub", "sup", "time", "u", "wbr", "label", "data", "dfn", "kbd", "samp", "var", "ins", "del", "img"),
}
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0*)?\s*(?:;|$|!)|font-size\s*:\s*0",
    re.IGNORECASE,
)


def at_start(text: str, label: str, line_end: str) -> Spot:
    """Return the place of the body's first paragraph; raises ExplicitLabelError for a frameset."""
    outline = _outlined(text)
    position = outline.body_content if outline.body_content is not None else outline.first_content
    paragraph = f'<p role="note">{entities.escape(label)}</p>'
    if position is None:
        return Spot(outline.end_of_body, f"{paragraph}{line_end}")
    return Spot(position, f"{line_end}{paragraph}" if outline.body_content is not None else f"{paragraph}{line_end}")


def at_end(text: str, label: str, line_end: str) -> Spot:
    """Return the place of the body's last paragraph; raises ExplicitLabelError for a frameset."""
    outline = _outlined(text)
    position = outline.end_of_body
    before = "" if not position or text[position - 1] in "\r\n" else line_end
    return Spot(position, f'{before}<p role="note">{entities.escape(label)}</p>{line_end}')


def visible(text: str) -> tuple[str, str]:
    """Return the first and the last block of text that markup and inline styles leave visible.

    Style sheets and scripts are not run; what they hide is not seen here.
    """
    seen = blocks(text)
    return (seen[0], seen[-1]) if seen else ("", "")


def blocks(text: str) -> list[str]:
    """Return every visible block of text, in order."""
    return [block for block in _outlined(text).blocks if block]


class _Outline(HTMLParser):
    """Positions of the parts of a page, and its visible text block by block."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.body_content: int | None = None
        self.first_content: int | None = None
        self.closing: dict[str, int] = {}
        self._parts: list[list[str]] = [[]]
        self.frameset = False
        self._size = len(text)
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))]
        self._open: list[tuple[str, bool]] = []
        self.feed(text)
        self.close()

    @property
    def end_of_body(self) -> int:
        """Before the closing tag of the body, or of the page, or the very end."""
        return self.closing.get("body", self.closing.get("html", self._size))

    @property
    def blocks(self) -> list[str]:
        """The visible text, block by block, with its spaces folded."""
        return [" ".join("".join(parts).split()) for parts in self._parts]

    @property
    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self.get_starttag_text() or ""
        if tag == "body" and self.body_content is None:
            self.body_content = self._offset + len(start)
            self._open = []
        elif tag == "frameset":
            self.frameset = True
        elif tag not in _IN_HEAD:
            self._content_at(self._offset)
        given = {name: value or "" for name, value in attrs}
        hidden = tag in _HIDDEN or "hidden" in given or bool(_HIDING_STYLE.search(given.get("style", "")))
        if tag not in _VOID:
            self._open.append((tag, hidden))
            if len(self._open) > _DEEPEST:
                raise ExplicitLabelError.because(
                    "too_deep", "网页元素嵌套过深", "the elements of the page are nested too deeply"
                )
        if tag not in _INLINE:
            self._parts.append([])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"body", "html"}:
            self.closing[tag] = self._offset
        places = [at for at, (name, _) in enumerate(self._open) if name == tag]
        if places:
            del self._open[places[-1] :]
        if tag not in _INLINE:
            self._parts.append([])

    def handle_data(self, data: str) -> None:
        if not data.strip() and not self._parts[-1]:
            return
        if not any(name in _IN_HEAD - {"html"} for name, _ in self._open):
            self._content_at(self._offset + len(data) - len(data.lstrip()))
        if not any(hidden for _, hidden in self._open):
            self._parts[-1].append(data)

    def _content_at(self, offset: int) -> None:
        if self.first_content is None:
            self.first_content = offset


def _outlined(text: str) -> _Outline:
    outline = _Outline(text)
    if outline.frameset:
        raise ExplicitLabelError.because(
            "frameset",
            "框架集页面没有正文，请标识其中的各页面",
            "a frameset has no body of its own; label the pages in it",
        )
    return outline
