"""Tags of an HTML page, as a browser finds them: comments, scripts and other raw text do not count as tags.

After the tokenisation section of the HTML standard; linear in the length of the page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from guiju.label.errors import DamagedError, TooLargeError
from guiju.label.formats.documents.charset import Characters

_NAME = re.compile(r"[^\t\n\f\r />]++")
_ATTRIBUTE = re.compile(
    r"""[\t\n\f\r /]*+([^\t\n\f\r />][^\t\n\f\r />=]*+)"""
    r"""(?:[\t\n\f\r ]*+=[\t\n\f\r ]*+("[^"]*+"|'[^']*+'|[^\t\n\f\r >"'][^\t\n\f\r >]*+)?+)?+"""
)
_TAG_END = re.compile(r"[\t\n\f\r /]*+>")
_COMMENT_END = re.compile(r"--!?>")
_SCRIPT = re.compile(r"<!--|-->|<(/?)script(?=[\t\n\f\r />])", re.IGNORECASE)
_RAW = {"title", "textarea", "style", "xmp", "iframe", "noembed", "noframes", "noscript"}
_RAW_ENDS = {name: re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE) for name in _RAW}
_MOST_TAGS = 200_000
_MOST_ATTRIBUTES = 10_000


@dataclass(frozen=True)
class Token:
    """A start tag, an end tag (`/name`), or text that is not blank (no name), with its place in characters."""

    name: str
    start: int
    end: int
    attributes: tuple[tuple[str, int, int], ...] = ()
    """Lower-case name and the place of the value, without quotes."""

    def get(self, characters: Characters, name: str, codec: str = "") -> str | None:
        """Return an attribute's value; of two with one name the first counts, as in a browser."""
        for key, start, end in self.attributes:
            if key == name:
                return html.unescape(characters.decoded(start, end, codec))
        return None


def tokens(characters: Characters, *, xml: bool = False) -> Iterator[Token]:
    """Yield tags and non-blank text; in XML, `<script/>` has no content. Raises DamagedError where the page is cut."""
    text = characters.text
    at = count = 0
    while at < len(text):
        opening = text.find("<", at)
        opening = len(text) if opening < 0 else opening
        if text[at:opening].strip():
            yield Token("", at, opening)
        if opening == len(text):
            return
        count += 1
        if count > _MOST_TAGS:
            raise TooLargeError.because("HTML 标签过多", "too many HTML tags")
        token, at = _markup(characters, opening)
        if token is None:
            continue
        yield token
        if token.name == "plaintext":
            return
        if not (xml and text.endswith("/>", 0, at)):
            at = _behind_raw_text(characters, token, at)


def _markup(characters: Characters, at: int) -> tuple[Token | None, int]:
    """Return what `<` begins here, or nothing for a comment or declaration, and where reading goes on."""
    text = characters.text
    following = text[at + 1 : at + 2]
    if text.startswith("<!--", at):
        return None, _comment_end(characters, at)
    if following in {"!", "?"}:
        return None, _found_end(characters, text.find(">", at)) + 1
    closing = following == "/"
    name_at = at + 1 + closing
    letter = text[name_at : name_at + 1]
    if letter.isascii() and letter.isalpha():
        return _tag(characters, at, name_at)
    if closing and letter:
        return None, _found_end(characters, text.find(">", at)) + 1
    return Token("", at, at + 1), at + 1


def _tag(characters: Characters, at: int, name_at: int) -> tuple[Token, int]:
    text = characters.text
    name = _NAME.match(text, name_at)
    assert name is not None
    attributes = []
    behind = name.end()
    while (end := _TAG_END.match(text, behind)) is None:
        attribute = _ATTRIBUTE.match(text, behind)
        # A quote that is never closed leaves an attribute whose value does not match: the page ends within the tag.
        if attribute is None or (attribute[2] is None and text[attribute.end() : attribute.end() + 1] in {'"', "'"}):
            raise _unclosed(characters)
        attributes.append((attribute[1].lower(), *_value(attribute)))
        behind = attribute.end()
        if len(attributes) > _MOST_ATTRIBUTES:
            raise TooLargeError.because("HTML 标签的属性过多", "an HTML tag has too many attributes")
    prefix = "/" if name_at > at + 1 else ""
    return Token(prefix + name[0].lower(), at, end.end(), tuple(attributes)), end.end()


def _value(attribute: re.Match[str]) -> tuple[int, int]:
    start, end = attribute.span(2)
    if start < 0:
        return attribute.end(), attribute.end()
    quoted = attribute[2][0] in "\"'"
    return start + quoted, end - quoted


def _behind_raw_text(characters: Characters, token: Token, at: int) -> int:
    """Return where the end tag of a script, title, style and so on begins: what is between is text."""
    if token.name == "script":
        return _script_end(characters, at)
    if token.name in _RAW_ENDS:
        end = _RAW_ENDS[token.name].search(characters.text, at)
        return _found_end(characters, end.start() if end else -1)
    return at


def _script_end(characters: Characters, at: int) -> int:
    """Follow the comment-like escapes within scripts, in which `</script>` may stand without ending the script."""
    escaped = doubly = False
    for mark in _SCRIPT.finditer(characters.text, at):
        if mark[0] == "<!--":
            escaped = True
        elif mark[0] == "-->":
            escaped = doubly = False
        elif mark[1]:
            if not doubly:
                return mark.start()
            doubly = False
        elif escaped:
            doubly = True
    raise _unclosed(characters)


def _comment_end(characters: Characters, at: int) -> int:
    text = characters.text
    for abrupt in ("<!-->", "<!--->"):
        if text.startswith(abrupt, at):
            return at + len(abrupt)
    end = _COMMENT_END.search(text, at + 4)
    _found_end(characters, end.start() if end else -1)
    assert end is not None
    return end.end()


def _found_end(characters: Characters, at: int) -> int:
    if at < 0:
        raise _unclosed(characters)
    return at


def _unclosed(characters: Characters) -> DamagedError | TooLargeError:
    if not characters.whole:
        return TooLargeError.because("HTML 的 head 过长", "the head of the HTML page is too long")
    return DamagedError.because("HTML 在标签、注释或脚本中间结束", "the HTML page ends within a tag, comment or script")
