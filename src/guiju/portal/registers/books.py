"""The public registers: what the case types that write to one say of it together, and what its entries mean."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

from guiju.bilingual import Bilingual
from guiju.letters.saying import capital
from guiju.procedures.catalogue import built_in_types
from guiju.procedures.model import Field, Register
from guiju.procedures.visibility import is_confidential

Stands = Literal["in_force", "suspended", "ended", "replaced", "withdrawn", "uncertain"]
"""How an entry stands. `uncertain`: its term is over by its date, and no act has said so yet."""
SUPERSEDED = "superseded"
SUCCESSORS = ("superseded_by", "new_licence_number")
"""Members of an entry that name the number after it."""
_FILE = Path(__file__).with_name("meaning.yaml")
_SUPERSEDED = Bilingual(zh="已被新编号取代", en="Superseded")


class StatusMeaning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a status means for somebody who relies on the entry."""

    stands: Stands
    says: Bilingual
    cites: str | tuple[str, ...]


class Meaning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a register says in plain words; see the head of meaning.yaml."""

    holder: str
    thing: str
    gist: Bilingual
    means: Bilingual
    cites: str | tuple[str, ...]
    statuses: dict[str, StatusMeaning]
    area: str = ""
    expires: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """A public register. `fields`: what an entry may show, by name; nothing confidential is among them."""

    key: str
    label: Bilingual
    cites: tuple[str, ...]
    number: str
    fields: dict[str, Field]
    statuses: dict[str, Bilingual]
    meaning: Meaning

    @property
    def law(self) -> str:
        """The law under which it is kept."""
        return self.key.partition("/")[0]

    @property
    def name(self) -> str:
        """Its name under that law."""
        return self.key.partition("/")[2]

    def status_label(self, status: str) -> Bilingual:
        """Name a status; one that no case type of today knows stands for itself."""
        return self.statuses.get(status, Bilingual(zh=status, en=status))

    def open_fields(self, fields: dict[str, Any]) -> dict[str, Any]:
        """Keep of an entry what everybody may read, in the order of the register."""
        return {name: fields[name] for name in self.fields if name in fields}


@functools.cache
def books() -> dict[str, Book]:
    """Return the public registers by `law/register`, once a process. What nobody explains here is not public."""
    meanings = msgspec.convert(yaml.safe_load(_FILE.read_text("utf-8")), dict[str, Meaning])
    return {key: _book(key, meaning) for key, meaning in meanings.items() if _written(key)}


def addresses(cites: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return citations as a list, as one or several were written."""
    return (cites,) if isinstance(cites, str) else cites


def _written(key: str) -> list[tuple[Register, dict[str, Field]]]:
    """List what each case type says of a register, if it is public."""
    law, _, name = key.partition("/")
    types = built_in_types()
    kinds = [types.get(one) for one in types.keys() if one.startswith(f"{law}/")]  # noqa: SIM118  (no mapping)
    found = [(kind.registers[name], kind.fields) for kind in kinds if name in kind.registers]
    return [pair for pair in found if pair[0].public]


def _book(key: str, meaning: Meaning) -> Book:
    written = _written(key)
    # The case type that shows most of an entry says in which order it is read.
    main = max(written, key=lambda pair: len(pair[0].fields))
    ordered = [main, *(pair for pair in written if pair is not main)]
    fields: dict[str, Field] = {}
    for register, known in ordered:
        for name in (register.key, *register.fields):
            if not is_confidential(known[name]):
                fields.setdefault(name, known[name])
    statuses = {name: capital(label) for register, _ in reversed(ordered) for name, label in register.statuses.items()}
    cites = dict.fromkeys(one for register, _ in ordered for one in register.cites)
    return Book(
        key, capital(main[0].label), tuple(cites), main[0].key, fields, {**statuses, SUPERSEDED: _SUPERSEDED}, meaning
    )
