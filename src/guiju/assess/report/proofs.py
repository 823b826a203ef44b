"""Proofs as an outline that can be read aloud: question and answer, term and definition, reading and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from guiju.assess.report.cite import Citations
from guiju.assess.report.words import same, say
from guiju.bilingual import Bilingual
from guiju.engine.collection import Rulebooks
from guiju.engine.proof import Proof
from guiju.law.address import Address

_DIGITS = re.compile(r"(?<![\w.])\d[\d_]*(?![\w.])")
_REASONS_TOLD = 2
"""How many deciding steps a one-line reason names; the outline has them all."""


@dataclass(frozen=True, slots=True)
class Point:
    """One step of a proof: what was looked at, the answer to it if it is a question, and the steps below it."""

    kind: Literal["fact", "test", "term", "reading", "joint", "exemption", "plain"]
    text: Bilingual
    answer: Bilingual | None = None
    known: bool = True
    code: str | None = None
    address: Address | None = None
    reading: str | None = None
    below: tuple[Point, ...] = ()
    brief: Bilingual | None = None
    """What it is called in short; else its code."""
    holds: bool | None = None
    """Whether a term or an exemption holds."""

    @property
    def can_be_brief(self) -> bool:
        """Whether a short name and an answer say it all."""
        return not self.below and (self.brief or self.code) is not None and self.kind in ("fact", "term", "exemption")

    @property
    def verdict(self) -> Bilingual:
        """The answer, also of a step whose text contains it."""
        return self.answer or truth(self.holds)


class Proofs:
    """Reads proofs out. A term that holds is not taken apart again; it links to the provision that defines it."""

    def __init__(self, books: Rulebooks, cite: Citations) -> None:
        self._books = books
        self._cite = cite

    def outline(self, because: Proof, defines: str | None = None) -> tuple[Point, ...]:
        """Return the steps that carry a finding; those of a definition are taken from the term that it `defines`."""
        if "not_in_force_until" in because:
            return (Point("plain", say("not_in_force", date=because["not_in_force_until"])),)
        points: list[Point] = []
        for part in _joined(because["condition"]):
            own = defines is not None and part.get("defined") == defines
            points.extend(self._parts(part["because"]) if own else (self._point(part),))
        return (*dict.fromkeys(points), *self._exemptions(because.get("exemptions", ())))

    def reason(self, because: Proof, defines: str | None = None) -> Bilingual:
        """Say in one line why something does not apply: the first steps that decide it."""
        first = self.outline(because, defines)[0]
        texts = [self._told(point) for point in list(_deciding(first))[:_REASONS_TOLD]]
        return Bilingual("；".join(t.zh for t in texts), "; ".join(t.en for t in texts))

    def read(self, proof: Proof) -> Point:
        """Read one part of a proof."""
        return self._point(proof)

    def question(self, fact: str) -> Bilingual:
        """How the fact is asked for."""
        spec = self._books.facts.get(fact)
        return spec.question if spec else same(fact)

    def _parts(self, proof: Proof) -> tuple[Point, ...]:
        return tuple(self._point(part) for part in _joined(proof))

    def _exemptions(self, proofs: Iterable[Proof]) -> Iterator[Point]:
        """Read the exemptions: one by one where they hold or may hold, all others together."""
        idle: dict[Address, None] = {}
        for proof in proofs:
            address = Address.parse(proof["provision"])
            inner = proof["condition"]
            value = inner["value"]
            if value is False:
                idle[address] = None
                continue
            text = say("exemption_line", cite=self._cite.short(address))
            yield Point("exemption", text, truth(value), value is True, address=address, below=self._parts(inner))
        if idle:
            text = say("exemption_line", cite=self._cite.listed(idle))
            yield Point("exemption", text, truth(False), brief=say("exemption"))

    def _point(self, proof: Proof) -> Point:
        if "op" in proof:
            return self._joint(proof)
        if "defined" in proof:
            return self._defined(proof)
        if "fact" in proof:
            return self._fact(proof)
        if "reading" in proof:
            return self._reading(proof)
        return self._test(proof)

    def _joint(self, proof: Proof) -> Point:
        """Read a joint. What stands under `not` tells its own answer, so that `not` needs no words."""
        value, parts = proof["value"], proof["parts"]
        if proof["op"] == "not":
            return self._point(parts[0])
        joint = "none_true" if value is False else "any_of" if proof["op"] == "or" else "all_of"
        return Point("joint", say(joint), known=value is not None, below=tuple(self._point(part) for part in parts))

    def _defined(self, proof: Proof) -> Point:
        address = Address.parse(str(proof["cites"]))
        value = proof["value"]
        party = self._books.parties.get(proof["defined"])
        ending = "yes" if value is True else "no" if value is False else "open"
        named = {"name": party.label} if party else {}
        text = say(f"{'term' if party else 'case'}_{ending}", cite=self._cite.short(address), **named)
        below = () if value is True else self._parts(proof["because"])
        answer = truth(None) if value is None else None
        code = None if party else proof["defined"]
        brief = party.label if party else None
        return Point(
            "term", text, answer, value is not None, code, address, below=below, brief=brief, holds=value is True
        )

    def _fact(self, proof: Proof) -> Point:
        name, value = proof["fact"], proof["value"]
        below = (Point("plain", say("follows"), code=proof["follows_from"]),) if "follows_from" in proof else ()
        return Point("fact", self.question(name), in_words(value), value is not None, code=name, below=below)

    def _reading(self, proof: Proof) -> Point:
        reading = self._books.readings[proof["reading"]]
        phrase = "read_as_yes" if proof["value"] else "read_as_no"
        return Point("reading", say(phrase, question=reading.question), reading=reading.id)

    def _test(self, proof: Proof) -> Point:
        value = proof["value"]
        phrase = "true" if value is True else "not_true" if value is False else "open_test"
        facts = proof.get("facts", {})
        below = tuple(Point("fact", self.question(n), in_words(v), v is not None, code=n) for n, v in facts.items())
        return Point("test", say(phrase, test=same(readable(proof["test"]))), known=value is not None, below=below)

    def _told(self, point: Point) -> Bilingual:
        if point.kind == "fact" and point.answer is not None:
            return say("told_fact", question=point.text, answer=point.answer)
        facts = [(p.code, p.answer) for p in point.below if point.kind == "test" and p.answer is not None]
        if not facts:
            return point.text
        values = "; ".join(f"{code}: {answer.en}" for code, answer in facts)
        return say("told_test", test=point.text, values=same(values))


def _joined(proof: Proof) -> list[Proof]:
    """Take a condition apart where all its parts count."""
    if proof.get("op") == "and" and proof["value"] is not False:
        return list(proof["parts"])
    return [proof]


def _deciding(point: Point) -> Iterator[Point]:
    """Find the steps that decide, looking through mere joints."""
    if point.kind != "joint":
        yield point
        return
    for child in point.below:
        yield from _deciding(child)


def truth(value: object) -> Bilingual:
    """Yes, no or unknown."""
    return say("not_known" if value is None else "yes" if value else "no")


def in_words(value: object) -> Bilingual:
    """Put a value of a fact into words."""
    if value is None or isinstance(value, bool):
        return truth(value)
    if isinstance(value, dict):
        return say("at_least_n", n=value["at_least"])
    if isinstance(value, int):
        return same(f"{value:,}")
    if isinstance(value, list):
        return Bilingual("、".join(value), ", ".join(value)) if value else say("none")
    return same(value)


def readable(rule: str) -> str:
    """Write a rule with its numbers grouped by thousands."""
    return _DIGITS.sub(lambda m: f"{int(m[0].replace('_', '')):,}", rule)
