"""The form of the YAML files of a rulebook. What is not listed here is refused, with its line."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Literal, TypeVar

import msgspec

from guiju.bilingual import Bilingual
from guiju.documents.document import Map, Seq
from guiju.documents.errors import DocumentError, nearest

Kind = Literal[
    "definition", "duty", "prohibition", "right", "permission", "power", "condition", "exemption", "sanction",
    "element", "principle",
]  # fmt: skip
Stage = Literal["before_launch", "running", "on_change", "on_incident", "at_end"]
SubjectKind = Literal["system", "organisation", "law"]
STAGED: frozenset[str] = frozenset(("duty", "prohibition", "right", "permission", "power"))


class DeadlineForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """One clock; exactly one of the six forms of docs/rulebooks.md."""

    within: str | None = None
    at_least: str | None = None
    from_: str | None = None
    every: str | None = None
    each_year: str | None = None
    at_once: bool | None = None
    after: str | None = None
    before: str | None = None
    reading: dict[str, str] | None = None


class RetentionForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long something is kept, and from which event on."""

    at_least: str
    after: str
    reading: dict[str, str] | None = None


class FulfilledForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What tells whether a duty has been performed: an event, a fact or a condition."""

    event: str | None = None
    fact: str | None = None
    when: str | None = None


class FineForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A range in yuan, both ends included, and the turnover branch where the law has one."""

    on: Literal["organisation", "person_in_charge"]
    min: int | Decimal
    max: int | Decimal
    or_share_of: str | None = None
    share: str | None = None
    reading: dict[str, str] | None = None


class AmountForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sum of money that the law computes, in yuan: lower and upper end, and a floor under both."""

    what: Bilingual
    least: str | int | None = None
    most: str | int | None = None
    floor: str | int | None = None
    reading: dict[str, str] | None = None


class NormForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of a chapter file."""

    address: str
    norm: Kind
    gist: Bilingual
    id: str = ""
    bearer: str | None = None
    toward: str | None = None
    subject: SubjectKind = "system"
    stage: Stage | None = None
    when: str | bool | None = None
    unless: str | None = None
    judgement: Bilingual | None = None
    deadline: DeadlineForm | tuple[DeadlineForm, ...] | None = None
    retention: RetentionForm | tuple[RetentionForm, ...] | None = None
    fulfilled_by: FulfilledForm | None = None
    breach: tuple[str, ...] = ()
    defines: str | None = None
    exempts: tuple[str, ...] = ()
    part_of: str | None = None
    fines: tuple[FineForm, ...] = ()
    amounts: tuple[AmountForm, ...] = ()
    procedure: str | None = None


class LawForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """law.yaml: what the rulebook is a rulebook of."""

    key: str
    title: Bilingual
    short: Bilingual
    version: str
    status: Literal["model", "in_force"]
    in_force_from: dt.date | None
    scope: str
    scope_cites: tuple[str, ...]
    articles: int
    encoded: tuple[str, ...]


F = TypeVar("F", bound=msgspec.Struct)


def convert(value: Any, form: type[F], file: str, line: int) -> F:
    """Check one entry against its form.

    Raises DocumentError with the line of the field that does not fit, and what was expected there.
    """
    try:
        return msgspec.convert(value, form)
    except msgspec.ValidationError as error:
        problem, _, path = str(error).partition(" - at `$")
        steps = path.rstrip("`").replace("[", ".[").lstrip(".").split(".") if path else []
        found, names = _locate(value, steps, line)
        field = ".".join(names)
        fix = ""
        if "unknown field" in problem:
            wrong = problem.split("`")[1]
            found = _key_line(_descend(value, steps), wrong, found)
            fix = nearest(wrong, [f.encode_name for f in msgspec.structs.fields(form)])
        raise DocumentError(file, found, problem, field=field, fix=fix) from None


def _locate(value: Any, steps: list[str], line: int) -> tuple[int, list[str]]:
    names = []
    for step in steps:
        if not step:
            continue
        key: Any = int(step[1:-1]) if step.startswith("[") and step[1:-1].isdigit() else step
        line = _key_line(value, key, line)
        names.append(step)
        value = _descend(value, [step])
    return line, names


def _key_line(value: Any, key: Any, line: int) -> int:
    if isinstance(value, Map):
        return value.key_lines.get(key, value.line)
    if isinstance(value, Seq) and isinstance(key, int) and key < len(value.lines):
        return value.lines[key]
    return line


def _descend(value: Any, steps: list[str]) -> Any:
    for step in steps:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.startswith("["):
            value = value[int(step[1:-1])]
    return value
