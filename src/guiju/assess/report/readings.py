"""Open readings of the law that matter in this assessment, and what each of them would change."""

from __future__ import annotations

from dataclasses import dataclass, field

from guiju.assess.assessment import Assessment
from guiju.assess.report.cite import Citations
from guiju.assess.report.lines import OWN, part_of
from guiju.engine.findings import Finding, Status, Subject
from guiju.engine.norms import Norm, Reading
from guiju.engine.vocabulary import Bilingual


@dataclass(slots=True)
class Change:
    """A norm whose status differs under other readings, for the subjects with these same statuses."""

    norm: Norm
    cite: Bilingual
    here: Status
    under: dict[str, Status]
    """Candidate -> status, for all candidates."""
    subjects: list[Subject] = field(default_factory=list)

    @property
    def adds(self) -> bool:
        """Whether another reading would put something on the organisation that this one does not."""
        more = any(status in ("applies", "undetermined") for status in self.under.values())
        return part_of(self.norm) in OWN and self.here == "does_not_apply" and more


@dataclass(slots=True)
class OpenReading:
    """An open question with the candidate that was used, and the norms that turn on it."""

    reading: Reading
    chosen: str
    changes: list[Change]

    @property
    def adds(self) -> list[Change]:
        """The norms that would come on top under another reading."""
        return [change for change in self.changes if change.adds]


def open_readings(assessment: Assessment, cite: Citations) -> tuple[OpenReading, ...]:
    """Collect the readings that would change a finding, those first under which more would be owed."""
    found: dict[str, dict[tuple[object, ...], Change]] = {}
    for finding in assessment.findings:
        for question, others in finding.readings.items():
            under = _all_candidates(assessment, finding, question, others)
            key = (finding.norm.key, finding.status, *under.items())
            change = found.setdefault(question, {}).setdefault(
                key, Change(finding.norm, cite.short(finding.norm.address), finding.status, under)
            )
            change.subjects.append(finding.subject)
    readings = [
        OpenReading(assessment.books.readings[question], assessment.readings[question], list(changes.values()))
        for question, changes in found.items()
    ]
    return tuple(sorted(readings, key=lambda reading: not reading.adds))


def _all_candidates(
    assessment: Assessment, finding: Finding, question: str, others: dict[str, Status]
) -> dict[str, Status]:
    """Give the status under every candidate, in the order of the rulebook."""
    candidates = assessment.books.readings[question].candidates
    return {candidate: others.get(candidate, finding.status) for candidate in candidates}
