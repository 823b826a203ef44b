"""Where a prompt stands in Markdown: a paragraph of its own behind the front matter, or at the end, outside of code."""

from __future__ import annotations

import re

from guiju.label.explicit.errors import ExplicitLabelError
from guiju.label.explicit.spot import Spot

_FRONT_MATTER = re.compile(
    r"---[ \t]*(?:\r\n|\n|\r).*?^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)"
    r"|\+\+\+[ \t]*(?:\r\n|\n|\r).*?^\+\+\+[ \t]*(?:\r\n|\n|\r|\Z)",
    re.DOTALL | re.MULTILINE,
)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_RAW_HTML = re.compile(r" {0,3}<(script|pre|style|textarea)\b", re.IGNORECASE)


def at_start(text: str, label: str, line_end: str) -> Spot:
    """Return the place behind the front matter; the blank line keeps a `---` below from making it a heading."""
    position = _body(text)
    before = "" if position == 0 or text[position - 1] in "\r\n" else line_end
    return Spot(position, f"{before}{label}{line_end}{line_end}")


def at_end(text: str, label: str, line_end: str) -> Spot:
    """Return the end of the text; raises ExplicitLabelError if it lies inside a code block or a comment."""
    open_block = _open_at_end(text[_body(text) :])
    if open_block:
        raise ExplicitLabelError.because(
            "open_block",
            f"Markdown 在未结束的 {open_block} 中收尾，末尾的标识不会显示为文字；请先闭合它，或将标识置于开头",
            f"the Markdown ends inside an open {open_block}, where a label would not show as text; close it, or put "
            "the label at the start",
        )
    before = line_end if text.endswith(("\n", "\r")) else line_end * 2
    return Spot(len(text), f"{before}{label}{line_end}")


def visible(text: str) -> tuple[str, str]:
    """Return the first and the last paragraph of one line outside of code; empty where the text begins otherwise."""
    body = text[_body(text) :]
    lines = [line.strip() for line in body.splitlines()]
    kept = [at for at, line in enumerate(lines) if line]
    if not kept:
        return "", ""
    first, last = kept[0], kept[-1]
    alone_first = not any(lines[first + 1 : first + 2]) and not body.splitlines()[first].startswith(("    ", "\t"))
    alone_last = last == 0 or not lines[last - 1]
    if _open_at_end(body) or body.splitlines()[last].startswith(("    ", "\t")):
        alone_last = False
    return (lines[first] if alone_first else "", lines[last] if alone_last else "")


def _body(text: str) -> int:
    found = _FRONT_MATTER.match(text)
    return found.end() if found else 0


def _open_at_end(body: str) -> str:
    """Return what the end of the text lies in: a fence, a raw HTML block, a comment, or nothing."""
    fence, raw = "", ""
    for line in body.splitlines():
        found = _FENCE.match(line)
        if fence:
            closes = found and found[1].startswith(fence) and not found[2].strip()
            fence = "" if closes else fence
        elif raw:
            raw = "" if raw in line.lower() else raw
        elif found and not (found[1][0] == "`" and "`" in found[2]):
            fence = found[1]
        elif (tag := _RAW_HTML.match(line)) and f"</{tag[1].lower()}>" not in line.lower():
            raw = f"</{tag[1].lower()}>"
        elif "<!--" in line and "-->" not in line[line.rindex("<!--") :]:
            raw = "-->"
    return fence or {"": "", "-->": "<!--"}.get(raw, raw.replace("/", ""))
