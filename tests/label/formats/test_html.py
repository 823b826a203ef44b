"""HTML: the label is a meta element in the head; nothing that only looks like a head or a meta counts."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.label.errors import DamagedError, RefusedError, TooLargeError
from guiju.label.formats.documents import html
from guiju.label.source import Limits, Source
from tests.label.formats.build_audio import LABEL, OTHER, fed, found, labelled

BARE = LABEL.bare()
OURS = [("html:meta", BARE)]
META = f'<meta name="AIGC" content="{escape(BARE)}">'
OLD = f'<meta name="AIGC" content="{escape(OTHER.bare())}">'
PAGE = """<!DOCTYPE html>
<html lang="zh">
<head>
  <meta charset="utf-8">
  <title>页面</title>
</head>
<body>内容</body>
</html>
"""


class _Metas(HTMLParser):
    """Another reader: the parser of the standard library."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "meta" and ("name", "AIGC") in attrs:
            self.seen.append(dict(attrs)["content"])


def metas(text: str) -> list[str | None]:
    parser = _Metas()
    parser.feed(text)
    return parser.seen


def written(page: str, codec: str = "utf-8") -> str:
    return labelled(page.encode(codec), "html").decode(codec)


def test_the_label_stands_behind_the_charset_on_a_line_of_its_own() -> None:
    after = written(PAGE)
    assert after == PAGE.replace('<meta charset="utf-8">\n', f'<meta charset="utf-8">\n  {META}\n')
    assert metas(after) == [BARE]
    assert found(after.encode(), "html") == OURS
    assert written(after) == after


def test_without_a_label_nothing_is_found() -> None:
    assert found(PAGE.encode(), "html") == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<head><title>x</title></head>", "<head>@<title>x</title></head>"),
        ("<head>\r\n<title>x</title>", "<head>\r\n@\r\n<title>x</title>"),
        ("<HTML><HEAD LANG=zh>\n<TITLE>x</TITLE>", "<HTML><HEAD LANG=zh>\n@\n<TITLE>x</TITLE>"),
        (
            "<head><meta http-equiv=Content-Type content='text/html; charset=gbk'><title>x",
            None,
        ),
        (
            "<head><title>x</title><meta http-equiv=Content-Type content='text/html; charset=utf-8'></head>",
            "<head><title>x</title><meta http-equiv=Content-Type content='text/html; charset=utf-8'>@</head>",
        ),
        ("<!doctype html>\n<title>x</title>\n<p>y", "<!doctype html>\n@<title>x</title>\n<p>y"),
        ("<meta charset=utf-8><title>x</title><p>y", "<meta charset=utf-8>@<title>x</title><p>y"),
        ("<html>\n<body>y</body></html>", "<html>\n<head>@</head><body>y</body></html>"),
        ("<p>only a fragment</p>", "<head>@</head><p>only a fragment</p>"),
        ("<!--><head x>-->", "<!--><head x>@-->"),
        ("<!---><title>x</title>", "<!--->@<title>x</title>"),
        ("only words", "<head>@</head>only words"),
        ("<!doctype html><html></html>", "<!doctype html><html></html><head>@</head>"),
        ("<html></body><head></head>", "<html></body><head>@</head>"),
    ],
)
def test_where_the_label_goes(before: str, after: str | None) -> None:
    if after is None:
        with pytest.raises(DamagedError):
            written(before)
        return
    result = written(before)
    assert result == after.replace("@", META)
    assert found(result.encode(), "html") == OURS
    assert written(result) == result


