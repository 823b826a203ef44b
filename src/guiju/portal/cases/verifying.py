"""Whether the tables of cases tell what the log tells: somebody with access to both could change only the tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.db.models import Count, F

from guiju.bilingual import Bilingual
from guiju.ledger.personal import MEMBER, Opening, verify_opening
from guiju.portal.cases.evidence import LETTERS
from guiju.portal.cases.models import Case, CaseEvent
from guiju.portal.correspondence.keeping import digest
from guiju.portal.correspondence.models import Letter
from guiju.portal.evidence.models import Beside, Erasure
from guiju.portal.evidence.opening import open_log

What = Literal["not_in_tables", "not_in_log", "content_changed", "content_missing", "wrong_revision", "letter_changed"]
_SAID = {
    "not_in_tables": Bilingual(zh="日志中有，案件表中没有", en="in the log, not in the tables of cases"),
    "not_in_log": Bilingual(zh="案件表中有，日志中没有", en="in the tables of cases, not in the log"),
    "content_changed": Bilingual(zh="内容与日志不符", en="its content is not what the log commits to"),
    "content_missing": Bilingual(
        zh="内容缺失，且没有擦除记录", en="its content is missing, and no erasure is recorded"
    ),
    "letter_changed": Bilingual(zh="文书与日志不符", en="a letter of it is not what the log commits to"),
    "wrong_revision": Bilingual(zh="版次与事件数不符", en="its revision is not the number of its events"),
}


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One place where tables and log differ; `seq` is 0 where it is about a case as a whole."""

    what: What
    case: str
    seq: int

    def text(self, lang: str) -> str:
        """Say it, in `zh` or `en`."""
        return f"{self.case}/{self.seq}: {_SAID[self.what].get(lang)}"


def verify_cases() -> Iterator[Mismatch]:
    """Compare the tables with the log, event by event. Raises StoreError where the end of the log itself is damaged.

    What was logged before, and rewritten by somebody who holds the log's key, only an earlier checkpoint shows.
    """
    with open_log() as log:
        first, stop = log.minimum, log.size
        logged = CaseEvent.objects.values_list("idx", "case__number", "seq")
        places = {idx: (number, seq) for idx, number, seq in logged.iterator()}
        # What was filed since the log was opened is in both, and looked at next time.
        meanwhile = range(stop, open_log().size)
        for index, data in enumerate(log.events(first, stop), first):
            event = json.loads(data)
            place = (event["case"], event["seq"])
            if places.pop(index, None) != place:
                yield Mismatch("not_in_tables", *place)
            wrong = list(_beside(index, event))
            if not wrong and _letters_changed(*place, index):
                wrong = ["letter_changed"]
            yield from (Mismatch(what, *place) for what in wrong)
        left = (place for idx, place in places.items() if idx >= first and idx not in meanwhile)
        yield from (Mismatch("not_in_log", *place) for place in left)
    wrongly = Case.objects.annotate(counted=Count("events")).exclude(counted=F("revision"))
    yield from (Mismatch("wrong_revision", number, 0) for number in wrongly.values_list("number", flat=True))


def _letters_changed(number: str, seq: int, index: int) -> bool:
    """Tell whether a letter of an event is not the one whose digest lies beside the log; one that was owed has none."""
    row = Beside.objects.filter(idx=index, name="content").first()
    logged = json.loads(bytes(row.value)).get(LETTERS, []) if row else []
    kept = dict(Letter.objects.filter(case__number=number, seq=seq).values_list("place", "content"))
    return any(one and (place not in kept or digest(kept[place]) != one) for place, one in enumerate(logged, 1))


def _beside(index: int, event: dict[str, object]) -> Iterator[What]:
    rows = {row.name: row for row in Beside.objects.filter(idx=index)}
    for name, value in event.items():
        if not isinstance(value, dict) or MEMBER not in value:
            continue
        row = rows.get(name)
        if row is None:
            if not Erasure.objects.filter(idx=index, name=name).exists():
                yield "content_missing"
        elif not verify_opening(event, Opening(name, bytes(row.salt), bytes(row.value))):
            yield "content_changed"
