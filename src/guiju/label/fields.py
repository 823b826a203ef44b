"""The implicit label: one JSON object with seven text fields (GB 45438-2025, annex E, as reproduced; grade C2)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace

FIELD_NAMES = (
    "Label",
    "ContentProducer",
    "ProduceID",
    "ReservedCode1",
    "ContentPropagator",
    "PropagateID",
    "ReservedCode2",
)
WRAPPER = "AIGC"
GENERATED, POSSIBLY, SUSPECTED = "1", "2", "3"
_NAMED_FIELD = re.compile(rf"\b({'|'.join(FIELD_NAMES)})[\"'\\]*+\s*+[:=]", re.IGNORECASE)
_WRAPPED = re.compile(rf"[\s\[{{\"'\\]*+{WRAPPER}[\"'\\]*+\s*+[:=]?+\s*+[\"']?+\s*+{{\s*+[\"'\\]*+\w", re.IGNORECASE)


@dataclass(frozen=True)
class Label:
    """The seven fields in order, all text, `label` too: "1" is, "2" may be, "3" is suspected to be generated."""

    label: str
    producer: str
    produce_id: str
    reserved1: str = ""
    propagator: str = ""
    propagate_id: str = ""
    reserved2: str = ""

    @classmethod
    def by_generator(cls, producer: str, produce_id: str, reserved1: str = "") -> Label:
        """Return the first label of a file: the propagation fields equal the production fields (annex E note 1, C2)."""
        return cls(GENERATED, producer, produce_id, reserved1, producer, produce_id, "")

    @classmethod
    def by_platform(cls, label: str, propagator: str, propagate_id: str, reserved2: str = "") -> Label:
        """Return the label of a platform that found none in the file and judged it "2" or "3" (Measures, article 6)."""
        return cls(label, "", "", "", propagator, propagate_id, reserved2)

    def propagated(self, propagator: str, propagate_id: str, reserved2: str = "") -> Label:
        """Return the label with its propagation fields filled, the producer's own fields untouched."""
        return replace(self, propagator=propagator, propagate_id=propagate_id, reserved2=reserved2)

    def values(self) -> tuple[str, ...]:
        """Return the seven values in the order of FIELD_NAMES."""
        return (
            self.label,
            self.producer,
            self.produce_id,
            self.reserved1,
            self.propagator,
            self.propagate_id,
            self.reserved2,
        )

    def as_dict(self) -> dict[str, str]:
        """Return the fields under their official names."""
        return dict(zip(FIELD_NAMES, self.values(), strict=True))

    def bare(self) -> str:
        """Return the JSON for a slot that is itself named AIGC."""
        return json.dumps(self.as_dict(), ensure_ascii=True, separators=(",", ":"))

    def wrapped(self) -> str:
        """Return the JSON for a slot with a general name: `{"AIGC":{…}}`."""
        return json.dumps({WRAPPER: self.as_dict()}, ensure_ascii=True, separators=(",", ":"))


@dataclass(frozen=True)
class Parsed:
    """What a slot held: a JSON object that may or may not be a right label.

    `values` has the text under each of the seven names that is there as text; `wrong_types`, `extra`, `repeated` and
    `missing` name the keys that are not as they should be; `in_order` tells whether the known ones stand in the
    prescribed order; `not_json` is True where the text is no JSON object at all. `claims` is True where the text is
    meant as a label, whatever is wrong with its form: it has the outer object AIGC, or two of the seven names, in any
    letter case.
    """

    values: dict[str, str] = field(default_factory=dict)
    wrong_types: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    missing: tuple[str, ...] = FIELD_NAMES
    not_json: bool = False
    in_order: bool = True
    claims: bool = False

    @property
    def is_label(self) -> bool:
        """Tell whether at least one of the seven names is there, or the text claims to be a label otherwise."""
        return bool(self.values or self.wrong_types or self.claims)

    @property
    def label(self) -> Label | None:
        """Return the label, if all seven fields are there as text and nothing else is."""
        if self.missing or self.extra or self.wrong_types or self.repeated:
            return None
        return Label(*(self.values[name] for name in FIELD_NAMES))


def parse(text: str) -> Parsed:
    """Read the text of a slot, bare or wrapped; never raises: what is wrong is in the result."""
    try:
        data = json.loads(text.strip("\x00 \t\r\n\ufeff"), object_pairs_hook=_Pairs)
    except (ValueError, RecursionError):
        return Parsed(not_json=True, claims=_claims(text))
    if isinstance(data, _Pairs):
        inner = [value for key, value in data.pairs if key == WRAPPER and isinstance(value, _Pairs)]
        if inner and not any(key in FIELD_NAMES for key, _ in data.pairs):
            data = inner[0]
    if not isinstance(data, _Pairs):
        return Parsed(not_json=True, claims=_claims(text))
    return replace(_parsed(data.pairs), claims=_claims(text))


def _claims(text: str) -> bool:
    """Tell whether a text is meant as a label, also with wrong quotes, letter case, a prefix or something behind it."""
    if _WRAPPED.match(text):
        return True
    names = {name.casefold() for name in _NAMED_FIELD.findall(text)} if "{" in text else set()
    return len(names) > 1


class _Pairs:
    """A JSON object that remembers keys that stand twice."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        self.pairs = pairs


def _parsed(pairs: list[tuple[str, object]]) -> Parsed:
    keys = [key for key, _ in pairs]
    values = {key: value for key, value in pairs if key in FIELD_NAMES and isinstance(value, str)}
    return Parsed(
        values=values,
        wrong_types=tuple(key for key, value in pairs if key in FIELD_NAMES and not isinstance(value, str)),
        extra=tuple(key for key in dict.fromkeys(keys) if key not in FIELD_NAMES),
        repeated=tuple(key for key in dict.fromkeys(keys) if keys.count(key) > 1),
        missing=tuple(name for name in FIELD_NAMES if name not in keys),
        in_order=[key for key in keys if key in FIELD_NAMES] == [key for key in FIELD_NAMES if key in keys],
    )