FOOLS = [
    "<!-- <head><meta name=AIGC content='{}'> -->",
    "<!-- a --!>",
    "<?php <head ?>",
    '<script>var a = \'<head><meta name="AIGC" content="{}">\';</script>',
    "<script><!-- <script></script><meta name=AIGC content='{}'></script> --></script>",
    '<script><!-- --><script>"</script>',
    "<style>/* <head> <meta name=AIGC content='{}'> */</style>",
    "<title><head><meta name=AIGC content='{}'></title>",
    "<noscript><meta name=AIGC content='{}'></noscript>",
    "<template><template></template><meta name=AIGC content='{}'></template>",
    "<link title=\"<head><meta name='AIGC' content='{}'>\" rel=x>",
    "<meta name=description content='AIGC in a text'>",
    "<meta name=keywords content='{AIGC}'><meta name=AIGC><meta content='AIGC'>",
    '<meta name="x" name="AIGC" content=\'{}\'>',
]


@pytest.mark.parametrize("fool", FOOLS)
def test_what_only_looks_like_a_head_or_a_label_does_not_fool(fool: str) -> None:
    before_html = fool if fool.startswith("<!-") else ""
    page = f"<!doctype html>{before_html}<html><head>{fool}<title>x</title></head><body>y</body></html>"
    assert found(page.encode(), "html") == []
    after = written(page)
    assert after == page.replace("<html><head>", f"<html><head>{META}", 1)
    assert found(after.encode(), "html") == OURS


@pytest.mark.parametrize(
    "meta",
    [
        META,
        f"<meta content='{BARE}' name='AIGC'/>",
        f"<META NAME=aigc CONTENT='{BARE}'>",
        f"<meta\n\tname = AIGC\n\tcontent = '{BARE}' >",
        f'<meta property="AIGC" content="{escape(BARE)}" >',
        '<meta name="AIGC" content="' + "".join(f"&#{ord(char)};" for char in BARE) + '">',
        '<meta name="&#65;IGC" content="' + BARE.replace('"', "&#x22;") + '">',
    ],
)
def test_every_way_to_write_the_element_is_read_and_replaced(meta: str) -> None:
    page = f"<html><head><meta charset=utf-8><title>x</title>{meta}<link rel=y></head></html>"
    assert found(page.encode(), "html") == OURS
    assert written(page) == page.replace(meta, META)


def test_several_labels_become_one() -> None:
    page = f"<html><head>{OLD}<meta charset=utf-8>{OLD}{OLD}</head><body>{OLD}</body></html>"
    assert len(found(page.encode(), "html")) == 4
    assert written(page) == f"<html><head><meta charset=utf-8>{META}</head><body></body></html>"


def test_a_label_under_another_name_is_taken_over() -> None:
    other = f"<meta name=description content='{LABEL.wrapped()}'>"
    page = f"<html><head>{other}</head></html>"
    assert found(page.encode(), "html") == [("html:meta", LABEL.wrapped())]
    assert written(page) == f"<html><head>{META}</head></html>"


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "gbk", "gb18030", "big5", "shift_jis"])
def test_encodings_stay(codec: str) -> None:
    charset = "utf-8" if codec.startswith("utf") else codec
    page = PAGE.replace("utf-8", charset).replace("页面", "標題𠮷" if codec.startswith(("utf", "gb1")) else "標題")
    page = page.replace("内容", "文章\u3000")
    before = page.encode(codec)
    after = labelled(before, "html")
    assert after.decode(codec) == page.replace('">\n  <title', f'">\n  {META}\n  <title')
    assert found(after, "html") == OURS
    assert labelled(after, "html") == after
    assert after[:2] == before[:2]


def test_a_label_with_chinese_in_gbk_is_read_as_such() -> None:
    text = '{"Label":"1","ContentProducer":"规矩公司"}'
    page = f"<html><head><meta charset=gb2312><meta name=AIGC content='{text}'></head></html>"
    assert found(page.encode("gbk"), "html") == [("html:meta", text)]


XHTML = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n'
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><script src="a.js"/><title>x</title></head><body/></html>'
)


