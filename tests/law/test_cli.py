"""`guiju law …` as a person meets it."""

import argparse
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

import guiju.engine.rulebook
from guiju.bilingual import Bilingual
from guiju.cli import law
from guiju.law.address import Address
from guiju.law.errors import CitationError, LawError, NoSuchProvision
from guiju.law.provisions import Text
from guiju.law.store import TextStore

Run = Callable[..., tuple[int, str]]


def norm(address: str, **fields: object) -> SimpleNamespace:
    blank = {"kind": "duty", "bearer": None, "when_text": None, "deadline_text": None, "judgement": None}
    gist = Bilingual(zh=f"要旨 {address}", en=f"gist {address}")
    return SimpleNamespace(address=Address.parse(address), gist=gist, **{**blank, **fields})


def rulebook(*norms: SimpleNamespace, encoded: frozenset[int] | None = None) -> SimpleNamespace:
    return SimpleNamespace(
        key="cat",
        title=Bilingual(zh="猫法", en="Cat Law"),
        short=Bilingual(zh="猫", en="Cats"),
        version="1.0",
        articles_encoded=encoded,
        norms=norms,
    )


COMPLETE = tuple(norm(address) for address in ("cat:1.1", "cat:2.1", "cat:2.1.1", "cat:2.1.2", "cat:2.2"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, data_folder: Path) -> Run:
    """Run a command line with a rulebook of our own; give the exit status and what was printed."""
    assert data_folder
    monkeypatch.setenv("COLUMNS", "120")
    parser = argparse.ArgumentParser()
    law.register(parser.add_subparsers())

    def run(*words: str, book: SimpleNamespace | None = None) -> tuple[int, str]:
        books = SimpleNamespace(books=(book or rulebook(*COMPLETE),))
        monkeypatch.setattr(guiju.engine.rulebook, "load_rulebooks", lambda: books)
        args = parser.parse_args(["law", *words])
        return args.run(args), capsys.readouterr().out

    return run


def test_importing_tells_per_file_what_was_found(run: Run, seeds: tuple[Path, ...]) -> None:
    status, printed = run("import", *map(str, seeds))
    assert status == 0
    assert [line.split(": ", 1)[1] for line in printed.splitlines()] == [
        "mail4 4.0 zh: 114 articles, 205 paragraphs, 108 items (new)",
        "mail4 4.0 en: 114 articles, 205 paragraphs, 108 items (new)",
        "genai final zh: 24 articles, 35 paragraphs, 13 items (new)",
        "genai draft zh: 21 articles, 25 paragraphs, 10 items (new)",
        "genai commentary zh: 24 articles, 35 paragraphs, 13 items (new)",
    ]


def test_a_wrong_file_is_an_error_of_the_room(run: Run, tmp_path: Path) -> None:
    with pytest.raises(LawError, match="is a folder"):
        run("import", str(tmp_path))


def test_the_imported_texts_are_listed(run: Run, cat_law: Text) -> None:
    assert run("list") == (0, "No text has been imported: read the published file in with: guiju law import FILE\n")
    TextStore().save(cat_law)
    status, printed = run("list")
    assert status == 0
    assert printed.splitlines()[3].split() == ["cat", "zh", "1.0", "2", "3", "2"]


@pytest.mark.parametrize("asked", ["cat:2.1", "猫法第二条第一款", "《猫法 1.0》第2条第1款", "Article 2(1), Cat Law"])
def test_a_provision_is_shown_in_both_languages_beside_its_norms(run: Run, cat_law: Text, asked: str) -> None:
    TextStore().save(cat_law)
    book = rulebook(
        norm("cat:2.1", bearer="keeper", when_text="has_cat", deadline_text="within 1 day after hunger"),
        norm("cat:2.1.2", judgement=Bilingual(zh="看情况", en="depends")),
        norm("cat:2.2"),
    )
    assert run("show", asked, book=book) == (
        0,
        "cat:2.1\n"
        "\n"
        "《猫法》第二条第一款\n"
        "  养猫的人应当：\n"
        "     (1) 喂食；\n"
        "     (2) 陪伴。\n"
        "\n"
        "Article 2, paragraph 1, Cat Law\n"
        "  (no text imported: read the published file in with: guiju law import FILE)\n"
        "\n"
        "cat:2.1  duty of keeper\n"
        "  gist (zh): 要旨 cat:2.1\n"
        "  gist (en): gist cat:2.1\n"
        "  when: has_cat\n"
        "  deadline: within 1 day after hunger\n"
        "\n"
        "cat:2.1.2  duty\n"
        "  gist (zh): 要旨 cat:2.1.2\n"
        "  gist (en): gist cat:2.1.2\n"
        "  left to people (zh): 看情况\n"
        "  left to people (en): depends\n",
    )


def test_an_article_is_shown_with_its_heading_and_numbered_paragraphs(run: Run, cat_law: Text) -> None:
    TextStore().save(cat_law)
    _, printed = run("show", "cat:2", "--lang", "zh", book=rulebook())
    assert printed == (
        "cat:2\n"
        "\n"
        "《猫法》第二条\n"
        "  饲养\n"
        "  1  养猫的人应当：\n"
        "     (1) 喂食；\n"
        "     (2) 陪伴。\n"
        "  2  本法自明日起施行。\n"
    )


def test_one_language_alone_is_shown_on_request(run: Run, cat_law: Text) -> None:
    TextStore().save(cat_law)
    _, printed = run("show", "cat:1.1", "--lang", "en")
    assert "gist cat:1.1" in printed
    assert "猫" not in printed


def test_without_a_text_the_norm_is_shown_with_how_to_import(run: Run) -> None:
    status, printed = run("show", "cat:1.1", "--lang", "zh")
    assert status == 0
    assert "guiju law import FILE" in printed
    assert "要旨 cat:1.1" in printed


def test_what_neither_text_nor_rulebook_knows_is_an_error(run: Run, cat_law: Text) -> None:
    with pytest.raises(NoSuchProvision, match="nothing is known of cat:9"):
        run("show", "cat:9")
    TextStore().save(cat_law)
    with pytest.raises(NoSuchProvision, match=r"cat:9 does not exist: cat 1\.0 zh has articles 1 to 2"):
        run("show", "cat:9")
    with pytest.raises(CitationError, match="cites a law that is not known here, known are cat"):
        run("show", "《狗法》第一条")


def test_a_complete_rulebook_is_counted(run: Run, cat_law: Text) -> None:
    TextStore().save(cat_law)
    status, printed = run("coverage", book=rulebook(*COMPLETE, *COMPLETE[:1]))
    assert status == 0
    assert printed.splitlines()[3].split() == ["cat", "2", "3", "2", "6", "5", "all"]


def test_a_missing_and_an_invented_entry_fail(run: Run, cat_law: Text) -> None:
    TextStore().save(cat_law)
    status, printed = run("coverage", book=rulebook(*COMPLETE[:3], norm("cat:3")))
    assert status == 1
    assert printed.splitlines()[-2:] == [
        "cat: 2 without an entry: cat:2.1.2, cat:2.2",
        "cat: 1 entry without a text: cat:3",
    ]


def test_articles_that_are_not_encoded_yet_are_not_missing(run: Run, cat_law: Text) -> None:
    TextStore().save(cat_law)
    status, printed = run("coverage", "--law", "cat", book=rulebook(*COMPLETE[:1], encoded=frozenset({1})))
    assert status == 0
    assert printed.splitlines()[3].split() == ["cat", "2", "3", "2", "1", "1", "1"]


def test_coverage_needs_the_text_and_a_known_law(run: Run) -> None:
    with pytest.raises(LawError, match="the Chinese text of cat has not been imported: read the published file"):
        run("coverage")
    with pytest.raises(LawError, match="there is no rulebook 'dog': known are cat"):
        run("coverage", "--law", "dog")


def test_the_rulebooks_of_guiju_cover_every_article_they_encode(
    seeds: tuple[Path, ...],
    data_folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert data_folder
    parser = argparse.ArgumentParser()
    law.register(parser.add_subparsers())
    for words in (["law", "import", *map(str, seeds)], ["law", "coverage"]):
        args = parser.parse_args(words)
        assert args.run(args) == 0, capsys.readouterr().out
