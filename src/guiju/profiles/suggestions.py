"""What a wrong name in a profile was probably meant to be, and where it belongs."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from guiju.bilingual import Bilingual
from guiju.documents.errors import nearest
from guiju.documents.messages import NOTHING, Detail, shown
from guiju.engine.collection import Rulebooks
from guiju.engine.vocabulary import EventSpec
from guiju.profiles.refusal import both

PARTS = ("organisation", "systems", "events")
"""What a profile consists of."""

OWNERS = {
    "organisation": both("the organisation", "组织"),
    "system": both("a system", "系统"),
    "law": both("the law itself", "法律本身"),
}
_WHERE = {
    "organisation": both("`organisation:`", "`organisation:` 之下"),
    "system": both("its system under `systems:`", "`systems:` 下的相应系统"),
}
_LONGEST = 80
_FEW = 5


class Suggestions:
    """Knows every name of the vocabulary, and what to say about one that is not there."""

    def __init__(self, books: Rulebooks) -> None:
        self.books = books

    @functools.cached_property
    def defined(self) -> dict[str, str]:
        """The terms that the laws define, with the address of each definition."""
        return {norm.defines: str(norm.address) for norm in self.books.norms if norm.defines}

    def not_a_fact(self, name: str, owner: str) -> tuple[str, dict[str, Detail]]:
        """Say what is wrong with a name under the organisation or a system: a kind of problem and its details."""
        spec = self.books.facts.get(name)
        if spec is not None:
            return "misplaced_fact", {"owner": OWNERS[spec.of], "here": OWNERS[owner], "where": _WHERE[spec.of]}
        if name in self.defined:
            return "derived_fact", {"name": name, "address": self.defined[name]}
        if name in self.books.events:
            return "event_as_fact", {"name": name}
        if name in PARTS:
            top = both(f"`{name}:` begins in the first column, not indented; ", f"`{name}:` 应顶格书写，不缩进；")
            return "unknown_fact", {"hint": top}
        own = [fact for fact, spec in self.books.facts.items() if spec.of == owner]
        return "unknown_fact", {"hint": _before(_meant(name, own, self.books.facts))}

    def not_a_part(self, name: str) -> Bilingual:
        """Say where a name at the top level belongs."""
        spec = self.books.facts.get(name)
        if spec is not None:
            where = _WHERE[spec.of]
            owner = OWNERS[spec.of]
            return both(f"this is a fact of {owner.en}; move it to {where.en}", f"这是{owner.zh}的事实，移到{where.zh}")
        if name in self.books.events:
            return both("this is an event; write it under `events:`", "这是事件，写到 `events:` 之下")
        return _meant(name, PARTS) or both("remove it", "删去")

    def not_an_event(self, name: str) -> dict[str, Detail]:
        """Suggest the event that was meant."""
        return {"name": shown(name), "hint": _before(_meant(name, self.books.events))}

    def not_a_field(self, name: str, spec: EventSpec) -> dict[str, Detail]:
        """Suggest the field of an event that was meant, and list those it has."""
        fields = ["event", "date", *(["system"] if spec.of == "system" else []), *(spec.attributes or {})]
        hint = _meant(name, fields) or both("remove it", "删去")
        return {"event": spec.event, "name": shown(name), "fields": ", ".join(fields), "hint": hint}

    def not_a_system(self, name: str, known: Iterable[str]) -> dict[str, Detail]:
        """Suggest the system that was meant."""
        names = list(known)
        if not names:
            return {"name": shown(name), "hint": both("list it under `systems:`", "先在 `systems:` 下列出")}
        few = ", ".join(f"`{shown(one)}`" for one in names[:_FEW])
        return {"name": shown(name), "hint": _meant(name, names) or both(f"there are: {few}", f"档案中有：{few}")}


def _meant(name: str, *known: Iterable[str]) -> Bilingual | None:
    """Ask whether the nearest known name was meant; the first group with one that is near decides."""
    for names in known:
        close = nearest(name[:_LONGEST], [shown(one) for one in names]).partition("`")[2].rpartition("`")[0]
        if close:
            return both(f"did you mean `{close}`?", f"是否想写 `{close}`？")
    return None


def _before(hint: Bilingual | None) -> Bilingual:
    """Put a hint before further advice in the same line."""
    return both(f"{hint.en} ", hint.zh) if hint else NOTHING
