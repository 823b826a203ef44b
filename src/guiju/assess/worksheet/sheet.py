"""What a worksheet holds: the range, what must be established, what bars or lessens a penalty, what is weighed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guiju.assess.assessment import Assessment
from guiju.assess.naming import find_address
from guiju.assess.report.cite import Citations
from guiju.assess.report.exposure import Range, ranges_of
from guiju.assess.report.proofs import Point, Proofs
from guiju.assess.worksheet.choice import chosen_cases, paragraph_of
from guiju.engine.expression import Node
from guiju.engine.findings import Finding, Status, Subject, SubjectCase
from guiju.engine.norms import Norm
from guiju.law.address import Address

WEIGHED_IN = "fine_discretion"
"""The procedure, in the rulebooks, of norms that an authority weighs when it sets a fine."""
MILDER_IN = "interview"
"""The procedure of what an authority can do short of a penalty."""
CHALLENGED_IN = "remedy"
"""The procedure in which a decision is challenged."""


@dataclass(frozen=True, slots=True)
class Threat:
    """One fine that the provision threatens, on the organisation or on individuals."""

    norm: Norm
    range: Range


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a sanction's condition, and what it comes to for these subjects."""

    point: Point
    value: object
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing to be established; more than one step where the systems differ."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """What must be established for sanctions that share their condition."""

    norms: tuple[Norm, ...]
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a norm stands for these subjects, and which facts are missing where that is not settled."""

    status: Status
    missing: tuple[str, ...]
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True)
class Bearing:
    """A norm that bears on the decision, and how it stands in this case."""

    norm: Norm
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """Everything that a decision on a fine rests on, without the decision."""

    assessment: Assessment
    address: Address
    subjects: tuple[Subject, ...]
    threats: tuple[Threat, ...]
    besides: tuple[Norm, ...]
    """What the same provision allows beside the fine."""
    cases: tuple[Case, ...]
    bars: tuple[Bearing, ...]
    """What takes the penalty away where it holds."""
    lessens: tuple[Bearing, ...]
    weighing: Norm | None
    """The norm that says how a fine is weighed; its elements are the factors."""
    milder: tuple[Bearing, ...]
    remedies: tuple[Bearing, ...]
    breached: tuple[Address, ...]
    """Provisions that bind here and whose breach leads to this sanction."""
    cite: Citations
    proofs: Proofs

    @property
    def factors(self) -> tuple[Norm, ...]:
        """What must be weighed, in the order of the law."""
        return tuple(self.weighing.elements) if self.weighing else ()

    @property
    def single(self) -> bool:
        """Whether it is about one system only."""
        return len(self.subjects) == 1


def worksheet(assessment: Assessment, reference: str, system: str | None = None) -> Worksheet:
    """Make the worksheet for the fines at an address or citation, for one system or all of the profile.

    Raises NoWorksheetError where the provision threatens no fine or several paragraphs do, AddressError,
    CitationError and UnknownNameError for what does not exist.
    """
    books = assessment.books
    norms = books.book(find_address(reference, books).law).norms
    address = paragraph_of(find_address(reference, books), norms)
    cases = chosen_cases(assessment, system)
    here = [norm for norm in norms if norm.address == address]
    fined = [norm for norm in here if norm.fines]
    facts = assessment.profile.facts
    proofs = Proofs(books, Citations(books))
    found = _Findings(assessment, cases)
    weighed = [norm for norm in norms if norm.procedure == WEIGHED_IN]
    return Worksheet(
        assessment=assessment,
        address=address,
        subjects=tuple(case.subject for case in cases),
        threats=tuple(Threat(norm, r) for norm in fined for r in ranges_of(norm, facts, assessment.readings)),
        besides=tuple(norm for norm in here if not norm.fines and norm.kind in ("sanction", "power")),
        cases=_what_to_establish(fined, cases, proofs),
        bars=found.all(_exemptions(norms, fined)),
        lessens=found.all(norm for norm in weighed if not norm.elements or norm.kind != "duty"),
        weighing=next((norm for norm in weighed if norm.elements and norm.kind == "duty"), None),
        milder=found.all(norm for norm in norms if norm.procedure == MILDER_IN),
        remedies=found.all(norm for norm in norms if norm.procedure == CHALLENGED_IN),
        breached=found.leading_to(address),
        cite=Citations(books),
        proofs=proofs,
    )


def _exemptions(norms: Iterable[Norm], fined: Iterable[Norm]) -> list[Norm]:
    """Return the exemptions that would switch one of the fines off."""
    releasing = {(release.address, release.condition.index) for norm in fined for release in norm.exempted_by}
    exemptions = (norm for norm in norms if norm.kind == "exemption" and norm.when is not None)
    return [n for n in exemptions if n.when is not None and (n.address, n.when.index) in releasing]


def _what_to_establish(fined: list[Norm], cases: list[SubjectCase], proofs: Proofs) -> tuple[Case, ...]:
    """Take the conditions of the fines apart; fines under the same condition stand together."""
    together: dict[int, list[Norm]] = {}
    for norm in fined:
        assert norm.condition is not None
        together.setdefault(norm.condition.index, []).append(norm)
    found = []
    for norms in together.values():
        assert norms[0].condition is not None
        parts = conjuncts(norms[0].condition)
        found.append(Case(tuple(norms), tuple(_condition(part, cases, proofs) for part in parts)))
    return tuple(found)


def conjuncts(node: Node) -> list[Node]:
    """Take a condition apart into what must hold together."""
    if node.kind != "and":
        return [node]
    return [part for child in node.children for part in conjuncts(child)]


def _condition(part: Node, cases: list[SubjectCase], proofs: Proofs) -> Condition:
    told: dict[Point, tuple[object, list[Subject]]] = {}
    for case in cases:
        point = proofs.read(case.prover.prove(part))
        told.setdefault(point, (case.case.value(part), []))[1].append(case.subject)
    return Condition(tuple(Step(point, value, tuple(subjects)) for point, (value, subjects) in told.items()))


class _Findings:
    """The findings on the systems of this worksheet, and on organisation and laws as such."""

    def __init__(self, assessment: Assessment, cases: list[SubjectCase]) -> None:
        chosen = {case.subject for case in cases}
        self._of: dict[str, list[Finding]] = {}
        for finding in assessment.findings:
            if finding.subject.kind != "system" or finding.subject in chosen:
                self._of.setdefault(finding.norm.key, []).append(finding)

    def all(self, norms: Iterable[Norm]) -> tuple[Bearing, ...]:
        return tuple(Bearing(norm, self._standings(norm)) for norm in norms if norm.kind != "element")

    def leading_to(self, address: Address) -> tuple[Address, ...]:
        leading = [found[0].norm for found in self._of.values() if any(f.status == "applies" for f in found)]
        return tuple(sorted({norm.address for norm in leading if any(b.contains(address) for b in norm.breach)}))

    def _standings(self, norm: Norm) -> tuple[Standing, ...]:
        told: dict[tuple[Status, tuple[str, ...]], list[Subject]] = {}
        for finding in self._of.get(norm.key, ()):
            told.setdefault((finding.status, tuple(finding.missing)), []).append(finding.subject)
        return tuple(Standing(status, missing, tuple(subjects)) for (status, missing), subjects in told.items())
