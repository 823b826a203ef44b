"""Prompts in plain text, Markdown and HTML: where they land, and that every other byte stays."""

from __future__ import annotations

import codecs
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from guiju.label import explicit
from guiju.label.explicit.text import first_and_last, insert

LABEL = "AI生成"
BOTH = ("start", "end")


@pytest.mark.parametrize(
    ("before", "place", "after"),
    [
        ("你好\n世界\n", "start", "AI生成\n\n你好\n世界\n"),
        ("你好\n世界\n", "end", "你好\n世界\n\nAI生成\n"),
        ("你好", "end", "你好\n\nAI生成\n"),
        ("a\r\nb", "start", "AI生成\r\n\r\na\r\nb"),
        ("a\rb\r", "end", "a\rb\r\rAI生成\r"),
    ],
)
def test_plain_text(before: str, place: str, after: str) -> None:
    assert insert(before.encode(), LABEL, (place,), "text").decode() == after


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_stays_first_and_its_encoding_is_kept(mark: bytes, encoding: str) -> None:
    old = mark + "第一行\r\n".encode(encoding)
    new = insert(old, LABEL, ("start",), "text")
    assert new == mark + "AI生成\r\n\r\n第一行\r\n".encode(encoding)
    assert insert(new, LABEL, ("start",), "text") == new


def test_an_encoding_that_cannot_be_told_is_refused_unless_it_is_named() -> None:
    old = "内容".encode("gb18030")
    with pytest.raises(explicit.ExplicitLabelError) as caught:
        insert(old, LABEL, ("start",), "text")
    assert caught.value.code == "encoding"
    assert insert(old, LABEL, ("start",), "text", "gb18030") == "AI生成\n\n内容".encode("gb18030")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_whatever_the_text_its_bytes_stay_and_a_second_time_changes_nothing(text: str) -> None:
    old = text.encode()
    if not old.strip() or old.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return
    new = insert(old, LABEL, BOTH, "text")
    assert old in new
    assert first_and_last(new, "text") == (LABEL, LABEL)
    assert insert(new, LABEL, BOTH, "text") == new


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# T\n", "AI生成\n\n# T\n"),
        ("---\ntitle: x\n---\n# T\n", "---\ntitle: x\n---\nAI生成\n\n# T\n"),
        ("---\r\na: 1\r\n...\r\nb\r\n", "---\r\na: 1\r\n...\r\nAI生成\r\n\r\nb\r\n"),
        ("+++\na = 1\n+++\nb\n", "+++\na = 1\n+++\nAI生成\n\nb\n"),
        ("---\na: 1\n---", "---\na: 1\n---\nAI生成\n\n"),
        ("---\nnot front matter", "AI生成\n\n---\nnot front matter"),
    ],
)
def test_markdown_keeps_its_front_matter_first(before: str, after: str) -> None:
    assert insert(before.encode(), LABEL, ("start",), "markdown").decode() == after


@pytest.mark.parametrize(
    "body",
    [
        "# T\n",
        "text",
        "- a\n- b\n",
        "> quote\n",
        "```py\nx\n```\n",
        "    code\n",
        "T\n===\n",
        "<div>\n</div>\n",
        "1. a\n\n   b",
    ],
)
def test_a_markdown_reader_sees_paragraphs_of_their_own(body: str) -> None:
    new = insert(body.encode(), LABEL, BOTH, "markdown").decode()
    tokens = [token for token in MarkdownIt("commonmark").parse(new) if token.level <= 1]
    assert [token.type for token in tokens[:3]] == ["paragraph_open", "inline", "paragraph_close"]
    assert [token.type for token in tokens[-3:]] == ["paragraph_open", "inline", "paragraph_close"]
    assert (tokens[1].content, tokens[-2].content) == (LABEL, LABEL)
    assert insert(new.encode(), LABEL, BOTH, "markdown").decode() == new


@pytest.mark.parametrize("body", ["```py\nx = 1\n", "~~~~\n~~~\n", "<!-- open\n", "<script>\nx\n", "a\n````\n```\n"])
def test_a_markdown_end_inside_code_or_a_comment_is_refused(body: str) -> None:
    with pytest.raises(explicit.ExplicitLabelError, match="ends inside an open"):
        insert(body.encode(), LABEL, ("end",), "markdown")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '<!DOCTYPE html><html><head><title>t</title></head><body class="a"><h1>T</h1></body></html>',
            '<!DOCTYPE html><html><head><title>t</title></head><body class="a">\n<p role="note">AI生成</p><h1>T</h1>'
            "</body></html>",
        ),
        ("<!doctype html><title>t</title><p>x", '<!doctype html><title>t</title><p role="note">AI生成</p>\n<p>x'),
        ("<p>x</p>", '<p role="note">AI生成</p>\n<p>x</p>'),
        ("words only", '<p role="note">AI生成</p>\nwords only'),
        (
            "<!-- <body> --><html><script>'<body>'</script><body>\r\n<p>x</p></body></html>",
            "<!-- <body> --><html><script>'<body>'</script><body>\r\n"
            '<p role="note">AI生成</p>\r\n<p>x</p></body></html>',
        ),
    ],
)
def test_html_gets_the_first_paragraph_of_its_body(before: str, after: str) -> None:
    assert insert(before.encode(), LABEL, ("start",), "html").decode() == after


def test_html_gets_the_last_paragraph_of_its_body() -> None:
    new = insert(b"<html><body><p>x</p>\n</body></html>", LABEL, ("end",), "html").decode()
    assert new == '<html><body><p>x</p>\n<p role="note">AI生成</p>\n</body></html>'


def test_a_page_in_another_charset_stays_in_it() -> None:
    old = '<html><head><meta charset="gbk"></head><body><p>内容</p></body></html>'.encode("gbk")
    new = insert(old, LABEL, ("start",), "html")
    assert "AI生成" in new.decode("gbk")
    western = b'<html><head><meta charset="iso-8859-1"></head><body><p>caf\xe9</p></body></html>'
    labelled = insert(western, LABEL, ("start",), "html")
    assert b'<p role="note">AI&#29983;&#25104;</p>' in labelled
    assert b"caf\xe9" in labelled
    assert _visible(labelled.decode("cp1252"))[0] == LABEL


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>AI生成</p>",
        '<p style="display: none">AI生成</p>',
        '<div style="VISIBILITY:hidden"><p>AI生成</p></div>',
        "<script>AI生成</script>",
        "<template><p>AI生成</p></template>",
        "<!-- AI生成 -->",
    ],
)
def test_hidden_text_is_no_label(hidden: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<html><body>{hidden}<p>content</p></body></html>", encoding="utf-8")
    assert [finding.ok for finding in explicit.check(page)] == [False]


@pytest.mark.parametrize("kind", ["text", "markdown", "html"])
def test_an_empty_text_has_nothing_to_label(kind: str) -> None:
    with pytest.raises(explicit.ExplicitLabelError, match="empty"):
        insert(b" \n", LABEL, ("start",), kind)


def _visible(page: str) -> list[str]:
    class Reader(HTMLParser):
        seen: list[str]

        def handle_data(self, data: str) -> None:
            self.seen.append(data)

    reader = Reader()
    reader.seen = []
    reader.feed(page)
    return [text.strip() for text in reader.seen if text.strip()]
