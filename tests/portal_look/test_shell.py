"""The shell around every page: faces, languages, landmarks, and nothing that a strict policy would refuse."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.utils.safestring import SafeString

from guiju.portal import look
from guiju.portal.look.components import Tag
from guiju.portal.look.language import LanguageFromAddress, in_language
from tests.portal_look.reading import Element, read

ROOM = Path(look.__file__).parent
LARGEST_STYLE = 27_000


def page(lang: str, query: str = "") -> Element:
    response = Client().get(f"/look/?lang={lang}{query}")
    assert response.status_code == 200
    return read(response.content.decode())


@pytest.mark.parametrize(("code", "said"), [("zh-hans", "zh-Hans"), ("en", "en")])
def test_a_page_names_its_language(code: str, said: str) -> None:
    assert page(code).one("html").get("lang") == said


def test_the_skip_link_comes_first_and_leads_to_the_content(lang: str) -> None:
    whole = page(lang)
    first = next(one for one in whole.one("body").walk() if one.name in ("a", "button", "input"))
    assert first.get("href") == "#main"
    assert whole.one("main").get("id") == "main"


def test_each_landmark_stands_once_and_every_menu_has_a_name_of_its_own(lang: str) -> None:
    whole = page(lang)
    for name in ("header", "main", "footer", "h1"):
        whole.one(name)
    names = [one.get("aria-label") for one in whole.all("nav")]
    assert all(names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("face", "zh", "en"),
    [
        ("public", "公众", "Public"),
        ("organisation", "企业与机构", "Organisation"),
        ("authority", "主管机关", "Authority"),
    ],
)
def test_the_face_is_said_in_words(face: str, zh: str, en: str) -> None:
    for lang, words in (("zh-hans", zh), ("en", en)):
        assert page(lang, f"&face={face}").one(class_="gj-header__face").text.startswith(words)


def test_the_provisions_of_a_page_stand_in_its_footer() -> None:
    assert "mail4:66.1" in page("en").one("footer").text


def test_the_switch_keeps_the_page_and_its_query() -> None:
    nav = page("en", "&q=a%26b&face=authority").one("nav", class_="gj-languages")
    assert nav.one("span").get("lang") == "en"
    assert nav.one("a").get("href") == "/look/?q=a%26b&face=authority&lang=zh-hans"
    assert nav.one("a").get("lang") == "zh-hans"


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/a/", "/a/?lang=en"),
        ("/a/?lang=zh-hans", "/a/?lang=en"),
        ("/a/?x=1&x=2&y=", "/a/?x=1&x=2&y=&lang=en"),
        ("/名/?q=%E8%A7%84", "/名/?q=%E8%A7%84&lang=en"),
        ("//evil.example/a", "/a?lang=en"),
    ],
)
def test_another_language_changes_nothing_else_in_the_address(path: str, wanted: str) -> None:
    assert in_language(path, "en") == wanted


def test_the_chosen_language_is_remembered() -> None:
    client = Client()
    assert 'lang="zh-Hans"' in client.get("/look/").content.decode()
    client.get("/look/?lang=en")
    assert 'lang="en"' in client.get("/look/").content.decode()
    assert client.cookies["django_language"]["httponly"]
    assert client.cookies["django_language"]["samesite"] == "Lax"


def test_a_language_that_is_not_spoken_changes_nothing() -> None:
    client = Client()
    for wanted in ("fr", "", '"><script>', "en\r\nX: y"):
        response = client.get("/look/", {"lang": wanted})
        assert 'lang="zh-Hans"' in response.content.decode()
        assert not client.cookies


def test_the_answer_passes_through_unchanged_where_no_language_is_asked_for() -> None:
    answer = HttpResponse("x")
    assert LanguageFromAddress(lambda _: answer)(RequestFactory().get("/a/")) is answer


def test_the_gallery_is_shown_only_in_a_demo() -> None:
    with override_settings(DEBUG=False, CONFIGURATION=None):
        assert Client().get("/look/").status_code == 404


def test_nothing_is_inline(lang: str) -> None:
    for one in page(lang).walk():
        assert one.name != "style"
        assert one.name != "script" or (one.get("src").startswith("/static/") and not one.text)
        assert not [name for name in one.attributes if name == "style" or name.startswith("on")]
        assert not one.get("href").startswith("javascript:")


def test_no_template_trusts_text_or_holds_style() -> None:
    for path in ROOM.rglob("templates/**/*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"\|safe|autoescape off|\sstyle=|<style|\son\w+=", text), path.name


def test_every_file_that_a_page_names_is_there(lang: str) -> None:
    named = {one.get(name) for one in page(lang).walk() for name in ("href", "src") if "static" in one.get(name)}
    assert len(named) >= 3
    for address in named:
        assert finders.find(address.removeprefix("/static/")), address


def test_the_style_is_one_small_file_that_asks_nobody() -> None:
    style = (ROOM / "static/look/look.css").read_text("utf-8")
    assert len(style.encode()) < LARGEST_STYLE
    assert "url(" not in style
    assert "@import" not in style
    assert "@font-face" not in style


def test_every_style_of_the_portal_has_a_use() -> None:
    portal = ROOM.parent
    written = " ".join(path.read_text("utf-8") for path in portal.rglob("static/**/*.css"))
    styled = set(re.findall(r"\.(gj-[\w-]+)", re.sub(r"/\*.*?\*/", "", written, flags=re.DOTALL)))
    texts = [path.read_text("utf-8") for ending in ("html", "py") for path in portal.rglob(f"*.{ending}")]
    used = set(re.findall(r"\bgj-[\w-]+", " ".join(texts)))
    stems = {one for one in used if one.endswith("-")}
    assert {one for one in styled - used if not one.startswith(tuple(stems))} == set()


def test_the_vendored_script_is_the_one_that_is_recorded() -> None:
    folder = ROOM / "static/look"
    script = next(folder.glob("htmx-*.min.js"))
    assert hashlib.sha256(script.read_bytes()).hexdigest() in (folder / "README.md").read_text("utf-8")
    assert script.name in (ROOM / "templates/look/base.html").read_text("utf-8")
    assert f'version:"{script.name.split("-")[1].removesuffix(".min.js")}"' in script.read_text("utf-8")


def test_a_text_that_was_escaped_before_is_not_escaped_twice() -> None:
    assert "<b>x</b>" in str(Tag(text=SafeString("<b>x</b>")))
    assert "&lt;b&gt;" in str(Tag(text="<b>x</b>"))
