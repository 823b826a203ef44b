"""The rules for the seven fields: what makes a label wrong, and what is only unusual."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.label.fields import GENERATED, POSSIBLY, SUSPECTED, Label, Parsed
from guiju.label.findings import Finding, finding
from guiju.label.provider import GENERATION, PROPAGATION, ProviderCode, is_credit_code

GENERATOR, PROPAGATOR = "generator", "propagator"
_FORBIDDEN = frozenset(' "\\')
_FIRST, _LAST = "!", "~"


def findings_on(parsed: Parsed, role: str = "") -> tuple[Finding, ...]:
    """Return what is wrong or unusual about a label that was read.

    With `role` generator it is judged as a first write: Label "1", propagation fields equal to the production fields.
    """
    if parsed.not_json:
        return (finding("not_json"),)
    return tuple(_shape(parsed)) + tuple(_values(parsed.values, role))


def findings_on_label(label: Label, role: str = "") -> tuple[Finding, ...]:
    """Return what is wrong or unusual about a label that is to be written."""
    return tuple(_values(label.as_dict(), role))


def _shape(parsed: Parsed) -> Iterator[Finding]:
    yield from (finding("missing_field", field=name) for name in parsed.missing)
    yield from (finding("not_text", field=name) for name in parsed.wrong_types)
    yield from (finding("extra_field", field=name) for name in parsed.extra)
    yield from (finding("repeated_field", field=name) for name in parsed.repeated)
    if not parsed.in_order:
        yield finding("field_order")


def _values(values: dict[str, str], role: str) -> Iterator[Finding]:
    yield from _label_value(values, role)
    yield from _emptiness(values)
    if role == GENERATOR:
        yield from _first_write(values)
    for name, value in values.items():
        strange = "".join(dict.fromkeys(c for c in value if c in _FORBIDDEN or not _FIRST <= c <= _LAST))
        if strange:
            yield finding("characters", field=name, value=ascii(strange))
    yield from _code("ContentProducer", values, {GENERATION})
    yield from _code("ContentPropagator", values, {GENERATION, PROPAGATION})


def _label_value(values: dict[str, str], role: str) -> Iterator[Finding]:
    value = values.get("Label")
    if value is None:
        return
    if value not in {GENERATED, POSSIBLY, SUSPECTED}:
        yield finding("label_value", field="Label", value=value)
    elif role == GENERATOR and value != GENERATED:
        yield finding("generator_says_one", field="Label", value=value)


def _emptiness(values: dict[str, str]) -> Iterator[Finding]:
    """A platform that only supposes or suspects does not know who produced the content; whoever says "1" does."""
    if values.get("Label") == GENERATED:
        yield from (finding("producer_empty", field=n) for n in ("ContentProducer", "ProduceID") if values.get(n) == "")
    for name in ("ContentPropagator", "PropagateID"):
        if values.get(name) == "":
            yield finding("propagator_empty", field=name)


def _first_write(values: dict[str, str]) -> Iterator[Finding]:
    for name, source in (("ContentPropagator", "ContentProducer"), ("PropagateID", "ProduceID")):
        if values.get(name, "") not in {"", values.get(source)}:
            yield finding("first_write", field=name)


def _code(name: str, values: dict[str, str], services: set[str]) -> Iterator[Finding]:
    code = ProviderCode.of(values.get(name, ""))
    if code is None:
        return
    if not code.can_be_checked:
        yield finding("subject_type", field=name)
        return
    if not is_credit_code(code.credit_code):
        yield finding("credit_code", field=name, value=code.credit_code)
    if code.service not in services and code.free + code.service != "00000":
        yield finding("service_type", field=name, value=code.service)
