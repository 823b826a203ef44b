"""The law reader: every provision can be read and linked, in both languages, with the texts imported or without."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client

import guiju
from guiju.engine.rulebook import load_rulebooks
from guiju.law.address import Address
from guiju.law.importing.batch import import_files
from guiju.law.provisions import Text
from guiju.law.store import DATA_VARIABLE, TextStore
from guiju.portal.faces.provisions import anchor, reading_place
from guiju.portal.reader import citing
from guiju.portal.reader.search import search
from guiju.portal.reader.texts import texts
from tests.portal.reading import CHINESE, Page, read

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
ROOM = Path(guiju.__file__).parent / "portal"
BOOKS = load_rulebooks()
ARTICLES = [(book.key, number) for book in BOOKS.books for number in range(1, book.articles + 1)]
ADDRESS = re.compile(rf"\b(?:{'|'.join(book.key for book in BOOKS.books)}):\d+(?:\.\d+){{0,2}}")
pytestmark = pytest.mark.usefixtures("tables")


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the published texts."""
    files = sorted(SEEDS.glob("*.txt"))
    if not files:
        pytest.skip("the published texts are not kept in the repository; put them in ../shared/seeds")
    folder = tmp_path_factory.mktemp("data")
    import_files(files, TextStore(folder))
    return folder


@pytest.fixture(autouse=True)
def no_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "empty"))


