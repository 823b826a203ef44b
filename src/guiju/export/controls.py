"""One norm as one control of an OSCAL catalog, and the provisions that the controls cite."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from guiju.engine.collection import Rulebooks
from guiju.engine.expression import Defined, Node
from guiju.engine.norms import Norm, Rulebook
from guiju.export import wording
from guiju.export.fields import Json, link, markup, part, prop, standard_prop
from guiju.export.naming import both, cite, control_id, stable_uuid
from guiju.export.numbers import Number, numbers_of
from guiju.law.address import Address


class Controls:
    """Writes the norms of one law, and remembers which provisions were cited on the way."""

    def __init__(self, book: Rulebook, books: Rulebooks) -> None:
        self.book = book
        self.books = books
        self.cited: set[Address] = set()

    def control(self, norm: Norm) -> Json:
        """Return the control of a norm; parts and lists that would be empty are left out, as OSCAL asks."""
        identifier = control_id(norm)
        parts = [part("statement", identifier, "smt", norm.gist)]
        if norm.judgement is not None:
            parts.append(part("guidance", identifier, "gdn", norm.judgement))
        control: Json = {"id": identifier, "class": norm.kind, "title": markup(_title(norm))}
        params = _params(identifier, numbers_of(norm, self.books))
        if params:
            control["params"] = params
        control["props"] = list(self._props(norm))
        control["links"] = list(self._links(norm))
        control["parts"] = parts
        return control

    def resources(self) -> list[Json]:
        """List the provisions that were cited, in the order of the laws."""
        return [self._resource(address) for address in sorted(self.cited)]

    def _props(self, norm: Norm) -> Iterator[Json]:
        numbers = str(norm.address).partition(":")[2]
        yield standard_prop("label", f"{numbers} {norm.id}".strip())
        yield prop("provision", norm.place, cite(norm.address), uuid=stable_uuid(f"norm {norm.key}"))
        yield prop("kind", norm.kind)
        yield prop("subject", norm.subject)
        for name, key in (("bearer", norm.bearer), ("toward", norm.toward)):
            if key is not None:
                yield prop(name, key, self.books.parties[key].label)
        for name, value in _texts(norm, self.book):
            if value:
                yield prop(name, value)
        for question in norm.readings:
            yield prop("reading", question, self.books.readings[question].question)

    def _links(self, norm: Norm) -> Iterator[Json]:
        yield link("reference", self._resource_of(norm.address), both(cite(norm.address)))
        for address in norm.breach:
            within = [n for n in self.book.norms if address.contains(n.address)]
            yield from self._to("breach", address, within)
        if norm.part_of is not None:
            whole = [n for n in self.book.norms if norm in n.elements]
            yield from self._to("part-of", norm.part_of, whole)
        for clock in (*norm.deadlines, *norm.retentions):
            if isinstance(clock.anchor, Address):
                dated = [n for n in self.book.norms if n.address == clock.anchor and n.deadlines]
                yield from self._to("counts-from", clock.anchor, dated)
        for name, where in sorted(_terms(norm)):
            yield from self._to("definition", Address.parse(where), [n for n in self.book.norms if n.defines == name])

    def _to(self, rel: str, address: Address, targets: list[Norm]) -> Iterator[Json]:
        """Link to the norms that are meant at an address, or to the provision where this law has none there."""
        for target in targets:
            yield link(rel, f"#{control_id(target)}", target.key)
        if not targets:
            yield link(rel, self._resource_of(address), str(address))

    def _resource_of(self, address: Address) -> str:
        self.cited.add(address)
        return f"#{_resource_uuid(address)}"

    def _resource(self, address: Address) -> Json:
        citation = markup(both(cite(address, self.books.book(address.law))))
        return {
            "uuid": _resource_uuid(address),
            "title": citation,
            "props": [prop("provision", str(address))],
            "citation": {"text": citation},
        }


def _title(norm: Norm) -> str:
    suffix = f" ({norm.id.replace('_', ' ')})" if norm.id else ""
    return both(cite(norm.address)) + suffix


def _texts(norm: Norm, book: Rulebook) -> Iterator[tuple[str, str]]:
    yield "stage", norm.stage or ""
    yield "procedure", norm.procedure or ""
    yield "defines", norm.defines or ""
    yield "condition", wording.condition_text(norm)
    yield "scope", book.scope.text if wording.is_within_scope(norm) else ""
    yield "deadline", wording.deadline_text(norm)
    yield "retention", wording.retention_text(norm)
    yield "fulfilled-by", wording.fulfilment_text(norm)
    yield "fines", wording.fines_text(norm)
    yield "amounts", wording.amounts_text(norm)
    for reach in norm.exempts:
        yield "exempts", reach
    for place in wording.exempting(norm):
        yield "exempted-by", place


def _terms(norm: Norm) -> set[tuple[str, str]]:
    """Collect the defined terms that a norm's condition uses, with the address of each definition."""
    found: set[tuple[str, str]] = set()

    def walk(node: Node) -> None:
        node = wording.unfolded(node, norm)
        if isinstance(node, Defined):
            found.add((node.own[0], node.own[1]))
            return
        for child in node.children:
            walk(child)

    if norm.when is not None:
        walk(norm.when)
    return found


def _params(control: str, numbers: list[Number]) -> list[Json]:
    """Number the parameters within their kind: ``mail4-66.1_prm_threshold.1``."""
    seen: Counter[str] = Counter()
    params = []
    for number in numbers:
        seen[number.kind] += 1
        params.append(_param(f"{control}_prm_{number.kind}.{seen[number.kind]}", number))
    return params


def _param(identifier: str, number: Number) -> Json:
    param: Json = {"id": identifier, "class": number.kind}
    props = [] if number.unit is None else [prop("unit", number.unit.en, number.unit)]
    props += [prop("reading", f"{question}={candidate}") for question, candidate in number.reading]
    if props:
        param["props"] = props
    param["label"] = markup(number.label)
    if number.about is not None:
        param["usage"] = markup(both(number.about))
    if number.test is not None:
        param["constraints"] = [{"tests": [{"expression": number.test}]}]
    param["values"] = [number.value]
    return param


def _resource_uuid(address: Address) -> str:
    return stable_uuid(f"provision {address}")
