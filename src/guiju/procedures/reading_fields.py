"""Read parties, fields, terms, states and registers of a case type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import cast, get_args

from guiju.bilingual import Bilingual
from guiju.documents.marked import Map
from guiju.procedures.conditions import WORDS, define
from guiju.procedures.draft import ANOTHER, Draft
from guiju.procedures.model import ANYBODY, CLOCK, Field, FieldType, Kind, Party, Register, Rule, Side, State, Term
from guiju.procedures.parts import Part
from guiju.procedures.visibility import is_confidential

_SIDES = ("applicant", "authority", "public")
_TYPES: tuple[str, ...] = get_args(FieldType)
_PLAIN = tuple(one for one in _TYPES if one not in ("list", "choice", "set"))
_KINDS = get_args(Kind)
_OF_AUTHORITIES = Bilingual(
    zh="（不写）：只有 `side: authority` 的当事方才有", en="nothing here: only a party of `side: authority` has one"
)
_WORD = Bilingual(zh="表达式用语", en="a word of expressions")


def survey_choices(whole: Part) -> dict[str, tuple[str, ...]]:
    """List the names of states and authorities before any expression is read."""
    competent = whole.raw.get("competent")
    rules = competent.get("rules") if isinstance(competent, Map) else None
    return {"state": _names(whole.raw.get("states"), "state"), "competent": _names(rules, "authority")}


def _names(parts: object, key: str) -> tuple[str, ...]:
    listed = parts if isinstance(parts, list) else [parts]
    found = (one.get(key) for one in listed if isinstance(one, Map))
    return tuple(dict.fromkeys(name for name in found if isinstance(name, str)))


def read_parties(draft: Draft, whole: Part) -> None:
    """Read who takes part, and the roles that they hold."""
    parties = whole.part("parties")
    for name in parties.raw if parties else ():
        assert parties is not None
        part = parties.part(name)
        if part is None:
            continue
        party = Party(
            name=name,
            side=cast("Side", part.one_of("side", _SIDES)),
            label=part.label(),
            roles=part.labels("roles", needed=True),
            cites=draft.cites(part),
            line=part.line,
            authority=_reserved(draft, part),
        )
        part.finish()
        for role in party.roles:
            if role in draft.roles or role in (ANYBODY, CLOCK):
                part.fault("name_clash", "roles", name=role, other=_role_of(draft.roles.get(role, role)))
            draft.roles[role] = name
        draft.kind.parties[name] = party


def _reserved(draft: Draft, part: Part) -> str | None:
    """Read to which authority the roles of a party belong."""
    name = part.name("authority", needed=False)
    if name and part.raw.get("side") != "authority":
        part.wrong("authority", _OF_AUTHORITIES)
    elif name and draft.book is not None:
        draft.known(part, "authority", "authority", [name], draft.book.parties)
    return name or None


def read_fields(draft: Draft, whole: Part, key: str) -> dict[str, Field]:
    """Read a list of fields, of which none can be required yet: conditions may name fields further down."""
    found: dict[str, Field] = {}
    for part in whole.parts(key, "field"):
        field = read_field(draft, part, "field")
        other = found.get(field.name) or draft.kind.form.get(field.name)
        if other is not None and field.name:
            part.fault("written_twice", "field", name=field.name, first=other.line)
        found[field.name] = field
    return found


def read_required(draft: Draft, whole: Part) -> None:
    """Read under which conditions the fields are required, once all of them are known."""
    for group, key in ((draft.kind.form, "form"), (draft.kind.record, "record")):
        for part in whole.parts(key, "field"):
            field = group.get(str(part.raw.get("field")))
            if field is not None:
                group[field.name] = with_required(draft, part, field, {}, default=False)


def with_required(draft: Draft, part: Part, field: Field, scope: Mapping[str, Field], *, default: bool) -> Field:
    """Return the field with its `required`."""
    value = part.get("required")
    if value is None:
        return replace(field, required=default)
    if isinstance(value, bool):
        return replace(field, required=value)
    condition = draft.expression(part, "required", field.cites, scope=scope)
    return replace(field, required=condition or False)


def read_field(draft: Draft, part: Part, key: str, default_cites: tuple[str, ...] | None = None) -> Field:
    """Read one field; `required` is read later."""
    name = part.name(key)
    if name in WORDS:
        part.fault("name_clash", key, name=name, other=_WORD)
    type_ = cast("FieldType", part.one_of("type", _TYPES) or "text")
    choices = part.labels("choices", needed=type_ in ("choice", "set"))
    cites = draft.cites(part, default_cites)
    plain, entries = _entries(draft, part, cites) if type_ == "list" else (None, ())
    field = Field(
        name=name, type=type_, label=part.label(), cites=cites, line=part.line,
        confidential=part.flag("confidential"), choices=choices, entries=entries, plain=plain,
        help=part.both("help", needed=False),
    )  # fmt: skip
    part.get("required")
    part.finish()
    return field


def _entries(draft: Draft, part: Part, cites: tuple[str, ...]) -> tuple[FieldType | None, tuple[Field, ...]]:
    if isinstance(part.raw.get("of"), str):
        return cast("FieldType", part.one_of("of", _PLAIN)), ()
    if part.get("of", needed=True) is None:
        return None, ()
    entries = []
    for one in part.parts("of", "field"):
        entry = read_field(draft, one, "field", cites)
        entries.append(with_required(draft, one, entry, {}, default=False))
    return None, tuple(entries)


def read_competent(draft: Draft, whole: Part) -> None:
    """Read which authority a case belongs to."""
    part = whole.part("competent")
    if part is None:
        return
    rules = []
    for one in part.parts("rules", "authority"):
        authority = one.name("authority")
        if draft.book is not None:
            draft.known(one, "authority", "authority", [authority], draft.book.parties)
        cites = draft.cites(one)
        when = draft.expression(one, "when", cites)
        one.get("when", needed=True)
        one.finish()
        if when is not None:
            rules.append(Rule(authority, when, cites))
    draft.kind.rules = tuple(rules)
    draft.kind.settled_by = draft.known(part, "settled_by", "transition", part.names("settled_by"), draft.acts)
    part.finish()


def read_terms(draft: Draft, whole: Part) -> None:
    """Read the names for conditions, each over those above it."""
    for part in whole.parts("terms", "term"):
        name = part.name("term")
        taken = {**draft.kind.fields, **draft.terms}
        if name in taken:
            part.fault("name_clash", "term", name=name, other=ANOTHER)
        cites = draft.cites(part)
        part.get("when", needed=True)
        when = draft.expression(part, "when", cites)
        part.finish()
        if when is not None and name:
            draft.terms[name] = define(draft.pool, name, ", ".join(cites), when)
            draft.kind.terms[name] = Term(name, when, cites, part.line)


def read_states(draft: Draft, whole: Part) -> None:
    """Read where a case can stand."""
    for part in whole.parts("states", "state"):
        name = part.name("state")
        if name in draft.kind.states:
            part.fault("written_twice", "state", name=name, first=draft.kind.states[name].line)
        kind = part.one_of("kind", _KINDS)
        state = State(
            name=name, kind=cast("Kind", kind), label=part.label(), cites=draft.cites(part), line=part.line,
            deemed=part.flag("deemed"), note=part.both("note", needed=False),
        )  # fmt: skip
        part.finish()
        draft.kind.states[name] = state


def read_registers(draft: Draft, whole: Part) -> None:
    """Read the lists that acts write to."""
    for part in whole.parts("registers", "register"):
        name = part.name("register")
        if name in draft.kind.registers:
            part.fault("written_twice", "register", name=name, first=draft.kind.registers[name].line)
        fields = draft.known(part, "fields", "field", part.names("fields", needed=True), draft.kind.fields)
        key = draft.known(part, "key", "field", [part.name("key")], draft.kind.fields)
        register = Register(
            name=name, label=part.label(), public=part.flag("public"), key="".join(key), fields=fields,
            statuses=part.labels("statuses"), cites=draft.cites(part), line=part.line,
        )  # fmt: skip
        part.finish()
        draft.kind.registers[name] = register
        if register.public:
            _keep_confidential(draft, part, register, (*fields, *key))


def _keep_confidential(draft: Draft, part: Part, register: Register, fields: Iterable[str]) -> None:
    for field in dict.fromkeys(fields):
        if is_confidential(draft.kind.fields[field]):
            part.fault("open_confidential", "fields", name=register.name, field=field)


def _role_of(party: str) -> Bilingual:
    return Bilingual(zh=f"当事方“{party}”的角色", en=f"a role of the party `{party}`")
