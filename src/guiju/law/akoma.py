"""Akoma Ntoso 3.0: a text of the law as XML that other legal systems read, and back.

OASIS LegalDocML, Akoma Ntoso Version 1.0 (namespace 3.0, 2018) and its Naming Convention Version 1.0 (2019). Each
language is an expression of its own; what makes them one law is the same FRBRWork. Provisions are ``article``,
``paragraph`` and ``point``, and an identifier repeats the address: ``mail4:66.1.2`` is ``art_66__para_1__point_2``.
"""

import datetime as dt
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from guiju.law.citation import Language
from guiju.law.errors import LawError
from guiju.law.numerals import format_numeral
from guiju.law.provisions import Article, Division, Item, Paragraph, Text

NAMESPACE: Final = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
SCHEMA: Final = "http://docs.oasis-open.org/legaldocml/akn-core/v1.0/os/part2-specs/schemas/akomantoso30.xsd"

NO_DATE: Final = dt.date(1, 1, 1)
"""Stands in FRBRdate, named ``unknown``, where no date is known: the schema demands a date."""

GREATEST_SIZE: Final = 20 * 1024 * 1024

_ISO_639_2: Final[dict[str, str]] = {"zh": "zho", "en": "eng"}
_SOURCE: Final = "#guiju"
_LAWMAKER: Final = "#lawmaker"
_NOT_IN_XML: Final = re.compile(r"[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DOCTYPE: Final = re.compile(rb"<!DOCTYPE", re.IGNORECASE)


class AkomaError(LawError):
    """A text cannot be written as XML, or XML is not a law as this program writes it."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is known of a law beside its text.

    ``date`` is the day from which it is in force, None for a law that is not; ``authoritative`` names the
    language that prevails, of which the others are translations.
    """

    law: str
    title: dict[Language, str]
    date: dt.date | None = None
    country: str = "cn"
    authoritative: Language = "zh"

    @property
    def uri(self) -> str:
        """The IRI of the work: ``/akn/cn/act/2023-08-15/genai``; without a date, its part is left out."""
        parts = ["", "akn", self.country, "act", self.date.isoformat() if self.date else "", self.law]
        return "/".join(part for position, part in enumerate(parts) if part or position == 0)

    def expression_uri(self, language: str, version: str) -> str:
        """The IRI of one version in one language: the work's, then ``zho@4.0``."""
        return f"{self.uri}/{_ISO_639_2.get(language, language)}@{version}"


def write_akn(text: Text, work: Work, *, today: dt.date) -> bytes:
    """Write a text as an Akoma Ntoso document in UTF-8; ``today`` is the day of this manifestation.

    Raises AkomaError if the text holds a character that XML cannot carry, or the work is another law.
    """
    if work.law != text.law:
        raise AkomaError(f"{text.name} is not a text of {work.law}")
    root = ET.Element(_tag("akomaNtoso"))
    act = _add(root, "act", name="act", contains="originalVersion")
    _write_meta(_add(act, "meta"), text, work, today)
    _write_preface(act, work.title.get("en" if text.language == "en" else "zh"))
    _write_body(_add(act, "body"), text)
    ET.register_namespace("", NAMESPACE)
    ET.indent(root, "  ")
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def read_akn(content: bytes) -> Text:
    """Read a text back from what ``write_akn`` wrote.

    Raises AkomaError for anything else, and for a document type declaration: it may hide what is read.
    """
    if len(content) > GREATEST_SIZE or _DOCTYPE.search(content):
        raise AkomaError("the XML is too large, or declares a document type; export the text again")
    try:
        act = _need(ET.fromstring(content), "act")
        law = _value(act, "meta/identification/FRBRWork/FRBRname")
        expression = _need(act, "meta/identification/FRBRExpression")
        language = _need(expression, "FRBRlanguage").get("language", "")
        names = {code: name for name, code in _ISO_639_2.items()}
        version = _value(expression, "FRBRversionNumber")
        articles = tuple(_read_articles(_need(act, "body"), None, None))
    except (ET.ParseError, ValueError) as error:
        raise AkomaError(f"the XML is not a law as guiju writes it: {error}; export the text again") from error
    return Text(law, names.get(language, language), version, articles)


def _write_meta(meta: ET.Element, text: Text, work: Work, today: dt.date) -> None:
    identification = _add(meta, "identification", source=_SOURCE)
    expression_uri = work.expression_uri(text.language, text.version)
    day, kind = (work.date, "inForce") if work.date else (NO_DATE, "unknown")

    element = _add(identification, "FRBRWork")
    _write_core(element, work.uri, dated=(day, kind), author=_LAWMAKER)
    _add(element, "FRBRcountry", value=work.country)
    _add(element, "FRBRname", value=work.law)

    element = _add(identification, "FRBRExpression")
    _write_core(element, expression_uri, dated=(day, kind), author=_LAWMAKER)
    _add(element, "FRBRversionNumber", value=text.version)
    _add(element, "FRBRauthoritative", value=str(text.language == work.authoritative).lower())
    _add(element, "FRBRlanguage", language=_ISO_639_2.get(text.language, text.language))
    if text.language != work.authoritative:
        _add(
            element,
            "FRBRtranslation",
            href=work.expression_uri(work.authoritative, text.version),
            fromLanguage=_ISO_639_2[work.authoritative],
            authoritative="false",
            by=_LAWMAKER,
        )

    element = _add(identification, "FRBRManifestation")
    _write_core(element, expression_uri, dated=(today, "exported"), author=_SOURCE, file_form=".akn")

    references = _add(meta, "references", source=_SOURCE)
    for identifier, name in (("guiju", "Guiju"), ("lawmaker", "as published")):
        href = f"/akn/ontology/organization/{identifier}"
        _add(references, "TLCOrganization", eId=identifier, href=href, showAs=name)


def _write_core(element: ET.Element, uri: str, *, dated: tuple[dt.date, str], author: str, file_form: str = "") -> None:
    _add(element, "FRBRthis", value=f"{uri}/!main{file_form}")
    _add(element, "FRBRuri", value=f"{uri}{file_form}")
    _add(element, "FRBRdate", date=dated[0].isoformat(), name=dated[1])
    _add(element, "FRBRauthor", href=author)


def _write_preface(act: ET.Element, title: str | None) -> None:
    if title:
        paragraph = _add(_add(act, "preface", eId="preface"), "p")
        _say(_add(paragraph, "docTitle"), title)


def _write_body(body: ET.Element, text: Text) -> None:
    """Group consecutive articles by chapter, and within by section; a text may have neither."""
    for chapter, in_chapter in groupby(text.articles, key=lambda article: article.chapter):
        above = _write_division(body, "chapter", "chp", chapter, text.language) if chapter else body
        for section, articles in groupby(in_chapter, key=lambda article: article.section):
            parent = _write_division(above, "section", "sec", section, text.language) if section else above
            for article in articles:
                _write_article(parent, article, text.language)


def _write_division(above: ET.Element, name: str, short: str, division: Division, language: str) -> ET.Element:
    prefix = f"{above.get('eId')}__" if above.get("eId") else ""
    element = _add(above, name, eId=f"{prefix}{short}_{division.number}")
    kind = {"chapter": "章", "section": "节"}[name]
    chinese = f"第{format_numeral(division.number)}{kind}"
    _say(_add(element, "num"), chinese if language == "zh" else f"{name.capitalize()} {division.number}")
    _say(_add(element, "heading"), division.title)
    return element


def _write_article(parent: ET.Element, article: Article, language: str) -> None:
    identifier = f"art_{article.number}"
    element = _add(parent, "article", eId=identifier)
    chinese = f"第{format_numeral(article.number)}条"
    _say(_add(element, "num"), chinese if language == "zh" else f"Article {article.number}")
    if article.heading is not None:
        _say(_add(element, "heading"), article.heading)
    for number, paragraph in enumerate(article.paragraphs, start=1):
        _write_paragraph(element, f"{identifier}__para_{number}", paragraph, language)


def _write_paragraph(article: ET.Element, identifier: str, paragraph: Paragraph, language: str) -> None:
    element = _add(article, "paragraph", eId=identifier)
    name = "intro" if paragraph.items else "content"
    _say(_add(_add(element, name, eId=f"{identifier}__{name}"), "p"), paragraph.text)
    for number, item in enumerate(paragraph.items, start=1):
        point = _add(element, "point", eId=f"{identifier}__point_{number}")
        _say(_add(point, "num"), f"（{format_numeral(number)}）" if language == "zh" else f"({number})")
        _say(_add(_add(point, "content", eId=f"{identifier}__point_{number}__content"), "p"), item.text)


def _read_articles(parent: ET.Element, chapter: Division | None, section: Division | None) -> Iterator[Article]:
    for element in parent:
        name = element.tag.rpartition("}")[2]
        if name == "chapter":
            yield from _read_articles(element, _read_division(element), None)
        elif name == "section":
            yield from _read_articles(element, chapter, _read_division(element))
        elif name == "article":
            heading = element.find(_path("heading"))
            paragraphs = tuple(_read_paragraph(each) for each in element.findall(_path("paragraph")))
            said = None if heading is None else heading.text or ""
            yield Article(_number_in(element), said, chapter, section, paragraphs)


def _read_division(element: ET.Element) -> Division:
    return Division(_number_in(element), _need(element, "heading").text or "")


def _read_paragraph(element: ET.Element) -> Paragraph:
    items = tuple(Item(_need(point, "content/p").text or "") for point in element.findall(_path("point")))
    return Paragraph(_need(element, f"{'intro' if items else 'content'}/p").text or "", items)


def _number_in(element: ET.Element) -> int:
    return int(element.get("eId", "").rpartition("_")[2])


def _value(parent: ET.Element, path: str) -> str:
    return _need(parent, path).get("value", "")


def _need(parent: ET.Element, path: str) -> ET.Element:
    found = parent.find(_path(path))
    if found is None:
        raise AkomaError(f"it has no {path}")
    return found


def _path(path: str) -> str:
    return "/".join(_tag(name) for name in path.split("/"))


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add(parent: ET.Element, element: str, /, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, _tag(element), attributes)


def _say(element: ET.Element, words: str) -> None:
    unfit = _NOT_IN_XML.search(words)
    if unfit:
        raise AkomaError(f"{words[:20]!r}… holds {unfit[0]!r}, which XML cannot carry; import the text again")
    element.text = words
