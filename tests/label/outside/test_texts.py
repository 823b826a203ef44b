"""Pages and Markdown that we labelled, as lxml and python-frontmatter read them."""

from __future__ import annotations

import pytest

from tests.label.formats.build_audio import LABEL, labelled

html = pytest.importorskip("lxml.html", reason="read in `make outside`")
frontmatter = pytest.importorskip("frontmatter", reason="read in `make outside`")
BARE = LABEL.bare()
PAGES = [
    "<!DOCTYPE html><html><head><meta charset='{}'><title>页面</title></head><body>内容</body></html>",
    "<html><body><p>内容</p></body></html>",
    "<title>页面</title><p>内容",
    "<!-- <head> --><html><head><script>'<head>'</script></head><body>内容</body></html>",
]


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
@pytest.mark.parametrize("page", PAGES)
def test_lxml_reads_the_label_in_the_head(page: str, codec: str) -> None:
    before = page.replace("{}", codec).encode(codec)
    root = html.document_fromstring(labelled(before, "html"), parser=html.HTMLParser(encoding=codec))
    assert root.xpath("/html/head/meta[@name='AIGC']/@content") == [BARE]
    old = html.document_fromstring(before, parser=html.HTMLParser(encoding=codec))
    assert root.xpath("string(//body)") == old.xpath("string(//body)")


@pytest.mark.parametrize("text", ["# 标题\n", "---\ntitle: 标题 # why\ntags: [a]\n---\n\n正文\n", "---\n\n正文\n"])
def test_python_frontmatter_reads_the_label_and_the_same_text(text: str) -> None:
    before, after = frontmatter.loads(text), frontmatter.loads(labelled(text.encode(), "markdown").decode())
    assert after.metadata == {**before.metadata, "AIGC": LABEL.as_dict()}
    assert after.content == before.content
