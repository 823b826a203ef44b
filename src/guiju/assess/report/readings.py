"""Open readings of the law that matter in this assessment, and what each of them would change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from guiju.assess.assessment import Assessment
from guiju.assess.report.lines import OWN, part_of
from guiju.engine.findings import Finding, Status, Subject
from guiju.engine.norms import Norm, Reading


@dataclass(slots=True)
class Change:
    """Norms whose status differs under other readings, in the same way and for the same subjects."""

    here: Status
    under: dict[str, Status]
    """Candidate -> status, for all candidates."""
    norms: list[Norm] = field(default_factory=list)
    subjects: list[Subject] = field(default_factory=list)

    @property
    def adds(self) -> bool:
        """Whether another reading would put something on the organisation that this one does not."""
        more = any(status in ("applies", "undetermined") for status in self.under.values())
        return self.here == "does_not_apply" and more and any(part_of(norm) in OWN for norm in self.norms)

    @property
    def binds(self) -> bool:
        """Whether another reading would settle that it applies."""
        return "applies" in self.under.values()


@dataclass(slots=True)
class OpenReading:
    """An open question with the candidate that was used, and what turns on it."""

    reading: Reading
    chosen: str
    changes: list[Change]

    @property
    def adds(self) -> list[Change]:
        """What would come on top under another reading."""
        return [change for change in self.changes if change.adds]

    @property
    def weight(self) -> tuple[bool, bool]:
        """How early to tell of it: first what would add a duty, and of that first what has a deadline."""
        dated = any(norm.deadlines for change in self.adds for norm in change.norms)
        return (not self.adds, not dated)


def open_readings(assessment: Assessment) -> tuple[OpenReading, ...]:
    """Collect the readings that would change a finding, the weightiest first."""
    found: dict[str, dict[tuple[object, ...], Change]] = {}
    for finding in assessment.findings:
        for question, others in finding.readings.items():
            under = _all_candidates(assessment, finding, question, others)
            key = (finding.norm.key, finding.status, *under.items())
            change = found.setdefault(question, {}).setdefault(key, Change(finding.status, under, [finding.norm]))
            change.subjects.append(finding.subject)
    readings = [
        OpenReading(assessment.books.readings[question], assessment.readings[question], _joined(changes.values()))
        for question, changes in found.items()
    ]
    return tuple(sorted(readings, key=lambda reading: reading.weight))


def _joined(changes: Iterable[Change]) -> list[Change]:
    """Put norms together that change in the same way for the same subjects; own duties apart from the rest."""
    found: dict[tuple[object, ...], Change] = {}
    for change in changes:
        own = part_of(change.norms[0]) in OWN
        key = (own, change.here, *change.under.items(), *change.subjects)
        same = found.setdefault(key, Change(change.here, change.under, [], change.subjects))
        same.norms.extend(change.norms)
    return list(found.values())


def _all_candidates(
    assessment: Assessment, finding: Finding, question: str, others: dict[str, Status]
) -> dict[str, Status]:
    """Give the status under every candidate, in the order of the rulebook."""
    candidates = assessment.books.readings[question].candidates
    return {candidate: others.get(candidate, finding.status) for candidate in candidates}
