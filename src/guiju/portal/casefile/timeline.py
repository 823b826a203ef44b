"""The acts of a case as both sides read them: who in which role, what was said, which letters went out.

The names of people are shown to their own side only. The other side reads in which role and for whom somebody acted:
for a decision the office answers, not the person who wrote it; and of an applicant's staff nobody needs the names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.utils import timezone

from guiju.bilingual import Bilingual
from guiju.portal.authorities.models import Office
from guiju.portal.casefile.reach import Reached
from guiju.portal.casefile.values import given_with
from guiju.portal.casefile.words import capital, filled
from guiju.portal.correspondence.models import Letter, LetterOpening
from guiju.portal.correspondence.opening import first_openings
from guiju.portal.correspondence.reading import address_of, went_to
from guiju.portal.faces.provisions import provisions
from guiju.portal.look.components import Act, Link, Tag, Timeline
from guiju.procedures.case import Event
from guiju.procedures.model import SAME

_NAMED = Bilingual(zh="{role} {name}（{of}）", en="{role} {name} ({of})")
_UNNAMED = Bilingual(zh="{role}（{of}）", en="{role} ({of})")
_OWED = Bilingual(zh="尚未生成", en="not composed yet")
_LETTER = Bilingual(zh="文书", en="letter")


def timeline(reached: Reached, letters: Iterable[Letter]) -> Timeline:
    """Show the acts of a case, the newest first; `letters` are those that this person may read."""
    sent: dict[int, list[Letter]] = {}
    for letter in letters:
        sent.setdefault(letter.seq, []).append(letter)
    offices = _offices(reached)
    acts = [_act(reached, event, offices, sent.get(event.seq, [])) for event in reached.standing.events]
    return Timeline(acts=tuple(reversed(acts)))


def received(reached: Reached, letters: Iterable[Letter]) -> tuple[Link, ...]:
    """Link to the letters of a case; to the side to which one went, say whether and by whom it was opened first."""
    own = [one for one in letters if one.sha256 and went_to(reached.kind, one.to, reached.seen_as)]
    opened = first_openings(own)
    links = []
    for one in letters:
        link = letter_link(one, reached.case.number)
        if one in own:
            link = replace(link, note=_opened(one, opened.get(one.pk)))
        links.append(link)
    return tuple(links)


def _opened(letter: Letter, first: LetterOpening | None) -> Bilingual:
    if first is None:
        return Bilingual(zh=f"{letter.number} · 尚无人打开", en=f"{letter.number} · nobody has opened it yet")
    day, name = timezone.localdate(first.at), first.user
    return Bilingual(
        zh=f"{letter.number} · {day} 由{name}首次打开", en=f"{letter.number} · first opened on {day} by {name}"
    )


def letter_link(letter: Letter, number: str) -> Link:
    """Link to a letter; one that is owed says so."""
    title = Bilingual(zh=letter.title_zh, en=letter.title_en) if letter.title_zh else _LETTER
    note = letter.number if letter.sha256 else _OWED
    return Link(label=title, href=address_of(letter, number), note=note)


def _act(reached: Reached, event: Event, offices: dict[int, Bilingual], letters: list[Letter]) -> Act:
    transition = reached.standing.active.transitions[event.act]
    given = given_with(reached, event)
    moved = transition.to != SAME
    return Act(
        when=event.on,
        title=capital(transition.label),
        by=_by(reached, event, offices),
        text=transition.gist,
        tag=Tag(text=reached.kind.states[transition.to].label) if moved else None,
        parts=(given,) if given else (),
        letters=tuple(letter_link(letter, reached.case.number) for letter in letters),
        cites=provisions(transition.cites),
    )


def _by(reached: Reached, event: Event, offices: dict[int, Bilingual]) -> Bilingual:
    role = capital(reached.kind.role_label(event.by))
    side = reached.kind.side_of(event.by)
    if side is None and event.by == "clock":
        return role
    of = offices[event.seq] if side == "authority" else _applicant(reached)
    name = reached.recorded.who.get(event.seq, {}).get("name", "")
    own = (side == "authority") == reached.official
    if of is None:
        return filled(Bilingual(zh="{role} {name}", en="{role} {name}"), role=role, name=name) if own and name else role
    return filled(_NAMED, role=role, name=name, of=of) if own and name else filled(_UNNAMED, role=role, of=of)


def _applicant(reached: Reached) -> Bilingual | None:
    company = reached.case.organisation
    return Bilingual(zh=company.zh, en=company.en or company.zh) if company else None


def _offices(reached: Reached) -> dict[int, Bilingual]:
    """Name for each event the office that had the case before it: whoever handed a case over acted for the old one."""
    codes, office = reached.recorded.offices, reached.case.office
    names = {office.code: _named(office.authority.zh, office.zh, office.authority.en, office.en)}
    others = set(codes.values()) - set(names)
    if others:
        columns = ("code", "authority__zh", "zh", "authority__en", "en")
        rows = Office.objects.filter(code__in=others).values_list(*columns)
        names |= {code: _named(*words) for code, *words in rows}
    found = {}
    for seq, code in codes.items():
        before = codes.get(seq - 1, code)
        found[seq] = names.get(before, Bilingual(zh=before, en=before))
    return found


def _named(authority_zh: str, zh: str, authority_en: str, en: str) -> Bilingual:
    return Bilingual(zh=f"{authority_zh} · {zh}", en=f"{authority_en} · {en}")
