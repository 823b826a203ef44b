"""From fields and what was entered to components: each type has its own, with its hints and provision at the field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from guiju.bilingual import Bilingual
from guiju.engine.expression import Node
from guiju.portal.drafts.references import FileReference, limits
from guiju.portal.faces.provisions import provision
from guiju.portal.forms.inputs_entered import DATE_PARTS, MOST_ROWS, Sent, entry_fields, rows, text, texts
from guiju.portal.forms.inputs_reading import UnfitError, date_from
from guiju.portal.forms.outputs import label_of
from guiju.portal.look.components import (
    ChoiceField,
    DateField,
    FileField,
    NumberField,
    Option,
    RepeatedField,
    SetField,
    TextField,
)
from guiju.portal.look.components import Field as Shown
from guiju.procedures.model import Condition, Field
from guiju.procedures.values import LONGEST_TEXT

_RADIOS = 7
_SHORT = ("name", "named", "contact", "number", "province", "country", "entry", "person", "_to", "_by", "_case")
"""Ends of the names of texts that fill a line: names, numbers, places. Case types do not say how long a text is."""
_YES = Option(value="yes", label=Bilingual(zh="是", en="Yes"))
_NO = Option(value="no", label=Bilingual(zh="否", en="No"))
_UNKNOWN = Option(value="unknown", label=Bilingual(zh="尚不清楚", en="Not known yet"))
_NOT_GIVEN = Option(value="", label=Bilingual(zh="不填", en="Not given"))
_CHOOSE = Option(value="", label=Bilingual(zh="请选择", en="Choose one"))
_YUAN = Bilingual(zh="元", en="yuan")
_CONFIDENTIAL = Bilingual(
    zh="保密：只有申请方和办理机关看得到，不公示。",
    en="Confidential: only the applicant's side and the authority see it; it is not published.",
)
_DEPENDS = Bilingual(zh="是否必填，取决于{names}。", en="Whether it is needed turns on {names}.")
_NEEDED = Bilingual(zh="按已填内容，此项必填。", en="Needed, by what has been filled in.")


@dataclass(frozen=True, slots=True)
class Showing:
    """Shows fields of one form. `labels` names the fields on which conditions turn; `needed` says how they turn out.

    `notes` add to hints.
    """

    entered: Sent
    errors: Mapping[str, Bilingual]
    prefix: str
    needed: Mapping[str, bool | None]
    labels: Mapping[str, Bilingual]
    notes: Mapping[str, Bilingual]

    def of(self, field: Field, name: str = "", *, within: bool = False) -> Shown:
        """Return the component of a field. `within` an entry, no provision is repeated."""
        name = name or field.name
        common: dict[str, Any] = {
            "name": name,
            "label": label_of(field),
            "hint": _joined(self._hints(field)),
            "error": self.errors.get(name),
            "cites": provision(field.cites[0], show_law=False) if field.cites and not within else None,
            "optional": self._optional(field),
            "prefix": self.prefix,
        }
        match field.type:
            case "date":
                return self._date(field, common)
            case "bool":
                options = (_YES, _NO) if field.required is True else (_YES, _NO, _UNKNOWN)
                return ChoiceField(**common, value=text(self.entered, name), options=options, inline=True)
            case "choice":
                return self._choice(field, common)
            case "set":
                return SetField(**common, options=_options(field), values=frozenset(texts(self.entered, name)))
            case "file":
                return self._file(common)
            case "list":
                return self._list(field, common)
            case "count":
                return NumberField(**common, value=text(self.entered, name))
            case "money":
                return NumberField(**common, value=text(self.entered, name), decimal=True, unit=_YUAN)
        value = text(self.entered, name)
        several = "\n" in value or not field.name.endswith(_SHORT)
        rows_ = 3 if several and field.plain is None and not within else 0
        return TextField(**common, value=value, rows=rows_ or (3 if "\n" in value else 0), longest=LONGEST_TEXT)

    def _date(self, field: Field, common: dict[str, Any]) -> Shown:
        parts = {part: text(self.entered, f"{common['name']}-{part}") for part in DATE_PARTS}
        wrong: frozenset[Any] = frozenset()
        if common["error"]:
            try:
                date_from(field, **parts)
            except UnfitError as error:
                wrong = error.wrong
        return DateField(**common, year=parts["year"], month=parts["month"], day=parts["day"], wrong=wrong)

    def _choice(self, field: Field, common: dict[str, Any]) -> Shown:
        options, value = _options(field), text(self.entered, common["name"])
        if len(options) > _RADIOS:
            return ChoiceField(**common, value=value, options=(_CHOOSE, *options), listed=True)
        optional = () if field.required is True else (_NOT_GIVEN,)
        return ChoiceField(**common, value=value, options=(*options, *optional))

    def _file(self, common: dict[str, Any]) -> Shown:
        reference = text(self.entered, common["name"])
        kept = (FileReference.parse(reference).shown,) if reference else ()
        return FileField(**common, **limits(), kept=kept, reference=reference)

    def _list(self, field: Field, common: dict[str, Any]) -> Shown:
        name = common["name"]
        numbers = rows(self.entered, name)[:MOST_ROWS] or [0]
        entries = tuple(
            (
                number,
                tuple(
                    self.of(inner, inner_name, within=True)
                    for inner_name, inner in entry_fields(replace(field, name=name), number, place)
                ),
            )
            for place, number in enumerate(numbers, start=1)
        )
        return RepeatedField(**common, entries=entries, full=len(numbers) >= MOST_ROWS)

    def _optional(self, field: Field) -> bool:
        return field.required is not True and self.needed.get(field.name) is not True

    def _hints(self, field: Field) -> Iterable[Bilingual]:
        if field.help:
            yield field.help
        if field.name in self.notes:
            yield self.notes[field.name]
        if field.confidential:
            yield _CONFIDENTIAL
        if isinstance(field.required, Condition):
            names = [self.labels[one] for one in turns_on(field.required.node) if one in self.labels]
            if self.needed.get(field.name):
                yield _NEEDED
            elif names:
                zh, en = "、".join(f"“{one.zh}”" for one in names), ", ".join(f"“{one.en}”" for one in names)
                yield Bilingual(zh=_DEPENDS.zh.format(names=zh), en=_DEPENDS.en.format(names=en))


def turns_on(node: Node) -> list[str]:
    """List the fields on which a condition turns, in its order, each once."""
    own = [node.own[0]] if node.kind == "fact" else []
    if node.kind == "asked" and node.own[0] == "given":
        own = [node.own[1]]
    return list(dict.fromkeys([*own, *(name for child in node.children for name in turns_on(child))]))


def _options(field: Field) -> tuple[Option, ...]:
    return tuple(Option(value=value, label=label) for value, label in field.choices.items())


def _joined(hints: Iterable[Bilingual]) -> Bilingual | None:
    found = list(hints)
    if not found:
        return None
    return Bilingual(zh="".join(one.zh for one in found), en=" ".join(one.en for one in found))
