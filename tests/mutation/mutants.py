"""Small mistakes in a rulebook, one at a time: what a tired encoder could have written instead."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from guiju.engine.schema import DeadlineForm, FineForm, NormForm, RetentionForm
from guiju.engine.sources import Entry, LawSource, Sources

_FLIPPED = {ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}
_OTHER_UNIT = {"working day": "day", "day": "working day", "month": "year", "year": "month"}
_PERIODS = ("within", "at_least", "from_", "every")


@dataclass(frozen=True)
class Mutant:
    """One changed entry: where it stands, what was changed, and the entry as it would then be."""

    law: int
    entry: int
    what: str
    form: NormForm

    def apply(self, sources: Sources) -> Sources:
        """Return the sources with this one entry changed."""
        laws = list(sources.laws)
        source = laws[self.law]
        norms = list(source.norms)
        norms[self.entry] = replace(norms[self.entry], value=self.form)
        laws[self.law] = LawSource(source.law, norms, source.readings)
        return replace(sources, laws=laws)


def mutants(sources: Sources) -> Iterator[Mutant]:
    """Yield every mutant of every entry, in the order of the rulebooks."""
    for n, law in enumerate(sources.laws):
        for m, entry in enumerate(law.norms):
            for what, changes in _of(entry):
                yield Mutant(n, m, what, msgspec.structs.replace(entry.value, **changes))


def _of(entry: Entry[NormForm]) -> Iterator[tuple[str, dict[str, Any]]]:
    form = entry.value
    for field in ("when", "unless"):
        text = getattr(form, field)
        if isinstance(text, str):
            yield from ((f"{field}: {what}", {field: new}) for what, new in conditions(text))
    if form.unless is not None:
        yield "unless dropped", {"unless": None}
    if form.norm == "exemption" and form.when is not None:
        yield "exemption removed", {"when": "false"}
    for field in ("deadline", "retention"):
        yield from ((f"{field}: {what}", {field: new}) for what, new in _clocks(getattr(form, field)))
    for n, amount in enumerate(form.amounts):
        for end in ("least", "most"):
            for what, new_text in conditions(str(getattr(amount, end) or "")):
                new = msgspec.structs.replace(amount, **{end: new_text})
                yield f"amount: {what}", {"amounts": (*form.amounts[:n], new, *form.amounts[n + 1 :])}
        if amount.floor is not None:
            new = msgspec.structs.replace(amount, floor=None)
            yield "amount: floor dropped", {"amounts": (*form.amounts[:n], new, *form.amounts[n + 1 :])}
    for n, fine in enumerate(form.fines):
        for what, changed in _fines(fine):
            yield f"fine: {what}", {"fines": (*form.fines[:n], changed, *form.fines[n + 1 :])}


def conditions(text: str) -> Iterator[tuple[str, str]]:
    if not text:
        return
    tree = ast.parse(text.strip(), mode="eval")
    for n, node in enumerate(ast.walk(tree)):
        for what, change in _changes(node):
            changed = copy.deepcopy(tree)
            target = list(ast.walk(changed))[n]
            new = change(target)
            if new is not target:
                changed = _Swap(target, new).visit(changed)
            yield what, ast.unparse(changed)


class _Swap(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> Any:
        return self.new if node is self.old else super().visit(node)


def _changes(node: ast.AST) -> Iterator[tuple[str, Any]]:
    if isinstance(node, ast.Compare) and not _is_reading(node):
        for k, op in enumerate(node.ops):
            if type(op) in _FLIPPED:
                yield f"comparator flipped in `{ast.unparse(node)}`", lambda t, k=k: _flip(t, k)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int) and not isinstance(node.value, bool):
        for step in (-1, 1):
            yield f"{node.value} moved by {step}", lambda t, step=step: _move(t, step)
    elif isinstance(node, ast.Constant) and isinstance(node.value, float):
        yield f"{node.value} moved", lambda t: _move(t, 0.01)
    elif isinstance(node, ast.BoolOp):
        yield f"and/or swapped in `{ast.unparse(node)}`", _swap_join
        for k, part in enumerate(node.values):
            if not _is_reading(part):
                yield f"`{ast.unparse(part)}` dropped", lambda t, k=k: _drop(t, k)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield f"not dropped in `{ast.unparse(node)}`", lambda t: t.operand


def _is_reading(node: ast.AST) -> bool:
    called = node.left.func if isinstance(node, ast.Compare) and isinstance(node.left, ast.Call) else None
    return isinstance(called, ast.Name) and called.id == "reading"


def _flip(node: ast.Compare, k: int) -> ast.Compare:
    node.ops[k] = _FLIPPED[type(node.ops[k])]()
    return node


def _move(node: ast.Constant, step: float) -> ast.Constant:
    node.value += step  # type: ignore[operator]
    return node


def _swap_join(node: ast.BoolOp) -> ast.BoolOp:
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    return node


def _drop(node: ast.BoolOp, k: int) -> ast.AST:
    rest = [part for n, part in enumerate(node.values) if n != k]
    return rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)


Clocks = DeadlineForm | RetentionForm | tuple[Any, ...] | None


def _clocks(form: Clocks) -> Iterator[tuple[str, Clocks]]:
    if isinstance(form, tuple):
        for n, one in enumerate(form):
            for what, new in _clocks(one):
                yield what, (*form[:n], new, *form[n + 1 :])
    elif form is not None:
        for field in _PERIODS:
            text = getattr(form, field, None)
            if text is not None:
                for what, new_text in periods(text):
                    yield what, msgspec.structs.replace(form, **{field: new_text})
        yearly = getattr(form, "each_year", None)
        if yearly is not None:
            yield f"{yearly} made a month earlier", msgspec.structs.replace(form, each_year=_month_earlier(yearly))


def periods(text: str) -> Iterator[tuple[str, str]]:
    number, _, unit = text.partition(" ")
    yield f"{text} made one longer", f"{int(number) + 1} {unit}"
    if int(number) > 1:
        yield f"{text} made one shorter", f"{int(number) - 1} {unit}"
    yield f"{text} in another unit", f"{number} {_OTHER_UNIT[unit.removesuffix('s')]}s"


def _month_earlier(day: str) -> str:
    month, _, number = day.partition("-")
    return f"{(int(month) - 2) % 12 + 1:02d}-{min(int(number), 28):02d}"


def _fines(fine: FineForm) -> Iterator[tuple[str, FineForm]]:
    yield f"{fine.min} moved", msgspec.structs.replace(fine, min=fine.min + 1)
    yield f"{fine.max} moved", msgspec.structs.replace(fine, max=fine.max + 1)
    if fine.share is not None:
        yield f"{fine.share} moved", msgspec.structs.replace(fine, share="5 %" if fine.share != "5 %" else "4 %")
