"""The result as SARIF 2.1.0, which editors and code hosts show beside the lines of the rulebooks."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from guiju import __version__
from guiju.check.codes import Code
from guiju.check.diagnostic import Diagnostic, Place
from guiju.check.run import Result
from guiju.check.serial import profile_name, profile_text
from guiju.check.words import read_as

SCHEMA_ADDRESS = "https://json.schemastore.org/sarif-2.1.0.json"
BASE = "RULEBOOKS"


def to_sarif(result: Result, lang: str) -> str:
    """Write a result as one SARIF run; file names are relative to the folder of the rulebooks."""
    codes = list(result.checked)
    run = {
        "tool": {"driver": _driver(codes, lang)},
        "language": "zh-CN" if lang == "zh" else "en",
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {BASE: {"description": {"text": "the folder of the rulebooks: src/guiju/rulebooks"}}},
        "results": [_result(result, d, codes.index(d.code), lang) for d in result.diagnostics],
        "invocations": [
            {
                "executionSuccessful": True,
                "toolExecutionNotifications": [
                    {
                        "level": "note",
                        "descriptor": {"id": f"{s.code.id}-skipped"},
                        "associatedRule": {"id": s.code.id, "index": codes.index(s.code)},
                        "message": {"text": s.reason.get(lang)},
                    }
                    for s in result.skipped
                ],
            }
        ],
    }
    log = {"$schema": SCHEMA_ADDRESS, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _driver(codes: list[Code], lang: str) -> dict[str, Any]:
    return {
        "name": "Guiju",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [
            {
                "id": code.id,
                "shortDescription": {"text": code.title.get(lang)},
                "help": {"text": f"docs/checks/{code.id}.md"},
                "defaultConfiguration": {"level": code.severity},
            }
            for code in codes
        ],
    }


def _result(result: Result, diagnostic: Diagnostic, index: int, lang: str) -> dict[str, Any]:
    text = diagnostic.message.get(lang)
    if diagnostic.only_under:
        text = f"{text} ({read_as(diagnostic.only_under).get(lang)})"
    first, *others = diagnostic.places
    properties: dict[str, Any] = {"addresses": list(dict.fromkeys(str(p.address) for p in diagnostic.places))}
    if diagnostic.example is not None:
        properties["counterexample"] = {
            "command": diagnostic.example.command(profile_name(diagnostic)),
            "profile": profile_text(result, diagnostic),
        }
    return {
        "ruleId": diagnostic.code.id,
        "ruleIndex": index,
        "level": diagnostic.code.severity,
        "message": {"text": text},
        "locations": [_location(first)],
        "relatedLocations": [{"id": n, **_location(p)} for n, p in enumerate(others, start=1)],
        "partialFingerprints": {"guijuKey/v1": hashlib.sha256(diagnostic.key.encode()).hexdigest()[:32]},
        "properties": properties,
    }


def _location(place: Place) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": place.file, "uriBaseId": BASE},
            "region": {"startLine": place.line},
        },
        "logicalLocations": [{"name": place.norm or str(place.address), "fullyQualifiedName": str(place.address)}],
    }
