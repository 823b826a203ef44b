"""Markdown: the label is the mapping `AIGC` in the YAML front matter (practice guide for text files, C2).

An existing front matter is merged as text: order, comments, line ends and encoding stay as they are.
"""

from __future__ import annotations

import json
import re
from typing import Any

from guiju.label.errors import DamagedError, RefusedError
from guiju.label.fields import WRAPPER, Label
from guiju.label.formats.documents.charset import Characters
from guiju.label.formats.documents.frontmatter import Block, block_of, head_of
from guiju.label.formats.documents.frontyaml import Document, Entry, document_of
from guiju.label.formats.slots import candidate, is_named
from guiju.label.found import Contents, Found
from guiju.label.source import Source
from guiju.label.splice import Edit, Plan

MAIN_PLACE = "markdown:front-matter"
_FENCE = "---"
_UNCLOSED = re.compile(
    r"(?:---[ \t]*+\r?\n(?!(?:.*+\n)*?(?:---|\.\.\.)[ \t]*+(?:\r?\n|\Z))|\+\+\+[ \t]*+\r?\n(?!(?:.*+\n)*?\+\+\+))"
    r"(?:.*+\n)*?[\[\"']*+AIGC\b",
    re.IGNORECASE,
)
_PRINTABLE = range(0x20, 0x7F)
_BYTE, _PLANE = 0x100, 0x10000


def contents(source: Source) -> Contents:
    """Return the labels in the front matter, YAML, TOML or JSON; see `Format.contents`."""
    chars = _head(source)
    block = block_of(chars)
    _assert_closed(chars, block)
    if block is None:
        return Contents(tuple(_in_other_front_matter(chars, source)))
    if WRAPPER.lower() not in block.text.lower():
        return Contents()  # whatever stands between the dashes, it has no key of that name
    document = document_of(block.text, source.limits)
    found = [candidate(MAIN_PLACE, entry.key, entry.as_json(), source.limits) for entry in document.labels]
    return Contents(tuple(one for one in found if one))


def plan(source: Source, label: Label) -> Plan:
    """Put the label into the front matter, a new one if there is none; see `Format.plan`."""
    chars = _head(source)
    block = block_of(chars)
    _assert_closed(chars, block)
    if block is None:
        _assert_no_other_front_matter(chars)
        newline = "\r\n" if chars.text[: chars.text.find("\n") + 1].endswith("\r\n") else "\n"
        text = newline.join([_FENCE, *_lines(label, ""), _FENCE, "", ""])
        return Plan.of_edits(source.size, [Edit(len(chars.mark), 0, chars.encoded(text))])
    text = _merged(block, label, source)
    start = chars.offset(block.start)
    edit = Edit(start, chars.offset(block.end) - start, _encoded(block, text))
    return Plan.of_edits(source.size, [edit])


def _head(source: Source) -> Characters:
    if source.size == 0:
        raise DamagedError.because("文件为空", "the file is empty")
    return head_of(source)


def _assert_closed(chars: Characters, block: Block | None) -> None:
    """Raise DamagedError for a front matter with the label's key that is never closed: the file was cut off in it."""
    if block is None and _UNCLOSED.match(chars.text):
        raise DamagedError.because(
            "头部没有结尾，文件可能被截断", "the front matter has no end; the file may be cut off"
        )


def _encoded(block: Block, text: str) -> bytes:
    """Return the YAML in the file's encoding; raises RefusedError where bytes that are not ours would change."""
    refused = RefusedError.because(
        "charset",
        "YAML 头部的编码无法确定，请先转换为 UTF-8",
        "the front matter's encoding is unclear: convert it to UTF-8",
    )
    if not block.codec or "\ufffd" in block.text:
        raise refused
    return text.encode(block.codec)


def _merged(block: Block, label: Label, source: Source) -> str:
    """Return the YAML with exactly one label; raises RefusedError where that is not sure to keep all the rest."""
    try:
        document = document_of(block.text, source.limits)
    except DamagedError as error:
        raise RefusedError("front_matter_broken", error.reason) from None
    if document.kind == "other":
        raise RefusedError.because(
            "front_matter_not_mapping",
            "文件开头两行 --- 之间不是 YAML 键值，无法加入 AIGC",
            "what stands between the two lines of dashes at the start is no YAML mapping, so AIGC cannot be added",
        )
    if any(entry.is_anchored for entry in document.labels) or len(document.labels) > source.limits.depth:
        raise _unsure()
    text = _changed(block, document, label)
    try:
        after = document_of(text, source.limits)
    except DamagedError:
        raise _unsure() from None
    labels = [json.loads(entry.as_json()) for entry in after.labels]
    if after.others != document.others or labels != [label.as_dict()]:
        raise _unsure()
    return text


