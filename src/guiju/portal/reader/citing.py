"""Who refers to a provision: other norms, open questions, steps and clocks of procedures, letters."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from django.urls import reverse

from guiju.assess.report.words import joined
from guiju.bilingual import Bilingual
from guiju.engine.expression import Defined, Node
from guiju.engine.norms import Norm
from guiju.law.address import Address
from guiju.letters.model import ACT
from guiju.letters.shelf import built_in_shelf
from guiju.portal.faces.books import rulebooks
from guiju.portal.faces.provisions import reading_place
from guiju.portal.reader.norms import cited
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.model import CaseType, Field, Party, Register, State

Group = Literal["breach", "uses", "exempted", "counted", "scope", "procedure", "letter"]


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference to `address`: by what, and where that is to be read (no address of a page: nowhere)."""

    address: Address
    group: Group
    by: Bilingual
    href: str = ""


def references_to(law: str, article: int) -> tuple[Reference, ...]:
    """Return what refers to an article or a part of it, each once, in the order of the places referred to."""
    found = _references().get((law, article), ())
    return tuple(dict.fromkeys(sorted(found, key=lambda one: (one.address, one.group))))


def cited_addresses() -> frozenset[Address]:
    """Return every address that anything in rulebooks, procedures and letters refers to."""
    return frozenset(one.address for found in _references().values() for one in found)


@functools.cache
def _references() -> dict[tuple[str, int], tuple[Reference, ...]]:
    found: dict[tuple[str, int], list[Reference]] = {}
    for source in (_from_norms(), _from_laws(), _from_procedures(), _from_letters()):
        for one in source:
            found.setdefault((one.address.law, one.address.article), []).append(one)
    return {key: tuple(each) for key, each in found.items()}


def _from_norms() -> Iterator[Reference]:
    for norm in rulebooks().norms:
        by, href = _named(norm), reading_place(norm.address)
        for address in norm.breach:
            yield Reference(address, "breach", by, href)
        for release in norm.exempted_by:
            if release.address.article != norm.address.article:
                yield Reference(release.address, "exempted", by, href)
        for clock in (*norm.deadlines, *norm.retentions):
            if isinstance(clock.anchor, Address):
                yield Reference(clock.anchor, "counted", by, href)
        if norm.when is not None:
            for address in _terms_in(norm.when):
                if address.article != norm.address.article:
                    yield Reference(address, "uses", by, href)


def _named(norm: Norm) -> Bilingual:
    title = rulebooks().book(norm.rulebook).short
    place = cited(norm.address)
    return Bilingual(zh=f"{title.zh}{place.zh}：{norm.gist.zh}", en=f"{title.en}, {place.en}: {norm.gist.en}")


def _terms_in(node: Node) -> Iterator[Address]:
    if isinstance(node, Defined):
        yield Address.parse(node.own[1])
        return
    for child in node.children:
        yield from _terms_in(child)


def _from_laws() -> Iterator[Reference]:
    for book in rulebooks().books:
        for address in book.scope_cites:
            by = Bilingual(zh=f"{book.title.zh}：适用范围", en=f"{book.title.en}: its scope")
            yield Reference(address, "scope", by, reverse("law"))


def _from_procedures() -> Iterator[Reference]:
    types = built_in_types()
    for key in types.keys():  # noqa: SIM118 - a method, no mapping
        kind = types.get(key)
        href = reverse("procedure", kwargs={"law": kind.law, "name": kind.name})
        for label, cites in _parts(kind):
            by = joined(kind.title, Bilingual(zh="：", en=": "), label) if label else kind.title
            for one in cites:
                yield Reference(Address.parse(one), "procedure", by, href)


def _parts(kind: CaseType) -> Iterator[tuple[Bilingual | None, Iterable[str]]]:
    yield None, kind.cites
    labelled: tuple[Party | Field | State | Register, ...] = (
        *kind.parties.values(), *kind.fields.values(), *kind.states.values(), *kind.registers.values(),
    )  # fmt: skip
    for one in labelled:
        yield one.label, one.cites
    for rule in kind.rules:
        yield None, rule.cites
    for term in kind.terms.values():
        yield None, term.cites
    for act in kind.transitions:
        inputs = (cite for field in act.inputs.values() for cite in field.cites)
        yield act.label, (*act.cites, *(cite for need in act.requires for cite in need.cites), *inputs)
    for clock in kind.clocks:
        norm = (clock.of.partition("#")[0],) if clock.of else ()
        longer = clock.extend.cites if clock.extend else ()
        yield clock.label, (*clock.cites, *norm, *longer)
    for entry in (field for one in kind.fields.values() for field in one.entries):
        yield entry.label, entry.cites


def _from_letters() -> Iterator[Reference]:
    shelf = built_in_shelf()
    for book in rulebooks().books:
        for name in shelf.names(book.key):
            letter = shelf.get(book.key, name)
            by = Bilingual(zh=f"文书“{letter.title.zh}”", en=f"letter “{letter.title.en}”")
            cites = (*letter.cites, *(cite for part in letter.body for cite in part.cites))
            yield from (Reference(Address.parse(one), "letter", by) for one in cites if one != ACT)
        for remedy in shelf.remedies(book.key):
            by = Bilingual(zh="文书中的救济告知", en="what letters say about remedies")
            cites = (*remedy.cites, *remedy.acts_under)
            yield from (Reference(Address.parse(one), "letter", by) for one in cites if one != ACT)
