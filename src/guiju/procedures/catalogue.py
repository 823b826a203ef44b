"""All case types at hand: those of today, and kept versions for the cases that follow them.

A kept version is the file `procedures/past/<name>.v<version>.json`: the case type as written, with the periods that it
took from norms, in canonical form. A case finds its version by name, number and digest, and so never changes its rules.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from guiju.engine.sources import BUILT_IN
from guiju.files import write_whole
from guiju.procedures.case import Pin
from guiju.procedures.lawbook import LawBook, built_in_lawbook
from guiju.procedures.loading import canonical, load_case_type
from guiju.procedures.model import CaseType
from guiju.procedures.outline import Outline, read_outline
from guiju.procedures.parts import hint_for
from guiju.procedures.problems import ProcedureError, one_problem

KEPT = "past"


class Catalogue:
    """The case types under a folder of rulebooks. Types are loaded when they are first asked for."""

    def __init__(self, root: Path = BUILT_IN, book: LawBook | None = None) -> None:
        self.root = root
        self._given = book
        self._files = {f"{p.parent.parent.name}/{p.stem}": p for p in sorted(root.glob("*/procedures/*.yaml"))}
        self._types: dict[str, CaseType] = {}
        self._kept: dict[Pin, CaseType] = {}

    @functools.cached_property
    def book(self) -> LawBook:
        """The law that judges the case types of today."""
        return self._given or built_in_lawbook(self.root)

    def keys(self) -> list[str]:
        """List the case types, as `law/name`."""
        return list(self._files)

    def path_of_type(self, key: str) -> Path:
        """Name the file of a case type of today."""
        return self._files[key]

    def outlines(self) -> Iterator[Outline]:
        """Yield what stands at the head of each case type, without judging it by the law: for lists."""
        for key, path in self._files.items():
            yield read_outline(path, key)

    def get(self, name: str) -> CaseType:
        """Return a case type by `law/name`, or by its name where one law has it.

        Raises ProcedureError if there is none, if it is faulty, or if it was changed without a new version.
        """
        found = [key for key in self._files if name in (key, key.partition("/")[2])]
        if len(found) > 1:
            raise one_problem("several_types", self.root.name, name=name, known=", ".join(found))
        if not found:
            near = hint_for(name, [*self._files, *(key.partition("/")[2] for key in self._files)])
            known = ", ".join(self._files) or "-"
            raise one_problem("no_such_type", self.root.name, name=name, hint=near, known=known)
        key = found[0]
        if key not in self._types:
            self._types[key] = self._load(key)
        return self._types[key]

    def pinned(self, pin: Pin) -> CaseType:
        """Return the version that a case follows; raises ProcedureError if it is not at hand."""
        if pin in self._kept:
            return self._kept[pin]
        try:
            current = self.get(pin.key) if pin.key in self._files else None
        except ProcedureError:
            # Whatever is wrong with the file of today, a case goes on under the version that was kept for it.
            if not self.path_of(pin.law, pin.name, pin.version).exists():
                raise
            current = None
        if current is not None and current.digest == pin.digest:
            return current
        self._kept[pin] = self._recall(pin)
        return self._kept[pin]

    def keep(self, kind: CaseType) -> Path:
        """Write a version down for the cases that follow it; raises ProcedureError if it is kept otherwise."""
        path = self.path_of(kind.law, kind.name, kind.version)
        self._refuse_changed(kind, path)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, canonical(kind.document).encode() + b"\n")
        return path

    def path_of(self, law: str, name: str, version: int) -> Path:
        """Name the file of a kept version."""
        return self.root / law / "procedures" / KEPT / f"{name}.v{version}.json"

    def _load(self, key: str) -> CaseType:
        path = self._files[key]
        law = key.partition("/")[0]
        kind = load_case_type(path, law, self.book, shown=str(path.relative_to(self.root)))
        self._refuse_changed(kind, self.path_of(law, kind.name, kind.version))
        return kind

    def _refuse_changed(self, kind: CaseType, path: Path) -> None:
        if path.exists() and _kept_document(path) != kind.document:
            raise one_problem("changed_in_place", kind.file, 1, version=kind.version, name=kind.name)

    def _recall(self, pin: Pin) -> CaseType:
        path = self.path_of(pin.law, pin.name, pin.version)
        if path.exists():
            kind = load_case_type(path, pin.law, None, shown=str(path.relative_to(self.root)))
            if kind.digest == pin.digest:
                return kind
        shown = pin.digest[:12]
        raise one_problem("no_such_version", pin.key, version=pin.version, name=pin.name, digest=shown)


def _kept_document(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except ValueError:
        # A damaged file is no version that anybody could follow.
        return None


@functools.cache
def built_in_types() -> Catalogue:
    """Return the case types of Guiju, once a process."""
    return Catalogue()
