"""Periods that the text gives no start, records without a period, regular duties without an interval."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.bilingual import Bilingual
from guiju.check.codes import G301, G302, G303, Code
from guiju.check.context import Context
from guiju.check.diagnostic import Diagnostic, Skipped, cite, place_at, place_of
from guiju.check.wording import PERIOD, Sentence, chinese, sentences
from guiju.engine.norms import Norm
from guiju.law.address import Address

_KEEPING = re.compile("保存|保管|保留|留存")
_WITHIN = re.compile(r"\s*(?:之内|以内|内)")
_START = re.compile("自.{0,20}起|之日|以后|之后|后|收到|受理|届满|提前|延长")
_START_OF_KEEPING = re.compile("自.{0,20}起|之日|后起|后保存|后保留|后留存")
_REGULARLY = re.compile("定期")
_INTERVAL = re.compile("每(?:年|月|季度|半年|[一二两三四五六七八九十]+年)")
_DUTY = ("duty", "prohibition")

Found = Iterator[Diagnostic | Skipped]


def periods_without_start(context: Context) -> Found:
    """Find periods of the text that no word says from when to count; readings that must supply it are named."""
    yield from _only_by_reading(context)
    for law in chinese(context, G301):
        if isinstance(law, Skipped):
            yield law
            continue
        for sentence in sentences(law[1]):
            for match in PERIOD.finditer(sentence.text):
                keeping = _is_keeping(sentence, match)
                counted = keeping or _WITHIN.match(sentence.text, match.end())
                before = sentence.text[: match.end()]
                if counted and not (_START_OF_KEEPING if keeping else _START).search(before):
                    yield _startless(context, sentence.address, match[0], keeping=keeping)


def _is_keeping(sentence: Sentence, match: re.Match[str]) -> bool:
    """Tell whether a period says how long something is kept: the word is within its clause, and a length is asked."""
    clause = re.split("[，,、]", sentence.text[: match.start()])[-1] + sentence.text[match.start() : match.end()]
    return bool(_KEEPING.search(clause)) and match[2] in ("年", "个月", "月")


def _startless(context: Context, address: Address, period: str, *, keeping: bool) -> Diagnostic:
    where = cite(address)
    what = Bilingual("保存期限", "retention period") if keeping else Bilingual("期间", "period")
    norms = [n for n in context.norms if n.address == address and (n.retentions if keeping else n.deadlines)]
    place = place_of(norms[0]) if norms else place_at(context.books, address)
    assumed = _assumed(context, address, norms)
    return Diagnostic(
        G301,
        (place,),
        Bilingual(
            f"{where.zh}的{what.zh}（{period}）没有写明从何时起算。{assumed.zh}",
            f"{where.en} does not say from when its {what.en} ({period}) is counted. {assumed.en}",
        ),
    )


def _assumed(context: Context, address: Address, norms: list[Norm]) -> Bilingual:
    """Say what the rulebook does about it: an event that it takes for the start, or a reading that it keeps open."""
    clocks = [clock for norm in norms for clock in (*norm.retentions, *norm.deadlines)]
    if clocks:
        anchors = ", ".join(dict.fromkeys(str(clock.anchor) for clock in clocks))
        return Bilingual(f"规则集按事件 {anchors} 起算。", f"The rulebook counts from {anchors}.")
    asked = ", ".join(reading.id for reading in context.books.readings.values() if address in reading.cites)
    return Bilingual(f"相关读法：{asked}。", f"Readings about it: {asked}.") if asked else Bilingual("", "")


def _only_by_reading(context: Context) -> Iterator[Diagnostic]:
    """Find clocks that the rulebook starts from different events under different readings."""
    for norm in context.norms:
        for clocks in (norm.retentions, norm.deadlines):
            anchors = {str(clock.anchor) for clock in clocks if clock.reading}
            if len(anchors) > 1:
                where = cite(norm.address)
                listed = ", ".join(sorted(anchors))
                yield Diagnostic(
                    G301,
                    (place_of(norm),),
                    Bilingual(
                        f"{where.zh}的期限从何时起算取决于读法：{listed}。",
                        f"From when the period of {where.en} is counted depends on a reading: {listed}.",
                    ),
                )


def records_without_period(context: Context) -> Found:
    """Find duties to keep something for a time that the law does not name."""
    for law in chinese(context, G302):
        if isinstance(law, Skipped):
            yield law
            continue
        for sentence in sentences(law[1]):
            norm = _duty_at(context, sentence.address)
            if norm and _KEEPING.search(sentence.text) and "不得" not in sentence.text and not _years(sentence.text):
                zh, en = (
                    "要求保存、留存，但没有规定多久。",
                    "asks for records to be kept but does not say for how long.",
                )
                yield _said(context, G302, sentence.address, zh, en)


def regular_without_interval(context: Context) -> Found:
    """Find duties to do something regularly, without an interval."""
    for law in chinese(context, G303):
        if isinstance(law, Skipped):
            yield law
            continue
        for sentence in sentences(law[1]):
            norm = _duty_at(context, sentence.address)
            if norm and _REGULARLY.search(sentence.text) and not _INTERVAL.search(sentence.text):
                zh, en = "要求定期进行，但没有规定间隔。", "asks for something regularly but gives no interval."
                yield _said(context, G303, sentence.address, zh, en)


def _years(text: str) -> bool:
    return any(match[2] in ("年", "个月", "月", "日") for match in PERIOD.finditer(text))


def _duty_at(context: Context, address: Address) -> Norm | None:
    return next((norm for norm in context.norms if norm.address == address and norm.kind in _DUTY), None)


def _said(context: Context, code: Code, address: Address, zh: str, en: str) -> Diagnostic:
    where = cite(address)
    return Diagnostic(code, (place_at(context.books, address),), Bilingual(where.zh + zh, f"{where.en} {en}"))
