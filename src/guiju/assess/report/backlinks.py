"""From a provision back to the findings on it: where in the report each norm is told, and how it stands there."""

from __future__ import annotations

from dataclasses import dataclass, field

from guiju.assess.naming import STATUS
from guiju.assess.report.lines import OWN, Line
from guiju.assess.report.subjects import Names
from guiju.assess.report.view import View
from guiju.assess.report.words import say
from guiju.bilingual import Bilingual
from guiju.engine.findings import Finding, Subject
from guiju.engine.norms import Norm

_URGENT = frozenset(("overdue", "unmet", "due", "window"))


@dataclass(slots=True)
class Link:
    """A place in the report, and the subjects told about there."""

    href: str
    subjects: list[Subject] = field(default_factory=list)


@dataclass(slots=True)
class Back:
    """The findings on a norm that stand in the same way."""

    state: Bilingual
    links: list[Link] = field(default_factory=list)


class Backlinks:
    """Finds for every norm the elements of the page that tell of it."""

    def __init__(self, view: View, names: Names) -> None:
        self._numbers = {id(finding): n for n, finding in enumerate(view.assessment.findings, 1)}
        self._single = names.single
        self._found: dict[str, dict[str, Back]] = {}
        for line in view.lines:
            self._tell(line)
        for finding in view.exempt:
            self._rest(finding, f"e-{self.number(finding)}")
        for finding in view.idle:
            self._rest(finding, self.idle_id(finding.norm))

    def number(self, finding: Finding) -> int:
        """The number of a finding among all."""
        return self._numbers[id(finding)]

    def idle_id(self, norm: Norm) -> str:
        """The element that says why a norm does not apply."""
        return "x-" + norm.key.replace(":", "-").replace(".", "-").replace("#", "-")

    def of(self, norm: Norm) -> list[Back]:
        """Return the findings on a norm, grouped by how they stand."""
        return list(self._found.get(norm.key, {}).values())

    def _tell(self, line: Line) -> None:
        urgent = line.state in _URGENT
        told = say("figure_signed", sign=line.symbol, name=say(f"state_{line.state}"))
        state = told if urgent else STATUS[line.finding.status]
        back = self._back(line.norm, state)
        apart = self._single or (urgent and line.part in OWN)
        self._link(back, f"#f-{line.number}", line.finding.subject, joins=not apart)

    def _rest(self, finding: Finding, place: str) -> None:
        back = self._back(finding.norm, STATUS[finding.status])
        self._link(back, f"#{place}", finding.subject, joins=place.startswith("x-"))

    def _back(self, norm: Norm, state: Bilingual) -> Back:
        return self._found.setdefault(norm.key, {}).setdefault(state.en, Back(state))

    def _link(self, back: Back, href: str, subject: Subject, *, joins: bool) -> None:
        """Add a subject; one element that tells of several subjects is linked to once."""
        if not joins or not back.links:
            back.links.append(Link(href))
        back.links[-1].subjects.append(subject)
