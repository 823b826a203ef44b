"""HTML and XHTML: the label is `<meta name="AIGC" content="…">` in the head (no guide seen; common practice, U)."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cached_property
from html import escape

from guiju.label.errors import DamagedError, RefusedError, TooLargeError
from guiju.label.fields import WRAPPER, Label
from guiju.label.formats.documents.charset import Characters, characters
from guiju.label.formats.documents.htmltokens import Token, tokens
from guiju.label.formats.slots import assert_only_label, candidate, is_named
from guiju.label.formats.takeover import planned
from guiju.label.found import Contents, Found
from guiju.label.source import Limits, Source
from guiju.label.splice import Edit, Plan

_IN_HEAD = {"base", "basefont", "bgsound", "link", "meta", "title", "style", "script", "template", "noscript"}
_NAMES = ("name", "property", "itemprop", "http-equiv")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([^\s;\"'>]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(r"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)[\"']")
_DOCTYPE = re.compile(r"<!doctype[^>]*", re.IGNORECASE)
_XHTML = re.compile(r"\s*+(?:<\?xml\s|<!doctype[^>]*XHTML)", re.IGNORECASE)
_SHIFTED = ("iso2022", "hz", "utf-7")
"""Encodings in which plain ASCII bytes may be parts of other characters."""
_MOST_METAS = 20_000
_WEB_CODECS = (*_SHIFTED, "utf-8", "ascii", "gb", "big5", "iso8859", "cp", "koi8", "euc", "shift", "mac")


@dataclass(frozen=True)
class _Meta:
    token: Token
    found: Found
    in_head: bool


@dataclass(frozen=True)
class _Page:
    """What matters of a page: its encoding, metas that may be labels, and where a new one goes."""

    characters: Characters
    codec: str
    xhtml: bool
    metas: tuple[_Meta, ...]
    head: Token | None
    charset: Token | None
    content_at: int
    has_head_content: bool


def contents(source: Source) -> Contents:
    """Return the labels in the page's meta elements, those in the head first; see `Format.contents`.

    Of a page larger than one block only the first block is read, in which the head must end.
    """
    metas = sorted(_page(source).metas, key=lambda meta: (not meta.found.named, not meta.in_head))
    return Contents(tuple(meta.found for meta in metas))


def plan(source: Source, label: Label) -> Plan:
    """Put the label into the head, behind what declares the encoding; see `Format.plan`."""
    page = _page(source)
    _assert_writable(page)
    kept = next((meta for meta in page.metas if meta.in_head and meta.found.named and _is_behind(meta, page)), None)
    edits = []
    for meta in page.metas:
        if meta is not kept:
            assert_only_label(meta.found)
            edits.append(_replaced(page, meta.token.start, meta.token.end, ""))
    element = f'<meta name="{WRAPPER}" content="{escape(label.bare())}"{" /" if page.xhtml else ""}>'
    if kept is not None:
        edits.append(_replaced(page, kept.token.start, kept.token.end, element))
    else:
        at, text = _insertion(page, element)
        edits.insert(0, _replaced(page, at, at, text))  # before what may be removed at the same place
    return planned(source.size, edits)


def _replaced(page: _Page, start: int, end: int, text: str) -> Edit:
    offset = page.characters.offset(start)
    return Edit(offset, page.characters.offset(end) - offset, page.characters.encoded(text))


def _is_behind(meta: _Meta, page: _Page) -> bool:
    return page.charset is None or meta.token.start > page.charset.start


def _assert_writable(page: _Page) -> None:
    if page.codec.startswith(_SHIFTED):
        raise RefusedError.because(
            "charset", f"无法安全改写 {page.codec} 编码的网页", f"a page in {page.codec} cannot be changed safely"
        )
    doctype = _DOCTYPE.search(page.characters.text, 0, page.content_at)
    if doctype and "[" in doctype[0]:
        raise RefusedError.because(
            "doctype_subset", "网页的 DOCTYPE 带内部子集", "the page's DOCTYPE has an internal subset"
        )
    if page.xhtml and page.head is None:
        raise RefusedError.because("no_head", "XHTML 网页没有 head 元素", "the XHTML page has no head element")


def _insertion(page: _Page, element: str) -> tuple[int, str]:
    """Return where the new element goes and its text, on a line of its own where its neighbour stands on one."""
    text = page.characters.text
    before = page.charset or page.head
    if before is None:
        return page.content_at, element if page.has_head_content else f"<head>{element}</head>"
    newline = re.compile(r"\r?\n").match(text, before.end)
    line = text.rfind("\n", 0, before.start) + 1
    indent = text[line : before.start]
    if newline is None:
        return before.end, element
    return before.end, newline[0] + ("" if indent.strip(" \t") else indent) + element


def _page(source: Source) -> _Page:
    """Read the head and, where the word occurs in it, the rest of the page.

    Raises DamagedError where the page is empty or ends within a tag, TooLargeError where the head does not end.
    """
    if source.size == 0:
        raise DamagedError.because("文件为空", "the file is empty")
    chars = characters(source, source.limits.block)
    reading = _Reading(chars, source.limits)
    for token in tokens(chars, xml=reading.xhtml):
        reading.take(token)
        if reading.behind_head and token.end > reading.last_word:
            break
    else:
        if not chars.whole and not reading.behind_head:
            raise TooLargeError.because("HTML 的 head 过长", "the head of the HTML page is too long")
    return reading.page()


class _Reading:
    """Goes through the tags in order and knows where the head begins and ends, also where no tag says so."""

    def __init__(self, chars: Characters, limits: Limits) -> None:
        self.chars = chars
        self.limits = limits
        declared = _XML_ENCODING.match(chars.text)
        self.codec = chars.codec or (_codec(declared[1]) if declared else "")
        self.xhtml = _XHTML.match(chars.text) is not None
        self.head: Token | None = None
        self.charset: Token | None = None
        self.behind_head = False
        self.content_at: int | None = None
        self.has_head_content = False
        self.metas: list[Token] = []
        self.head_ends = len(chars.text)
        self._templates = 0

    @cached_property
    def last_word(self) -> int:
        """Where the name of the label stands last in the text: behind that, no meta matters."""
        return self.chars.text.lower().rfind(WRAPPER.lower())

    def take(self, token: Token) -> None:
        """Take the next tag or text into account."""
        if token.name == "html" and self.content_at is None:
            self.xhtml = self.xhtml or "/1999/xhtml" in (token.get(self.chars, "xmlns") or "")
            return
        if token.name == "head" and self.head is None and self.content_at is None:
            self.head, self.content_at = token, token.end
            return
        if self.content_at is None:
            if token.name.startswith("/"):
                return
            self.content_at = token.start
            self.has_head_content = token.name in _IN_HEAD
        if token.name == "template":
            self._templates += 1
        elif token.name == "/template":
            self._templates = max(0, self._templates - 1)
        elif self._templates:
            return
        elif not self.behind_head and token.name.removeprefix("/") not in _IN_HEAD:
            self.behind_head, self.head_ends = True, token.start
        if token.name == "meta":
            self._meta(token)

    def _meta(self, token: Token) -> None:
        self.metas.append(token)
        if len(self.metas) > _MOST_METAS:
            raise TooLargeError.because("HTML 的 meta 元素过多", "the HTML page has too many meta elements")
        if self.charset is None and not self.behind_head:
            content = token.get(self.chars, "content") if token.get(self.chars, "http-equiv") else ""
            in_content = _CHARSET.search(content or "")
            charset = token.get(self.chars, "charset") or (in_content[1] if in_content else "")
            if charset:
                self.charset = token
                self.codec = self.codec or _codec(charset)

    def page(self) -> _Page:
        """Return what was found."""
        at = self.content_at if self.content_at is not None else len(self.chars.text)
        return _Page(
            self.chars,
            self.codec,
            self.xhtml,
            tuple(meta for token in self.metas if (meta := self._labelled(token)) is not None),
            self.head,
            self.charset,
            at,
            self.has_head_content,
        )

    def _labelled(self, token: Token) -> _Meta | None:
        text = token.get(self.chars, "content", self.codec)
        names = [value for name in _NAMES if (value := token.get(self.chars, name, self.codec)) is not None]
        if text is None or not names:
            return None
        name = next((name for name in names if is_named(name)), names[0])
        found = candidate("html:meta", name, text, self.limits)
        return _Meta(token, found, token.start < self.head_ends) if found else None


def _codec(name: str) -> str:
    """Return a declared encoding in the form Python knows, GBK read as its superset as browsers do; else nothing."""
    name = name.strip().lower()
    if name in {"gb2312", "gbk", "gb_2312-80", "x-gbk"}:
        return "gb18030"
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return known if known.startswith(_WEB_CODECS) else ""
