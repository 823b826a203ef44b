"""The form for the facts of a system or of the organisation: in groups, with what does not matter now folded.

What matters now: what is known, what an undetermined norm waits for, and what was just entered wrong.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from guiju.bilingual import Bilingual
from guiju.engine.values import Value
from guiju.engine.vocabulary import FactSpec
from guiju.portal.faces.books import rulebooks
from guiju.portal.faces.provisions import provision
from guiju.portal.forms.facts import fact_field, provisions_of, read_fact, value_words
from guiju.portal.look.components import Field, ProvisionLink, SetField
from guiju.portal.organisations.facts import known

_FILE = Path(__file__).with_name("fact_groups.yaml")
_SHOWN_PROVISIONS = 3
ASKED = "asked"
"""The name under which a form tells of its check boxes."""


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Facts that are asked for together."""

    group: str
    of: str
    title: Bilingual
    facts: tuple[str, ...]


_REST = Bilingual(zh="其他", en="Other facts")
_PROCEEDINGS = Bilingual(zh="只在程序或者争议中才出现的事实", en="Facts that only proceedings or a dispute bring out")


@functools.cache
def groups_of(owner: str) -> tuple[Group, ...]:
    """Return the groups of facts of a `system` or `organisation`; every fact is in exactly one of them."""
    import yaml

    every = msgspec.convert(yaml.safe_load(_FILE.read_text("utf-8")), tuple[Group, ...])
    facts = {name: spec for name, spec in rulebooks().facts.items() if spec.of == owner}
    found = [
        Group(one.group, owner, one.title, tuple(name for name in one.facts if name in facts))
        for one in every
        if one.of == owner
    ]
    placed = {name for one in found for name in one.facts}
    rest = tuple(name for name, spec in facts.items() if spec.asked and name not in placed)
    late = tuple(name for name, spec in facts.items() if not spec.asked and name not in placed)
    found += [Group("rest", owner, _REST, rest), Group("proceedings", owner, _PROCEEDINGS, late)]
    return tuple(one for one in found if one.facts)


@dataclass(frozen=True, slots=True)
class Asked:
    """One fact of the form: its field, and the provisions that turn on it."""

    field: Field
    used_by: tuple[ProvisionLink, ...]
    more: int
    wanted: bool

    @property
    def is_set(self) -> bool:
        """Whether it is answered with check boxes."""
        return isinstance(self.field, SetField)


@dataclass(frozen=True, slots=True)
class Section:
    """A group of the form: what matters now, and what is folded."""

    name: str
    title: Bilingual
    shown: tuple[Asked, ...]
    folded: tuple[Asked, ...]


def sections(
    owner: str,
    facts: Mapping[str, Any],
    wanted: Collection[str],
    *,
    entered: Mapping[str, Any] | None = None,
    errors: Mapping[str, Bilingual] | None = None,
) -> tuple[Section, ...]:
    """Build the form. `wanted` are the facts that something waits for; `entered` is what was sent, if something was."""
    values, wrong = known(facts), errors or {}
    found = []
    for group in groups_of(owner):
        asked = [_asked(name, values.get(name), wanted, entered, wrong.get(name)) for name in group.facts]
        matters = {name for name in group.facts if name in values or name in wanted or name in wrong}
        pairs = list(zip(group.facts, asked, strict=True))
        found.append(
            Section(
                group.group,
                group.title,
                tuple(one for name, one in pairs if name in matters),
                tuple(one for name, one in pairs if name not in matters),
            )
        )
    return tuple(found)


def read(owner: str, data: Mapping[str, Any]) -> tuple[dict[str, Value], dict[str, Bilingual]]:
    """Read all facts that a form sent: their values (None: unknown), and what is wrong with others."""
    values: dict[str, Value] = {}
    errors: dict[str, Bilingual] = {}
    asked = _asked_in(data)
    for name, spec in specs_of(owner).items():
        if name not in asked:
            continue
        value, wrong = read_fact(spec, data)
        if wrong is None:
            values[name] = value
        else:
            errors[name] = wrong
    return values, errors


def _asked_in(data: Mapping[str, Any]) -> set[str]:
    """Of check boxes nothing is sent where none is ticked; the form says that it asked."""
    return {*data, *(data.getlist(ASKED) if hasattr(data, "getlist") else ())}


def specs_of(owner: str) -> dict[str, FactSpec]:
    """Return the facts of a `system` or `organisation` by name."""
    return {name: spec for name, spec in rulebooks().facts.items() if spec.of == owner}


def said_value(name: str, stored: Any) -> Bilingual:
    """Say the value of a fact as the table holds it; unknown is said too."""
    spec = rulebooks().facts.get(name)
    if spec is None:
        return Bilingual(zh=str(stored), en=str(stored))
    return value_words(spec, known({name: stored}).get(name))


def _asked(
    name: str, value: Value, wanted: Collection[str], entered: Mapping[str, Any] | None, error: Bilingual | None
) -> Asked:
    spec = rulebooks().facts[name]
    used = provisions_of(name)
    sent = entered if entered is not None and name in _asked_in(entered) else None
    field = fact_field(spec, value, error=error, entered=sent)
    links = tuple(provision(address) for address in used[:_SHOWN_PROVISIONS])
    return Asked(field, links, max(0, len(used) - _SHOWN_PROVISIONS), name in wanted)
