"""A case type while it is being read: what is known so far, its expressions, and every fault found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from guiju.bilingual import Bilingual
from guiju.engine.errors import ExpressionError
from guiju.engine.expression import Node, Pool
from guiju.procedures.conditions import CaseParser, UnknownWordError
from guiju.procedures.lawbook import LawBook, figures_in
from guiju.procedures.model import CaseType, Chosen, Condition, Field
from guiju.procedures.parts import Part, hint_for
from guiju.procedures.problems import Report

WHAT = {
    "state": Bilingual(zh="状态", en="state"),
    "transition": Bilingual(zh="步骤", en="transition"),
    "clock": Bilingual(zh="期限", en="clock"),
    "field": Bilingual(zh="字段", en="field"),
    "date field": Bilingual(zh="日期字段", en="date field"),
    "register": Bilingual(zh="名册", en="register"),
    "status": Bilingual(zh="登记状态", en="status"),
    "party": Bilingual(zh="当事方", en="party"),
    "authority": Bilingual(zh="主管机关", en="authority"),
}

ANOTHER = Bilingual(zh="另一字段或者条件", en="another field or term")


@dataclass(slots=True)
class Draft:
    """The case type under construction. `book` is None for a kept version, which the law of today does not judge."""

    kind: CaseType
    report: Report
    book: LawBook | None
    pool: Pool = field(default_factory=Pool)
    terms: dict[str, Node] = field(default_factory=dict)
    clocks: tuple[str, ...] = ()
    acts: dict[str, frozenset[str]] = field(default_factory=dict)
    """Names of the transitions, each with its true/false inputs."""
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The names of all states and of the authorities, as expressions may compare them."""
    roles: dict[str, str] = field(default_factory=dict)
    candidates: dict[str, frozenset[str]] = field(default_factory=dict)

    def expression(
        self,
        part: Part,
        key: str,
        cites: Iterable[str],
        *,
        text: str | None = None,
        scope: Mapping[str, Field] | None = None,
        type_: str | None = "bool",
    ) -> Condition | None:
        """Read an expression of a part; a fault is reported, and None returned."""
        written = part.text(key) if text is None else text
        if not written:
            return None
        parser = CaseParser(
            self.pool, {**self.kind.fields, **(scope or {})},
            terms=self.terms, clocks=self.clocks, acts=self.acts, readings=self.candidates, choices=self.choices,
        )  # fmt: skip
        try:
            condition = parser.read(written, type_)
        except UnknownWordError as error:
            part.fault(
                "unknown_in_expression", key, text=written, name=error.name,
                hint=hint_for(error.name, error.known), known=_listed(error.known),
            )  # fmt: skip
            return None
        except ExpressionError as error:
            part.fault("bad_expression", key, text=written, detail=error.detail)
            return None
        self._sourced(part, key, written, tuple(cites))
        return condition

    def _sourced(self, part: Part, key: str, text: str, cites: tuple[str, ...]) -> None:
        figures = figures_in(text) if self.book is not None else set()
        if self.book is not None and figures:
            stated = self.book.figures(cites)
            for figure in sorted(figures - stated):
                part.fault("unsourced_figure", key, figure=figure, text=text, cites=", ".join(cites))

    def cites(self, part: Part, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Read the citations of a part and check that each provision exists."""
        found = part.cites(default)
        if self.book is not None and "cites" in part.raw:
            for address in found:
                if not self.book.knows(address):
                    part.fault("no_such_address", "cites", address=address)
        return found

    def reading(self, part: Part) -> Chosen:
        """Read the reading under which a part exists, and check it."""
        chosen = part.reading()
        for question, candidate in chosen:
            if candidate not in self.candidates.get(question, ()):
                known = [f"{q}: {c}" for q, candidates in self.candidates.items() for c in candidates]
                name = f"{question}: {candidate}"
                part.fault("unknown_reading", "reading", name=name, hint=hint_for(name, known))
        return chosen

    def known(self, part: Part, key: str, what: str, names: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
        """Keep the names that refer to something; report the others."""
        there = list(dict.fromkeys(known))
        for name in names:
            if name not in there:
                part.fault(
                    "unknown_name", key, what=WHAT[what], name=name, hint=hint_for(name, there), known=_listed(there)
                )
        return tuple(name for name in names if name in there)

    def held(self, part: Part, key: str, names: Iterable[str], also: Iterable[str] = ()) -> tuple[str, ...]:
        """Keep the roles that some party holds; report the others."""
        there = [*self.roles, *also]
        for name in names:
            if name not in there:
                part.fault("role_unheld", key, name=name, hint=hint_for(name, there), known=_listed(there))
        return tuple(names)

    def unique(self, kind: str, lines: dict[str, list[tuple[Chosen, int]]], name: str, part: Part) -> None:
        """Report a name that is written twice, unless the two exclude each other by reading."""
        reading = part.reading()
        for other, line in lines.setdefault(name, []):
            if not exclude(reading, other):
                part.fault("written_twice", kind, name=name, first=line)
                break
        lines[name].append((reading, part.line))


def exclude(one: Chosen, other: Chosen) -> bool:
    """Tell whether no choice of readings lets two parts exist side by side."""
    return any(dict(other).get(question, candidate) != candidate for question, candidate in one)


def _listed(names: Iterable[Any]) -> Bilingual:
    shown = ", ".join(map(str, names))
    return Bilingual(zh=shown or "（无）", en=shown or "(none)")