def test_xhtml_stays_well_formed() -> None:
    from xml.etree import ElementTree as ET

    after = written(XHTML)
    root = ET.fromstring(after.encode())
    (meta,) = root.iter("{http://www.w3.org/1999/xhtml}meta")
    assert meta.attrib == {"name": "AIGC", "content": BARE}
    assert written(after) == after


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (XHTML.replace("<head>", "").replace("</head>", ""), "no_head"),
        ("<!DOCTYPE html [<!ENTITY a 'b'>]><html><head></head></html>", "doctype_subset"),
        ("<html><head><meta charset=iso-2022-jp></head></html>", "charset"),
    ],
)
def test_what_cannot_be_written_safely_is_refused(page: str, code: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        written(page)
    assert refusal.value.code == code
    assert refusal.value.text("zh") != refusal.value.text("en")


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"<html><head><title>x",
        b"<html><head><!-- x",
        b"<html><head><script>x",
        b"<html><head><meta name='AIGC",
        b'<html><head><meta name="AIGC" content="{',
        b"<html><head><meta",
        b"<html><head></hea",
        "<html><head></head>".encode("utf-16") + b"<",
        "<html>".encode("utf-32"),
    ],
)
def test_a_page_that_ends_too_early_is_damage_not_absence(page: bytes) -> None:
    with pytest.raises(DamagedError):
        found(page, "html")


def test_of_a_large_page_only_the_first_block_is_read() -> None:
    page = PAGE.replace("内容", "x" * 100_000).encode()
    source = Source.of_bytes(page, Limits(block=1000, total=3000))
    plan = html.plan(source, LABEL)
    after = b"".join(plan.blocks(source))
    assert after == labelled(page, "html")
    assert [one.text for one in html.contents(Source.of_bytes(after, Limits(block=2000, total=2000))).found] == [BARE]


@pytest.mark.parametrize(
    "head", ["<title>" + "x" * 5000, "<link>" * 1000, "<!--" + "x" * 5000, "<link a='" + "x" * 5000]
)
def test_a_head_without_end_is_too_large(head: str) -> None:
    source = Source.of_bytes(f"<html><head>{head}".encode(), Limits(block=2000))
    with pytest.raises(TooLargeError):
        html.contents(source)


def test_everything_behind_plaintext_is_text() -> None:
    assert found(f"<html><body><plaintext>{META}".encode(), "html") == []


def test_hostile_pages_take_no_time() -> None:
    for part in (
        "<",
        "<a ",
        "<!",
        "<!--",
        "</",
        "<a b='",
        "<meta AIGC ",
        "<script>",
        "a=b ",
        "<template>",
        "AIGC<i>",
        "/ ",
    ):
        data = b"<html><head>" + part.encode() * 20_000
        assert fed(lambda changed: found(changed, "html"), data, mutations=1, step=len(data))


TEXTS = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<meta charset=utf-8>",
            "<title>t</title>",
            "<head>",
            "</head>",
            "<body>",
            "w",
            "<!--c-->",
            "<html>",
            "\n",
            "<!doctype html>",
            "<script>s</script>",
            OLD,
            "<link>",
        ]
    ),
    max_size=12,
)


@given(TEXTS)
def test_whatever_the_page_is_made_of_it_ends_with_one_label(parts: list[str]) -> None:
    page = "".join(parts) or "x"
    after = written(page)
    assert found(after.encode(), "html") == OURS
    assert metas(after) == [BARE]
    assert written(after) == after
    assert (
        after.replace(META, "").replace("<head></head>", "").split()
        == page.replace(OLD, "").replace("<head></head>", "").split()
    )


def test_cut_and_changed_files_give_an_error_or_a_result() -> None:
    data = labelled(PAGE.encode(), "html")
    codes = fed(lambda changed: (found(changed, "html"), labelled(changed, "html")), data)
    assert {"", "damaged"} <= codes
    data = labelled(PAGE.encode("utf-16"), "html")
    assert {"", "damaged"} <= fed(lambda changed: (found(changed, "html"), labelled(changed, "html")), data)
