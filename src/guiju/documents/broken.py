"""Where YAML breaks, and what is most likely wrong there: told from the line itself, whichever parser stumbled."""

from __future__ import annotations

import re

import yaml

from guiju.documents.unreadable import UnreadableError, unreadable

LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""What ends a line for a YAML 1.1 parser."""

_FULL_WIDTH = re.compile("[：，［］｛｝]")
_NO_COLON = re.compile(r"\s*(- )?[A-Za-z_]+ +[^:#]+\Z")
_NO_SPACE = re.compile(r"\s*(- )?\s*\w+:[^\s:/]")


def broken(error: yaml.YAMLError, text: str, file: str) -> UnreadableError:
    """Turn a parser's error into ours, at the line where a person should look."""
    problem = str(getattr(error, "problem", error))
    context = str(getattr(error, "context", ""))
    opened = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or opened
    kind = _opened(context, problem) if opened is not None else ""
    if kind:
        mark = opened
    lines = LINE_BREAK.split(text)
    number = min(mark.line, len(lines) - 1) if mark is not None else 0
    for near in (number, number - 1):
        if near >= 0 and _suspicious(lines[near]):
            return unreadable(_suspicious(lines[near]), file, near + 1, excerpt=lines[near].strip())
    if "mapping values" in problem and number and _NO_COLON.match(lines[number - 1]):
        return unreadable("broken_no_colon", file, number, excerpt=lines[number - 1].strip())
    line = lines[number].strip()
    return unreadable(kind or _likely(line, problem, context), file, number + 1, excerpt=line)


def _opened(context: str, problem: str) -> str:
    """Name what was opened and never closed, if that is what the parser complains of."""
    if "quoted scalar" in context and "end of stream" in problem:
        return "broken_quote"
    if "simple key" in context:
        return "broken_indent"
    return "broken_bracket" if "flow" in context else ""


def _suspicious(line: str) -> str:
    """Name a slip that is seen in a line by itself."""
    if _FULL_WIDTH.search(line):
        return "broken_full_width"
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "broken_tab"
    return "broken_no_space" if _NO_SPACE.match(line) else ""


def _likely(line: str, problem: str, context: str) -> str:
    if "mapping values" in problem:
        return "broken_colon" if line.count(": ") > 1 else "broken_indent"
    if "cannot start any token" in problem or "alphabetic" in problem:
        return "broken_sign"
    return "broken_indent" if "block" in context and "node" not in context else "broken"
