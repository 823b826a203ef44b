"""The way of a case through its states in words: the same as the lit diagram, for those who do not see it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from guiju.bilingual import Bilingual
from guiju.portal.casefile.reach import Reached
from guiju.portal.casefile.words import capital, joined
from guiju.procedures.model import SAME

_BY_ITSELF = Bilingual(zh="期限届满自动发生", en="by itself, when a clock runs out")


@dataclass(frozen=True, slots=True)
class Passed:
    """A state that the case came into, when, and by which act."""

    state: Bilingual
    on: dt.date
    act: Bilingual


@dataclass(frozen=True, slots=True)
class Possible:
    """An act that may follow from here, who does it, and where it leads; None where the state stays."""

    act: Bilingual
    by: Bilingual
    to: Bilingual | None


def path_taken(reached: Reached) -> list[Passed]:
    """List the states that the case went through, the first act first."""
    states, found = reached.kind.states, []
    for event in reached.standing.events:
        transition = reached.standing.active.transitions[event.act]
        if transition.to != SAME:
            found.append(Passed(states[transition.to].label, event.on, transition.label))
    return found


def what_can_follow(reached: Reached) -> list[Possible]:
    """List the acts that lead on from the state in which the case stands, whether open now or not."""
    standing, kind = reached.standing, reached.kind
    return [
        Possible(
            capital(one.label),
            _BY_ITSELF if one.automatic else joined(kind.role_label(role) for role in one.by),
            None if one.to in (SAME, standing.state) else kind.states[one.to].label,
        )
        for one in standing.active.exits.get(standing.state, [])
    ]
