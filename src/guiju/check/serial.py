"""The result as plain data: the JSON form, and what the other printers are made from."""

from __future__ import annotations

import json
from typing import Any

from guiju.bilingual import Bilingual
from guiju.check.diagnostic import Diagnostic, Place, Skipped, cite
from guiju.check.example import about
from guiju.check.run import Result

SCHEMA = 1


def to_json(result: Result) -> str:
    """Write a result as JSON; docs/checks.md names the fields."""
    return json.dumps(to_data(result), ensure_ascii=False, indent=2) + "\n"


def to_data(result: Result) -> dict[str, Any]:
    """Turn a result into lists, dictionaries and texts."""
    return {
        "schema": SCHEMA,
        "laws": [{"key": b.key, "title": _both(b.title), "version": b.version} for b in result.laws],
        "checked": [code.id for code in result.checked],
        "counts": counts(result),
        "diagnostics": [_diagnostic(result, d) for d in result.diagnostics],
        "skipped": [_skipped(s) for s in result.skipped],
    }


def counts(result: Result) -> dict[str, int]:
    """Count the diagnostics of each severity."""
    found = [d.code.severity for d in result.diagnostics]
    return {severity: found.count(severity) for severity in ("error", "warning", "note")}


def profile_name(diagnostic: Diagnostic) -> str:
    """Name the file of a counter-example."""
    assert diagnostic.example is not None
    return f"{diagnostic.example.name}.yaml"


def profile_text(result: Result, diagnostic: Diagnostic) -> str:
    """Write a diagnostic's counter-example as a profile."""
    example = diagnostic.example
    assert example is not None
    command = example.command(profile_name(diagnostic))
    return example.profile_text(result.books, about(diagnostic.code.id, diagnostic.message, command))


def _diagnostic(result: Result, diagnostic: Diagnostic) -> dict[str, Any]:
    code = diagnostic.code
    return {
        "code": code.id,
        "severity": code.severity,
        "title": _both(code.title),
        "message": _both(diagnostic.message),
        "places": [_place(place) for place in diagnostic.places],
        "only_under": {question: list(candidates) for question, candidates in diagnostic.only_under},
        "counterexample": _example(result, diagnostic),
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "address": str(place.address),
        "citation": _both(cite(place.address)),
        "norm": place.norm or None,
        "file": place.file,
        "line": place.line,
    }


def _example(result: Result, diagnostic: Diagnostic) -> dict[str, Any] | None:
    example = diagnostic.example
    if example is None:
        return None
    return {
        "file": profile_name(diagnostic),
        "command": example.command(profile_name(diagnostic)),
        "readings": dict(example.readings),
        "shows": [
            {"subject": c.subject.name, "kind": c.subject.kind, "norm": c.norm.key, "status": c.status}
            for c in example.claims
        ],
        "profile": profile_text(result, diagnostic),
    }


def _skipped(skipped: Skipped) -> dict[str, Any]:
    return {"code": skipped.code.id, "law": skipped.law, "reason": _both(skipped.reason)}


def _both(text: Bilingual) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
