"""A norm as a card: what it asks of whom, when, by when, with what exceptions and consequences."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from guiju.assess.report.exposure import yuan
from guiju.assess.report.words import joined, listed, say
from guiju.bilingual import Bilingual
from guiju.engine.norms import Clock, Fine, Norm
from guiju.law.address import Address
from guiju.law.citation import format_citation
from guiju.portal.faces.books import rulebooks
from guiju.portal.faces.provisions import provision
from guiju.portal.look.components import Link, ProvisionLink, SummaryList, SummaryRow, Tag
from guiju.portal.look.components.states import TagKind
from guiju.portal.reader.chain import Chain
from guiju.portal.reader.conditions import Clause, in_words
from guiju.procedures.catalogue import built_in_types

_TAGS: dict[str, TagKind] = {
    "duty": "active", "prohibition": "bad", "sanction": "bad", "right": "good", "permission": "good",
    "exemption": "good", "power": "active", "definition": "unsure", "condition": "unsure",
}  # fmt: skip
_FINED = {
    "organisation": Bilingual(zh="对单位", en="for the organisation"),
    "person_in_charge": Bilingual(zh="对直接责任人员", en="for the persons directly responsible"),
}


@dataclass(frozen=True, slots=True)
class NormCard:
    """What the page shows of one norm; `key` is its address with its own name, if several stand there."""

    key: str
    tag: Tag
    gist: Bilingual
    facts: SummaryList
    condition: Clause | None
    written: str
    judgement: Bilingual | None
    procedure: Link | None
    source: str


def card(norm: Norm) -> NormCard:
    """Make the card of a norm."""
    return NormCard(
        key=norm.key,
        tag=Tag(text=say(norm.kind), kind=_TAGS.get(norm.kind, "neutral")),
        gist=norm.gist,
        facts=SummaryList(rows=(*_asked(norm), *_money(norm), *_relations(norm))),
        condition=in_words(norm.when) if norm.when is not None and norm.when.kind != "const" else None,
        written=norm.when_text or "",
        judgement=norm.judgement,
        procedure=_procedure(norm),
        source=f"{norm.file}:{norm.line}",
    )


def _asked(norm: Norm) -> Iterator[SummaryRow]:
    parties = rulebooks().parties
    if norm.bearer:
        yield SummaryRow(key=Bilingual(zh="由谁", en="Who"), value=parties[norm.bearer].label)
    if norm.toward:
        yield SummaryRow(key=Bilingual(zh="向谁", en="Towards"), value=parties[norm.toward].label)
    if norm.stage:
        yield SummaryRow(key=Bilingual(zh="阶段", en="Stage"), value=say(norm.stage))
    for clock in norm.deadlines:
        yield SummaryRow(key=Bilingual(zh="期限", en="Deadline"), value=clock_in_words(clock))
    for clock in norm.retentions:
        yield SummaryRow(key=Bilingual(zh="保存", en="Keep"), value=clock_in_words(clock, keeping=True))
    if norm.fulfilled_by and norm.fulfilled_by.event:
        label = rulebooks().events[norm.fulfilled_by.event].label
        yield SummaryRow(key=Bilingual(zh="履行的标志", en="Done once"), value=label)
    if norm.fulfilled_by and norm.fulfilled_by.condition is not None:
        yield SummaryRow(key=Bilingual(zh="履行的标志", en="Done once"), value=in_words(norm.fulfilled_by.condition))


def _money(norm: Norm) -> Iterator[SummaryRow]:
    for fine in norm.fines:
        yield SummaryRow(key=Bilingual(zh="罚款", en="Fine"), value=_fine(fine))
    for amount in norm.amounts:
        least, most, floor = (node.text if node else "" for node in (amount.least, amount.most, amount.floor))
        zh = "，".join(f"{word} {text}" for word, text in (("下限", least), ("上限", most), ("不低于", floor)) if text)
        en = ", ".join(f"{word} {text}" for word, text in (("from", least), ("to", most), ("at least", floor)) if text)
        yield SummaryRow(key=amount.what, value=Bilingual(zh=zh, en=en))


def _relations(norm: Norm) -> Iterator[SummaryRow]:
    if norm.exempted_by:
        releases = [_near(norm, release.address) for release in norm.exempted_by]
        yield SummaryRow(key=Bilingual(zh="例外", en="Exceptions"), value=_chain(releases))
    if norm.breach:
        yield SummaryRow(
            key=Bilingual(zh="违反的后果", en="If broken"),
            value=_chain([_near(norm, one, gist=_gist(one)) for one in norm.breach]),
        )
    if norm.exempts:
        off = listed([_range(place) for place in norm.exempts])
        yield SummaryRow(key=Bilingual(zh="使之不适用", en="Switches off"), value=off)
    if norm.part_of and norm.part_of.article != norm.address.article:
        yield SummaryRow(key=Bilingual(zh="属于", en="Part of"), value=_near(norm, norm.part_of))


def clock_in_words(clock: Clock, *, keeping: bool = False) -> Bilingual:
    """Say a clock of a norm, without any date."""
    if isinstance(clock.anchor, Address):
        event = say("end_of", cite=cited(clock.anchor))
    else:
        event = rulebooks().events[clock.anchor].label
    period = Bilingual(clock.period.text("zh"), clock.period.text("en")) if clock.period else Bilingual("", "")
    day = _day_of_year(*clock.day) if clock.day else Bilingual("", "")
    phrase = "keep_unknown" if keeping else f"{clock.form}_unknown"
    if phrase == "every_unknown":
        said = Bilingual(zh=f"每{period.zh}一次（{event.zh}）", en=f"every {period.en} ({event.en})")
    else:
        said = say(phrase, event=event, period=period, day=day)
    return joined(said, only_under(clock.reading))


def _day_of_year(month: int, day: int) -> Bilingual:
    return Bilingual(zh=f"{month}月{day}日", en=f"{day} {calendar.month_name[month]}")


def only_under(reading: tuple[tuple[str, str], ...]) -> Bilingual:
    """Say under which readings something exists; nothing where it always does."""
    if not reading:
        return Bilingual("", "")
    readings = rulebooks().readings
    chosen = [(readings[question].question, readings[question].candidates[name]) for question, name in reading]
    zh = "；".join(f"{question.zh}{candidate.zh}" for question, candidate in chosen)
    en = "; ".join(f"{question.en} {candidate.en}" for question, candidate in chosen)
    return Bilingual(zh=f"（仅在这样理解时：{zh}）", en=f" (only if read like this: {en})")


def cited(address: Address) -> Bilingual:
    """Cite a provision without the title of its law."""
    return Bilingual(zh=format_citation(address, "zh"), en=format_citation(address, "en"))


def _fine(fine: Fine) -> Bilingual:
    on = _FINED[fine.on]
    least, most = yuan(fine.least), yuan(fine.most)
    said = Bilingual(zh=f"{on.zh}：{least} 至 {most}", en=f"{on.en}: {least} to {most}")
    if fine.share is not None and fine.share_of is not None:
        share = f"{(fine.share * Decimal(100)).normalize():f}%"
        base = rulebooks().facts[fine.share_of].question
        said = joined(said, Bilingual(zh=f"；或者至 {share}（{base.zh}）", en=f"; or up to {share} ({base.en})"))
    return joined(said, only_under(fine.reading))


def _near(norm: Norm, address: Address, gist: Bilingual | None = None) -> ProvisionLink:
    """Link a provision; its law is named only if it is another one."""
    return provision(address, gist=gist, show_law=address.law != norm.address.law)


def _gist(address: Address) -> Bilingual | None:
    return next((norm.gist for norm in rulebooks().norms if norm.address == address), None)


def _chain(links: list[ProvisionLink]) -> Chain:
    return Chain(parts=tuple({link.address: link for link in links}.values()))


def _procedure(norm: Norm) -> Link | None:
    key = f"{norm.rulebook}/{norm.procedure}"
    if norm.procedure is None or key not in built_in_types().keys():  # noqa: SIM118 - a method, no mapping
        return None
    kind = built_in_types().get(key)
    return Link(label=kind.title, href=reverse("procedure", kwargs={"law": kind.law, "name": kind.name}))


def _range(text: str) -> Bilingual:
    """Say a place or a span of articles (`mail4:3-109`)."""
    law, _, numbers = text.partition(":")
    first, dash, last = numbers.partition("-")
    if not dash:
        return cited(Address.parse(text))
    return Bilingual(
        zh=f"{cited(Address(law, int(first))).zh}至{cited(Address(law, int(last))).zh}",
        en=f"Articles {first} to {last}",
    )
