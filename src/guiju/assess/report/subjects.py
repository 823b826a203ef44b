"""How the subjects of an assessment are named: in full where they are few, by number where they are many."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.assess.assessment import Assessment
from guiju.assess.report.sections import Section
from guiju.assess.report.words import same
from guiju.bilingual import Bilingual
from guiju.engine.findings import Subject

FEW = 3
"""Up to so many systems stand open on the page and are named in full everywhere."""


class Names:
    """Names and anchors of systems, organisation and laws."""

    def __init__(self, assessment: Assessment, sections: Sequence[Section]) -> None:
        self._books = assessment.books
        self.systems = [system.name for system in assessment.profile.systems]
        self._numbers = {name: number for number, name in enumerate(self.systems, start=1)}
        self._anchors = {(s.subject.kind, s.subject.name): f"s-{s.number}" for s in sections}
        self.few = len(self.systems) <= FEW
        self.single = len(self.systems) == 1

    def full(self, subject: Subject) -> Bilingual:
        """The name as the profile gives it; the title for a law."""
        return self._books.book(subject.name).title if subject.kind == "law" else same(subject.name)

    def tag(self, subject: Subject) -> str | None:
        """The short name of one of many systems: its number in the overview."""
        return None if self.few or subject.kind != "system" else f"S{self._numbers[subject.name]}"

    def href(self, subject: Subject) -> str | None:
        """The link to the section about a subject, if it has one."""
        found = self._anchors.get((subject.kind, subject.name))
        return f"#{found}" if found else None

    def are_all_systems(self, subjects: Sequence[Subject]) -> bool:
        """Whether these are all the systems, and there is more than one."""
        return not self.single and {s.name for s in subjects if s.kind == "system"} == set(self.systems)
