"""The result on paper: A4 with the bundled font; the same answers on the same day always give the same bytes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from guiju.assess.report.words import say
from guiju.bilingual import Bilingual
from guiju.fonts import FAMILY, font_path, missing_glyphs
from guiju.letters.page import STANDARDS
from guiju.portal.forms.facts import value_words
from guiju.portal.selfcheck.checking import NAMELESS, Check
from guiju.portal.selfcheck.sorted_result import NO_DATES, Item, OfLaw, by_law, items_of

_TEMPLATE = Path(__file__).parent / "result.typ"
_REGION = {"zh": "CN", "en": "GB"}
_NOT_DRAWN = "□"
_WORDS = {
    "title": Bilingual(zh="自查结果", en="Result of the self-check"),
    "as_of": Bilingual(zh="截至 {day} 的情况", en="As of {day}"),
    "open": Bilingual(zh="还缺的回答", en="Answers still missing"),
    "open_about": Bilingual(
        zh="有 {n} 项规定因此还不能确定；以下问题最能确定。",
        en="{n} provisions cannot be settled without them; these questions settle most.",
    ),
    "dated": Bilingual(zh="有日期的义务", en="Duties with a date"),
    "no_dates": NO_DATES,
    "none": Bilingual(zh="没有认定适用的义务。", en="No duty is found to apply."),
    "waiting": Bilingual(zh="某事发生后才起算", en="Counted once something happens"),
    "readings": Bilingual(zh="条文有不同解读之处", en="Where the text can be read in more than one way"),
    "read_as": Bilingual(zh="此处按：", en="Read here as: "),
    "penalties": Bilingual(zh="违反的后果", en="What breaking them threatens"),
    "penalties_about": Bilingual(
        zh="罚款为法定幅度，两端均含；并不表示已经违法。",
        en="Fines are the range in the law, both ends included. It does not say that a breach has occurred.",
    ),
    "answers": Bilingual(zh="依据的回答", en="The answers on which this rests"),
    "counts": Bilingual(
        zh="{a} 项义务和禁止适用；{b} 项规定不适用；{c} 项还不能确定。",
        en="{a} duties and prohibitions apply; {b} provisions do not apply; {c} cannot be settled yet.",
    ),
    "page": Bilingual(zh="第 {page} 页，共 {pages} 页", en="Page {page} of {pages}"),
    "disclaimer": say("disclaimer"),
    "gists": say("provisions_about"),
}


class PaperError(RuntimeError):
    """The typesetter refused the page: a mistake of the program."""


def pdf(checking: Check, lang: str) -> bytes:
    """Set the result in `zh` or `en` and return the file."""
    import typst

    said = json.dumps(content(checking, lang), ensure_ascii=False, sort_keys=True)
    drawable = said.translate({ord(one): _NOT_DRAWN for one in missing_glyphs(said)})
    set_page: Any = typst.compile_with_warnings
    done, warnings = set_page(
        _TEMPLATE.read_bytes(),
        font_paths=[str(font_path().parent)],
        ignore_system_fonts=True,
        sys_inputs={"result": drawable},
        format="pdf",
        pdf_standards=list(STANDARDS),
        timestamp=dt.datetime.combine(checking.as_of, dt.time(), tzinfo=dt.UTC),
    )
    if warnings:
        raise PaperError("; ".join(warning.message for warning in warnings))
    return bytes(done)


def content(checking: Check, lang: str) -> dict[str, Any]:
    """Return all that the template prints, as plain data: it is set as it is, never read as markup."""
    view, progress = checking.view, checking.progress
    words = {name: text.get(lang) for name, text in _WORDS.items()}
    counts = {
        "a": f"{len(view.binding):,}",
        "b": f"{len(view.idle) + len(view.exempt):,}",
        "c": f"{progress.waiting:,}",
    }
    return {
        "lang": lang,
        "region": _REGION[lang],
        "font": FAMILY,
        "date": [checking.as_of.year, checking.as_of.month, checking.as_of.day],
        "words": {
            **words,
            "as_of": words["as_of"].format(day=checking.as_of),
            "counts": words["counts"].format(**counts),
            "open_about": words["open_about"].format(n=f"{progress.waiting:,}"),
        },
        "name": checking.answers.name or NAMELESS.get(lang),
        "laws": [_law(one, lang) for one in by_law(view)],
        "open": [question.question.get(lang) for question in checking.questions[:20]],
        "dated": _items(items_of(view, view.own_dated, show_law=True), lang),
        "waiting": _items(
            items_of(view, (line for line in view.binding if line.state == "waiting"), show_law=True), lang
        ),
        "readings": [
            {"question": one.reading.question.get(lang), "as": one.reading.candidates[one.chosen].get(lang)}
            for one in view.readings
        ],
        "penalties": [
            {
                "cite": view.cite.short(one.norm.address).get(lang),
                "gist": one.norm.gist.get(lang),
                "ranges": [
                    f"{say('on_' + r.on).get(lang)}{say('colon').get(lang)}{r.words.get(lang)}" for r in one.ranges
                ],
            }
            for one in view.threats
        ],
        "answers": [
            [spec.question.get(lang), value_words(spec, value).get(lang)]
            for fact, value in checking.answers.given.items()
            for spec in [checking.books.facts[fact]]
        ],
    }


def _law(one: OfLaw, lang: str) -> dict[str, Any]:
    return {
        "title": one.book.title.get(lang),
        "status": one.status.get(lang),
        "abouts": [
            {
                "title": about.title.get(lang),
                "groups": [{"title": g.title.get(lang), "items": _items(g.items, lang)} for g in about.own],
            }
            for about in one.abouts
            if about.own
        ],
    }


def _items(items: Iterable[Item], lang: str) -> list[dict[str, str]]:
    return [_item(one, lang) for one in items]


def _item(one: Item, lang: str) -> dict[str, str]:
    return {
        "gist": one.gist.get(lang),
        "cite": _said(one.cites.words, lang),
        "day": str(one.day or ""),
        "far": _said(one.far, lang),
        "how": _said(one.how, lang),
        "state": _said(one.tag.text if one.tag else None, lang),
    }


def _said(text: Bilingual | str | None, lang: str) -> str:
    return text.get(lang) if isinstance(text, Bilingual) else text or ""