def _changed(block: Block, document: Document, label: Label) -> str:
    text, labels = block.text, document.labels
    flow = document.kind == "flow"
    for entry in reversed(labels[1:]):
        start, end = _whole_lines(text, entry)
        text = text[:start] + text[end:]
    indent = " " * document.column
    if flow:
        new = f"{WRAPPER}: " + "{" + ", ".join(f"{_quoted(n)}: {_quoted(v)}" for n, v in label.as_dict().items()) + "}"
    else:
        new = (block.newline + indent).join(_lines(label, indent="")).removeprefix(indent)
    if labels:
        start, end = labels[0].start, labels[0].start + len(text[labels[0].start : labels[0].end].rstrip())
        return text[:start] + new + text[end:]
    if flow:
        at = document.start + 1
        return text[:at] + new + (", " if document.entries else "") + text[at:]
    return text + indent + new + block.newline


def _whole_lines(text: str, entry: Entry) -> tuple[int, int]:
    """Return the place of the lines on which an entry stands."""
    end = text.find("\n", entry.start + len(text[entry.start : entry.end].rstrip()))
    return text.rfind("\n", 0, entry.start) + 1, len(text) if end < 0 else end + 1


def _lines(label: Label, indent: str) -> list[str]:
    fields = [f"{indent}  {name}: {_quoted(value)}" for name, value in label.as_dict().items()]
    return [f"{indent}{WRAPPER}:", *fields]


def _quoted(text: str) -> str:
    """Return text as a double-quoted YAML scalar in ASCII."""
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    code = ord(char)
    if char in {'"', "\\"}:
        return "\\" + char
    if code in _PRINTABLE:
        return char
    if code < _BYTE:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < _PLANE else f"\\U{code:08x}"


def _in_other_front_matter(chars: Characters, source: Source) -> list[Found]:
    """Read what site generators also allow in front: TOML between lines of `+++`, or a JSON object."""
    if WRAPPER.lower() not in chars.text[: source.limits.block].lower():
        return []
    data: Any = None
    if chars.text.startswith("+++"):
        data = _toml(chars)
    elif chars.text.startswith("{"):
        data = _json(chars)
    if not isinstance(data, dict):
        return []
    found = []
    for key, value in data.items():
        if is_named(key):
            text = value if isinstance(value, str) else json.dumps(value, default=str)
            found.append(candidate(MAIN_PLACE, key, text, source.limits))
    return [one for one in found if one]


def _toml(chars: Characters) -> Any:
    import tomllib

    end = chars.text.find("\n+++", 3)
    if end < 0:
        return None
    try:
        return tomllib.loads(chars.decoded(3, end).replace("\r\n", "\n"))
    except (ValueError, RecursionError):
        raise DamagedError.because("头部不是正确的 TOML", "the front matter is no correct TOML") from None


def _json(chars: Characters) -> Any:
    try:
        return json.JSONDecoder().raw_decode(chars.decoded(0, len(chars.text)))[0]
    except (ValueError, RecursionError):
        return None


def _assert_no_other_front_matter(chars: Characters) -> None:
    """Raise RefusedError for a front matter that is not YAML, before which no YAML can be put."""
    for start, kind in (("+++", "toml"), ("{", "json")):
        if chars.text.startswith(start) and (kind == "toml" or isinstance(_json(chars), dict)):
            raise RefusedError.because(
                f"{kind}_front_matter",
                f"文件头部是 {kind.upper()}，而标识的位置规定为 YAML；请先把头部改为 YAML",
                f"the front matter is {kind.upper()}, but the place of the label is YAML: convert it first",
            )


def _unsure() -> RefusedError:
    return RefusedError.because(
        "front_matter_merge",
        "无法保证合并后 YAML 头部的其余内容不变；请手工写成一般的键值形式",
        "it is not sure that the rest of the front matter would stay the same: write it in the usual form by hand",
    )
