"""The words a profile is written in: facts, events, parties, and what cannot be true together."""

from __future__ import annotations

from typing import Literal

import msgspec

from guiju.bilingual import Bilingual

Owner = Literal["organisation", "system"]
FactType = Literal["bool", "count", "number", "money", "text", "choice", "set"]


class FactSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One fact: whose it is, its type and unit, and how to ask for it; `labels` say the choices, in their order.

    `asked: false` arises only in proceedings. `usually` is the answer that nearly everybody gives: a question that
    decides much, but only if the rare answer is given, can wait.
    """

    fact: str
    of: Owner
    type: FactType
    question: Bilingual
    unit: Bilingual | None = None
    choices: tuple[str, ...] = ()
    labels: tuple[Bilingual, ...] = ()
    help: Bilingual | None = None
    asked: bool = True
    usually: bool | None = None

    def label(self, choice: str) -> Bilingual:
        """Say a choice to people; one without a label is its own name."""
        named = dict(zip(self.choices, self.labels, strict=False))
        return named.get(choice) or Bilingual(choice, choice)


class EventSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of event: what it belongs to, its attributes, and whether it lies in the future by nature.

    `announced_by` names the planned event that stands in for its date until it happens.
    """

    event: str
    of: Literal["organisation", "system", "law"]
    label: Bilingual
    question: Bilingual
    attributes: dict[str, Literal["bool"]] | None = None
    planned: bool = False
    announced_by: str | None = None


class PartySpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who bears a norm or is owed it."""

    party: str
    label: Bilingual


class Contradiction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An expression that can never be true, and why."""

    never: str
    because: Bilingual


class ReadingSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An open question of the law: candidate answers with reasons, and the one that stands unless another is chosen."""

    class Candidate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """One way to read it."""

        id: str
        reason: Bilingual

    reading: str
    question: Bilingual
    cites: tuple[str, ...]
    default: str
    candidates: tuple[Candidate, ...]
