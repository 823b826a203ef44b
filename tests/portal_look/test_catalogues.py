"""The fixed words: both languages complete, nothing fuzzy, the compiled form up to date."""

from __future__ import annotations

import gettext
import io
import shutil
import subprocess
from pathlib import Path

import pytest

from guiju import portal
from guiju.portal.look.catalogues import CatalogueError, catalogue_problems, compiled, messages_used, read_po

PORTAL = Path(portal.__file__).parent
HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)


def test_both_languages_are_complete() -> None:
    assert catalogue_problems(PORTAL) == []


def test_the_compiled_form_is_that_of_the_catalogue() -> None:
    sources = sorted(PORTAL.rglob("locale/*/LC_MESSAGES/django.po"))
    assert len(sources) >= 2
    for source in sources:
        assert source.with_suffix(".mo").read_bytes() == compiled(read_po(source)), (
            f"{source.relative_to(PORTAL)} was changed: run python -m guiju.portal.look.catalogues"
        )


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="GNU msgfmt is not installed here")
def test_gnu_gettext_reads_the_same_from_the_catalogue(tmp_path: Path) -> None:
    for source in PORTAL.rglob("look/locale/*/LC_MESSAGES/django.po"):
        subprocess.run(["msgfmt", "--check-format", "-o", tmp_path / "gnu.mo", source], check=True, capture_output=True)
        theirs = gettext.GNUTranslations(io.BytesIO((tmp_path / "gnu.mo").read_bytes()))
        ours = gettext.GNUTranslations(io.BytesIO(source.with_suffix(".mo").read_bytes()))
        assert vars(ours)["_catalog"] == vars(theirs)["_catalog"]


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """An app with one template and one module that ask for words."""
    folder = tmp_path / "app"
    (folder / "templates").mkdir(parents=True)
    (folder / "templates/a.html").write_text(
        '{% load i18n %}{% translate "Send" %}{% blocktranslate count n=3 %}{{ n }} file{% plural %}{{ n }} files'
        '{% endblocktranslate %}{% translate "May" context "month" %}'
    )
    (folder / "a.py").write_text('from django.utils.translation import gettext as _\nx = _("Stop (now)")\n')
    return folder


def written(app: Path, language: str, text: str) -> None:
    path = app / "locale" / language / "LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + text)


COMPLETE = """
msgid "Send"
msgstr "S"
msgid "%(n)s file"
msgid_plural "%(n)s files"
msgstr[0] "%(n)s f"
{second}
msgctxt "month"
msgid "May"
msgstr "M"
#. a
msgid ""
"Stop "
"(now)"
msgstr "St"
"op"
"""
ENGLISH = COMPLETE.format(second='msgstr[1] "%(n)s ff"')
CHINESE = COMPLETE.format(second="")


def test_words_are_found_in_templates_and_modules(app: Path) -> None:
    assert set(messages_used(app)) == {
        (None, "Send", None),
        (None, "%(n)s file", "%(n)s files"),
        ("month", "May", None),
        (None, "Stop (now)", None),
    }


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("", "", []),
        ('msgid "Send"\nmsgstr "S"', "", ["app/en: 'Send' of a.html is missing"]),
        ('msgstr "S"\n', 'msgstr ""\n', ["app/en, line 7: 'Send' needs 1 translated form(s)"]),
        ('msgid "Send"', '#, fuzzy\nmsgid "Send"', ["app/en, line 8: 'Send' is fuzzy"]),
        ('msgstr[1] "%(n)s ff"', "", ["app/en, line 9: '%(n)s file' needs 2 translated form(s)"]),
        ('"%(n)s ff"', '"%(m)s ff"', ["app/en, line 9: '%(n)s file' names other values than the message does"]),
        ('msgid "Send"', 'msgid "Old"\nmsgstr "O"\nmsgid "Send"', ["app/en: 'Old' is not used any more"]),
    ],
)
def test_what_is_wrong_is_told(app: Path, before: str, after: str, told: list[str]) -> None:
    written(app, "zh_Hans", CHINESE)
    written(app, "en", ENGLISH.replace(before, after) if before else ENGLISH)
    assert catalogue_problems(app.parent) == told


def test_a_compiled_catalogue_speaks(app: Path) -> None:
    written(app, "en", ENGLISH)
    path = app / "locale/en/LC_MESSAGES/django.po"
    spoken = gettext.GNUTranslations(io.BytesIO(compiled(read_po(path))))
    assert spoken.gettext("Stop (now)") == "Stop"
    assert [spoken.ngettext("%(n)s file", "%(n)s files", n) for n in (1, 2)] == ["%(n)s f", "%(n)s ff"]
    assert spoken.pgettext("month", "May") == "M"


@pytest.mark.parametrize("text", ['msgid "a', "nonsense", 'msgstr "before any id"'])
def test_an_unreadable_catalogue_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "django.po"
    path.write_text(text)
    with pytest.raises(CatalogueError, match=r"django\.po, line 1"):
        read_po(path)