@pytest.fixture
def with_texts(imported: Path, no_texts: None, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: ARG001
    monkeypatch.setenv(DATA_VARIABLE, str(imported))
    return imported


def every_article(client: Client, lang: str) -> Iterator[tuple[str, int, Page]]:
    for law, number in ARTICLES:
        response = client.get(f"/law/{law}/{number}/", {"lang": lang})
        assert response.status_code == 200, (law, number)
        yield law, number, read(response.content)


def written_addresses() -> set[str]:
    """Every address that stands anywhere in the data of the program."""
    files = Path(guiju.__file__).parent.glob("**/*.yaml")
    return {found for path in files for found in ADDRESS.findall(path.read_text("utf-8"))}


# ---- Every provision


def test_without_texts_every_cited_address_is_a_place_on_the_page_of_its_article(client: Client) -> None:
    ids = {f"{law}/{number}": page.ids for law, number, page in every_article(client, "zh-hans")}
    written = written_addresses()
    assert len(written) > 350
    for text in sorted(written | {str(address) for address in citing.cited_addresses()}):
        address = Address.parse(text)
        assert anchor(address) in ids[f"{address.law}/{address.article}"], text
    for found in ids.values():
        assert [one for one, count in found.items() if count > 1] == []


def test_without_texts_the_english_pages_hold_no_chinese_that_is_not_marked_as_such(client: Client) -> None:
    for law, number, page in every_article(client, "en"):
        unmarked = [words for code, words in page.pieces if code == "en" and CHINESE.search(words)]
        assert unmarked == [], (law, number)
        assert "guiju law import" in page.text


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_with_texts_every_paragraph_and_item_is_shown_at_its_place_in_its_language(
    client: Client, lang: str, with_texts: Path
) -> None:
    held = {(text.law, text.language): text for text in TextStore(with_texts).all() if text.version in ("4.0", "final")}
    for law, number, page in every_article(client, lang):
        for (of, language), text in held.items():
            if of == law:
                shown = "".join(page.words_in(language).split())
                for address in (one for one in text.addresses() if one.article == number):
                    assert "".join(words_at(text, address).split()) in shown, str(address)
                    assert page.ids[anchor(address)] == 1
        assert "guiju law import" not in page.text


def words_at(text: Text, address: Address) -> str:
    return text.at(address).text  # type: ignore[union-attr]


def test_no_run_of_words_of_the_laws_stands_in_the_files_of_this_room(with_texts: Path) -> None:
    run = 16
    runs = set()
    for text in TextStore(with_texts).all():
        if text.language == "zh":
            for address in text.addresses():
                words = words_at(text, address)
                runs |= {words[at : at + run] for at in range(len(words) - run + 1)}
    for path in (*(ROOM / "reader").rglob("*.*"), *(ROOM / "faces").rglob("*.*")):
        if path.suffix in (".py", ".html", ".yaml"):
            own = path.read_text("utf-8")
            assert [own[at : at + run] for at in range(len(own) - run + 1) if own[at : at + run] in runs] == [], path


# ---- One article


def test_an_article_says_who_must_do_what_by_when_with_which_exceptions_and_consequences(client: Client) -> None:
    page = read(client.get("/law/mail4/66/?lang=en").content)
    for words in (
        "Article 66, Model AI Law",
        "10 working days from: registered users passed one million",
        "provider",
        "national AI authority",
        "more than 1,000,000 accounts",
        "Is the system on the AI negative list?",
        "Article 110, paragraph 1",
        "Article 99, paragraph 1",
        "With which tier does a service with exactly one million registered users file?",
        "stands by default",
        "mail4/ch4_s3_filing.yaml",
        "Who refers to this article",
        "《人工智能示范法》第六十六条",
    ):
        assert words in page.text, words
    for place in ("/procedures/mail4/filing/", "/law/mail4/65/", "/law/mail4/67/", "/law/mail4/99/#mail4-99-1"):
        assert place in page.links, place


def test_the_first_and_the_last_article_have_one_neighbour(client: Client) -> None:
    first, last = (read(client.get(f"/law/mail4/{number}/").content).links for number in (1, 114))
    assert "/law/mail4/2/" in first
    assert not any(link.startswith("/law/mail4/0") for link in first)
    assert "/law/mail4/113/" in last
    assert "/law/mail4/115/" not in last


@pytest.mark.parametrize("path", ["mail4/115/", "mail4/0/", "cat/1/", "genai/25/", "mail4/" + "9" * 50 + "/"])
def test_what_does_not_exist_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/law/{path}").status_code == 404


def test_the_chinese_text_is_marked_authoritative(client: Client, with_texts: Path) -> None:  # noqa: ARG001
    page = read(client.get("/law/mail4/66/?lang=en").content)
    assert "Chinese · authoritative" in page.text
    assert "Where the two languages differ" in page.text
    draft = read(client.get("/law/genai/17/?lang=en").content)
    assert "Compared with the draft" in draft.text


def test_texts_imported_while_the_site_runs_are_shown_with_the_next_page(
    client: Client, imported: Path, tmp_path: Path
) -> None:
    assert "guiju law import" in client.get("/law/genai/1/").content.decode()
    for text in TextStore(imported).all():
        TextStore(tmp_path / "empty").save(text)
    assert "guiju law import" not in client.get("/law/genai/1/").content.decode()


def test_a_damaged_text_leaves_the_gists(client: Client, tmp_path: Path) -> None:
    folder = tmp_path / "empty" / "laws"
    folder.mkdir(parents=True)
    (folder / "mail4.zh.4.0.json").write_text("{")
    assert client.get("/law/mail4/66/").status_code == 200


# ---- The contents, the terms, the search


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_the_contents_lead_to_every_article(client: Client, lang: str) -> None:
    links = read(client.get("/law/", {"lang": lang}).content).links
    assert {f"/law/{law}/{number}/" for law, number in ARTICLES} <= set(links)


def test_what_is_in_force_and_what_is_not_is_said(client: Client) -> None:
    text = read(client.get("/law/?lang=en").content).text
    assert "in force since 2023-08-15" in text
    assert "it has no legal force" in text


def test_the_terms_are_those_that_the_laws_define(client: Client) -> None:
    page = read(client.get("/law/terms/?lang=en").content)
    defined = [norm for norm in BOOKS.norms if norm.kind == "definition"]
    assert {reading_place(norm.address) for norm in defined} <= set(page.links)


@pytest.mark.parametrize(
    "asked",
    [
        "66.1",
        "mail4:66.1",
        "第六十六条第一款",
        "示范法第六十六条第一款",
        "Article 66, paragraph 1",
        "Art. 66(1)",
        "６６.１",
    ],
)
def test_an_address_or_citation_leads_to_its_provision(client: Client, asked: str) -> None:
    page = read(client.get("/law/", {"q": asked, "lang": "en"}).content)
    assert "You named this provision:" in page.text
    assert "/law/mail4/66/#mail4-66-1" in page.links


def test_a_number_that_both_laws_have_names_both_and_one_that_none_has_names_none(client: Client) -> None:
    both = read(client.get("/law/", {"q": "7"}).content).links
    assert {"/law/mail4/7/#mail4-7", "/law/genai/7/#genai-7"} <= set(both)
    assert "/law/genai/7/#genai-7" not in read(client.get("/law/", {"q": "7", "law": "mail4"}).content).links
    assert "Nothing found" in read(client.get("/law/", {"q": "999", "lang": "en"}).content).text


def test_words_are_found_in_gists_of_either_language_and_marked(client: Client) -> None:
    for asked in ("NEGATIVE list", "负面清单"):
        html = client.get("/law/", {"q": asked}).content.decode()
        assert f"<mark>{asked.lower() if asked.isascii() else asked}</mark>" in html


def test_words_are_found_in_the_imported_texts(with_texts: Path) -> None:
    text = TextStore(with_texts).find("mail4", "en")
    assert text is not None
    address = Address("mail4", 66, 1)
    words = words_at(text, address)[20:60]
    assert [hit.link.address for hit in search(words, texts()).hits] == [str(address)]


HOSTILE = [
    "<script>alert(1)</script>", "' OR 1=1 --", "%00", "\x00", "{{ 7*7 }}", "{% load x %}", "../../etc/passwd",
    "a" * 5000, "第第第条", "mail4:", "mail4:99999999999999999999.1", "(((((", "\\", "İİİ", "ﷺ", "𠮷", "\u202e66", "-1",
    "1.1.1.1", " ", "条",
]  # fmt: skip


@pytest.mark.parametrize("asked", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_that_is_asked_breaks_the_search_or_stands_on_the_page_as_markup(client: Client, asked: str) -> None:
    response = client.get("/law/?q=" + quote(asked, safe=""))
    assert response.status_code == 200
    assert b"<script>alert" not in response.content
    assert client.get("/law/checks/", {"code": asked, "law": asked}).status_code == 200


def test_no_page_asks_the_database_much(client: Client, django_queries: Callable[[], list[str]]) -> None:
    for path in ("/law/", "/law/?q=66", "/law/mail4/112/", "/law/terms/", "/law/checks/"):
        before = len(django_queries())
        assert client.get(path).status_code == 200
        assert len(django_queries()) - before <= 15
