"""Gather the YAML files of the rulebooks: common vocabulary and, for each law, its own files."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from guiju.documents.document import Map, Seq, read_document
from guiju.documents.errors import DocumentError
from guiju.engine.schema import LawForm, NormForm, convert
from guiju.engine.vocabulary import Contradiction, EventSpec, FactSpec, PartySpec, ReadingSpec

F = TypeVar("F", bound=msgspec.Struct)

BUILT_IN = Path(__file__).resolve().parent.parent / "rulebooks"


@dataclass(frozen=True, slots=True)
class Entry(Generic[F]):
    """One entry of a file, with the place where it stands and its raw mapping (for the lines of its fields)."""

    value: F
    file: str
    line: int
    raw: Map

    def error(self, field_name: str, problem: str, fix: str = "") -> DocumentError:
        """Make the error that names this entry's field and line."""
        line = self.raw.key_lines.get(field_name.split(".", maxsplit=1)[0], self.line)
        return DocumentError(self.file, line, problem, field=field_name, fix=fix)


@dataclass(slots=True)
class LawSource:
    """The files of one law."""

    law: Entry[LawForm]
    norms: list[Entry[NormForm]] = field(default_factory=list)
    readings: list[Entry[ReadingSpec]] = field(default_factory=list)


@dataclass(slots=True)
class Sources:
    """Everything that was written, before it is linked."""

    facts: list[Entry[FactSpec]] = field(default_factory=list)
    events: list[Entry[EventSpec]] = field(default_factory=list)
    parties: list[Entry[PartySpec]] = field(default_factory=list)
    contradictions: list[Entry[Contradiction]] = field(default_factory=list)
    laws: list[LawSource] = field(default_factory=list)


def gather(root: Path) -> Sources:
    """Read every rulebook under a folder.

    Raises DocumentError at the first entry that does not have the form of docs/rulebooks.md.
    """
    sources = Sources()
    _vocabulary(sources, root / "common", root)
    for law_file in sorted(root.glob("*/law.yaml")):
        sources.laws.append(_law(sources, law_file, root))
    if not sources.laws:
        raise DocumentError(str(root), 0, "holds no rulebook: there is no <law>/law.yaml")
    return sources


def _law(sources: Sources, law_file: Path, root: Path) -> LawSource:
    raw = read_document(law_file)
    name = _name(law_file, root)
    if not isinstance(raw, Map):
        raise DocumentError(name, 1, "should be a mapping: key, title, version …")
    law = LawSource(Entry(convert(raw, LawForm, name, 1), name, 1, raw))
    _vocabulary(sources, law_file.parent, root)
    for path in sorted(law_file.parent.glob("*.yaml")):
        if path.stem.startswith("readings"):
            law.readings.extend(_entries(path, ReadingSpec, root))
        elif path.stem != "law" and not _is_vocabulary(path):
            law.norms.extend(_entries(path, NormForm, root))
    return law


def _is_vocabulary(path: Path) -> bool:
    return path.stem.partition("_")[0] in ("facts", "events", "parties", "contradictions")


def _vocabulary(sources: Sources, folder: Path, root: Path) -> None:
    for path in sorted(folder.glob("*.yaml")):
        match path.stem.partition("_")[0]:
            case "facts":
                sources.facts.extend(_entries(path, FactSpec, root))
            case "events":
                sources.events.extend(_entries(path, EventSpec, root))
            case "parties":
                sources.parties.extend(_entries(path, PartySpec, root))
            case "contradictions":
                sources.contradictions.extend(_entries(path, Contradiction, root))


def _entries(path: Path, form: type[F], root: Path) -> list[Entry[F]]:
    raw: Any = read_document(path)
    name = _name(path, root)
    if raw is None:
        return []
    if not isinstance(raw, Seq):
        raise DocumentError(name, 1, "should be a list of entries, each beginning with `- `")
    result = []
    for item, line in zip(raw, raw.lines, strict=True):
        if not isinstance(item, Map):
            raise DocumentError(name, line, "should be a mapping, such as `- address: mail4:66.1`")
        result.append(Entry(convert(item, form, name, line), name, line, item))
    return result


def _name(path: Path, root: Path) -> str:
    return str(path.relative_to(root))
