"""The worksheet as JSON, with empty places for what people find."""

from __future__ import annotations

import json
from typing import Any

from guiju.assess.report.proofs import Point
from guiju.assess.worksheet.sheet import Bearing, Case, Step, Threat, Worksheet
from guiju.bilingual import Bilingual
from guiju.engine.norms import Norm
from guiju.engine.proof import plain


def to_json(sheet: Worksheet) -> str:
    """Print a worksheet as JSON (UTF-8 text, two spaces)."""
    return json.dumps(to_data(sheet), ensure_ascii=False, indent=2)


def to_data(sheet: Worksheet) -> dict[str, Any]:
    """Turn a worksheet into plain data. What people fill in is empty: `finding`, `weight`, `established`, `sum`."""
    return {
        "sanction": str(sheet.address),
        "as_of": sheet.assessment.as_of.isoformat(),
        "organisation": sheet.assessment.profile.organisation,
        "systems": [subject.name for subject in sheet.subjects],
        "provision_broken": None,
        "leading_here": [str(address) for address in sheet.breached],
        "fines": [_threat(threat) for threat in sheet.threats],
        "besides": [_norm(norm) for norm in sheet.besides],
        "to_establish": [_case(case) for case in sheet.cases],
        "bars": [_bearing(bearing) for bearing in sheet.bars],
        "lessens": [_bearing(bearing) for bearing in sheet.lessens],
        "factors": [{**_norm(norm), "finding": None, "weight": None} for norm in sheet.factors],
        "milder": [_bearing(bearing) for bearing in sheet.milder],
        "remedies": [{**_bearing(bearing), "stated": None} for bearing in sheet.remedies],
        "reasons": None,
    }


def _threat(threat: Threat) -> dict[str, Any]:
    found = threat.range
    return {
        **_norm(threat.norm),
        "on": found.on,
        "least": plain(found.least),
        "most": plain(found.most),
        "words": _both(found.words),
        "computed": _both(found.note) if found.note else None,
        "missing": found.missing,
        "sum": None,
    }


def _case(case: Case) -> dict[str, Any]:
    return {
        "for": [norm.key for norm in case.norms],
        "conditions": [
            {"profile": [_step(step) for step in condition.steps], "established": None, "evidence": None}
            for condition in case.conditions
        ],
    }


def _step(step: Step) -> dict[str, Any]:
    return {"value": step.value, "systems": [s.name for s in step.subjects], **_point(step.point)}


def _point(point: Point) -> dict[str, Any]:
    return {
        "text": _both(point.text),
        "answer": _both(point.answer) if point.answer else None,
        "code": point.code,
        "below": [_point(inner) for inner in point.below],
    }


def _bearing(bearing: Bearing) -> dict[str, Any]:
    standings = [
        {"status": s.status, "missing": list(s.missing), "subjects": [subject.name for subject in s.subjects]}
        for s in bearing.standings
    ]
    return {**_norm(bearing.norm), "standings": standings}


def _norm(norm: Norm) -> dict[str, Any]:
    return {"address": str(norm.address), "id": norm.id, "norm": norm.kind, "gist": _both(norm.gist)}


def _both(text: Bilingual) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
