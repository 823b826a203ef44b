"""What is said once something was done: the number, what happened, and by when what must follow."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest

from guiju.bilingual import Bilingual
from guiju.portal.cases.acting import Done
from guiju.portal.cases.evidence import load
from guiju.portal.faces.provisions import provision
from guiju.portal.faces.showing import tell
from guiju.portal.filing.effects import day_words, decision_due
from guiju.procedures.model import CaseType
from guiju.procedures.standing import replay

_FILED = Bilingual(zh="已提交：{title}。这是您的案件编号，请记下。", en="Sent: {title}. This is your case number.")
_DECIDED_BY = Bilingual(
    zh="主管机关最迟应当在 {day} 完成（{clock}，{cites}）。",
    en="The authority must have acted by {day} ({clock}; {cites}).",
)
_DONE = Bilingual(zh="已办理：{act}。", en="Done: {act}.")


def told_by(request: HttpRequest, done: Done, kind: CaseType, today: dt.date) -> None:
    """Say on the next page that a case was opened, its number shown large, and by when it must be decided."""
    said = _filled(_FILED, title=kind.title)
    due = decision_due(replay(load(done.case), kind), today)
    if due is not None:
        clock, day = due
        cites = provision(clock.cites[0]).words
        by = _filled(_DECIDED_BY, day=day_words(day), clock=clock.label, cites=cites)
        said = Bilingual(zh=f"{said.zh}{by.zh}", en=f"{said.en} {by.en}")
    tell(request, said, mark=done.case.number)


def told_of_act(request: HttpRequest, label: Bilingual) -> None:
    """Say on the next page that an act was done."""
    tell(request, _filled(_DONE, act=label))


def _filled(text: Bilingual, **values: object) -> Bilingual:
    return Bilingual(
        zh=text.zh.format(**{name: getattr(one, "zh", one) for name, one in values.items()}),
        en=text.en.format(**{name: getattr(one, "en", one) for name, one in values.items()}),
    )
