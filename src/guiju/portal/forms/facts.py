"""A fact of a profile as a field of a form, and back: what is read is what was shown, and unknown is always an answer.

A number may be left empty, a choice has "not known" among its options; both say that the fact is unknown, never false.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from guiju.assess.answers import AnswerError, read_answer
from guiju.assess.catalogue import provisions
from guiju.bilingual import Bilingual
from guiju.engine.values import Value
from guiju.engine.vocabulary import FactSpec
from guiju.law.address import Address
from guiju.portal.faces.books import rulebooks
from guiju.portal.look.components import ChoiceField, Field, NumberField, Option, ProvisionLink, SetField, TextField
from guiju.profiles.factvalues import LARGEST
from guiju.profiles.intake import LONGEST_NAME, read_name
from guiju.profiles.refusal import RefusedError

UNKNOWN: Final = "?"
NONE_OF_THEM: Final = "-"
"""What the options "not known" and "none of these" send; no choice of the vocabulary is called so."""
_LONGEST_NUMBER = 100
_YES_NO = {"yes": True, "no": False}
_NOT_KNOWN = Option(value=UNKNOWN, label=Bilingual(zh="不知道", en="Not known"))
_BOOLS = (
    Option(value="yes", label=Bilingual(zh="是", en="Yes")),
    Option(value="no", label=Bilingual(zh="否", en="No")),
    _NOT_KNOWN,
)
_NONE = Option(value=NONE_OF_THEM, label=Bilingual(zh="以上都没有", en="None of these"))
_LEAVE_EMPTY = Bilingual(zh="不知道的，留空。", en="Leave it empty where you do not know.")
_PICK = Bilingual(zh="请从所列选项中选择", en="Choose from the options listed")
_BOTH_WAYS = Bilingual(
    zh="“以上都没有”“不知道”不能与其他选项同时选",
    en="“None of these” and “Not known” cannot be chosen together with anything else",
)
_UNFIT_TEXT = Bilingual(
    zh=f"请写成一行文字，最多 {LONGEST_NAME} 个字符", en=f"Write one line of at most {LONGEST_NAME} characters"
)
_WIDE = str.maketrans("０１２３４５６７８９．，", "0123456789.,")

Answer = tuple[Value, Bilingual | None]


def fact_field(
    spec: FactSpec,
    value: Value,
    *,
    error: Bilingual | None = None,
    prefix: str = "f",
    entered: Mapping[str, Any] | None = None,
    cites: ProvisionLink | None = None,
) -> Field:
    """Return the field that asks for a fact, showing its value; None shows as not known.

    With `entered` it shows what the person had sent instead, also where that is no value.
    """
    shown = _shown(value) if entered is None else tuple(_sent(entered, spec.fact))
    one = shown[0] if shown else ""
    common: dict[str, Any] = {
        "name": spec.fact,
        "label": spec.question,
        "hint": spec.help,
        "error": error,
        "cites": cites,
        "prefix": prefix,
    }
    match spec.type:
        case "bool":
            return ChoiceField(**common, options=_BOOLS, value=one or UNKNOWN, inline=True)
        case "choice":
            return ChoiceField(**common, options=(*_options(spec), _NOT_KNOWN), value=one or UNKNOWN)
        case "set":
            chosen = frozenset(shown or (UNKNOWN,))
            return SetField(**common, options=(*_options(spec), _NONE, _NOT_KNOWN), values=chosen)
        case "text":
            return TextField(**common, value=one, longest=LONGEST_NAME, optional=True)
    common["hint"] = _joined(spec.help, _LEAVE_EMPTY)
    return NumberField(**common, value=one, unit=spec.unit, decimal=spec.type != "count")


def read_fact(spec: FactSpec, data: Mapping[str, Any]) -> Answer:
    """Read a fact from what a form sent: (value, None), (None, None) where it is unknown, or (None, what is wrong).

    `data` may be Django's; the fact stands under its name. Nothing that anybody can send raises an exception.
    """
    sent = [one for one in _sent(data, spec.fact) if one]
    if not sent or sent == [UNKNOWN]:
        return None, None
    match spec.type:
        case "bool":
            return (_YES_NO[sent[0]], None) if len(sent) == 1 and sent[0] in _YES_NO else (None, _PICK)
        case "choice":
            return (sent[0], None) if len(sent) == 1 and sent[0] in spec.choices else (None, _PICK)
        case "set":
            return _read_set(spec, set(sent))
        case "text":
            return _read_text(sent[0])
    return _read_number(spec, sent[0])


@functools.cache
def provisions_of(fact: str) -> tuple[Address, ...]:
    """Return the provisions that turn on a fact."""
    return provisions(rulebooks())[fact]


def value_words(spec: FactSpec, value: Value) -> Bilingual:
    """Say a value: yes, not known, 1,300,000 accounts, text and images."""
    if value is None:
        return Bilingual(zh="不知道", en="not known")
    if isinstance(value, bool):
        return Bilingual(zh="是", en="yes") if value else Bilingual(zh="否", en="no")
    if isinstance(value, frozenset):
        labels = [spec.label(choice) for choice in spec.choices if choice in value]
        zh, en = "、".join(one.zh for one in labels), ", ".join(one.en for one in labels)
        return Bilingual(zh=zh or "都没有", en=en or "none of these")
    if isinstance(value, str):
        return spec.label(value)
    unit = spec.unit or Bilingual("", "")
    number = f"{value:,}" if isinstance(value, int) else f"{value:,f}"
    return Bilingual(zh=f"{number} {unit.zh}".strip(), en=f"{number} {unit.en}".strip())


def _read_set(spec: FactSpec, sent: set[str]) -> Answer:
    if sent == {NONE_OF_THEM}:
        return frozenset(), None
    if sent <= {*spec.choices}:
        return frozenset(sent), None
    return None, _BOTH_WAYS if sent <= {*spec.choices, NONE_OF_THEM, UNKNOWN} else _PICK


def _read_text(sent: str) -> Answer:
    try:
        return read_name(sent, sent), None
    except RefusedError:
        return None, _UNFIT_TEXT


def _read_number(spec: FactSpec, sent: str) -> Answer:
    try:
        value = read_answer(spec, sent.translate(_WIDE) if len(sent) <= _LONGEST_NUMBER else "")
    except AnswerError as error:
        return None, error.expected
    largest = LARGEST[spec.type]
    if isinstance(value, int | Decimal) and value <= largest:
        return value, None
    return None, Bilingual(zh=f"最大可写 {largest:,f}", en=f"The largest number that can be written is {largest:,f}")


def _options(spec: FactSpec) -> tuple[Option, ...]:
    return tuple(Option(value=choice, label=spec.label(choice)) for choice in spec.choices)


def _shown(value: Value) -> tuple[str, ...]:
    """Return what the inputs of a field hold for a value."""
    if value is None:
        return ()
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    if isinstance(value, frozenset):
        return tuple(sorted(value)) or (NONE_OF_THEM,)
    return (f"{value:f}" if isinstance(value, Decimal) else str(value),)


def _sent(data: Mapping[str, Any], name: str) -> list[str]:
    """Return what was sent under a name, without the spaces around it; Django's mappings hold several values each."""
    found = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
    return [str(one).strip() for one in (found if isinstance(found, list | tuple) else [found])]


def _joined(first: Bilingual | None, second: Bilingual) -> Bilingual:
    return second if first is None else Bilingual(zh=f"{first.zh}{second.zh}", en=f"{first.en} {second.en}")
