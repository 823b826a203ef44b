"""One file's work for `guiju label`: plain data in, plain data out, so that it can run in another process."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from pathlib import Path

from guiju import label
from guiju.bilingual import Bilingual
from guiju.cli.label_job import Job
from guiju.label.errors import LabelError, RefusedError
from guiju.label.found import Seal
from guiju.label.verifying import UNDECIDED


@dataclass(frozen=True)
class Outcome:
    """What became of one file.

    `status` is a verdict or `WRITTEN`, `UNCHANGED`, `FOUND`, `REFUSED`, `FAILED`; `good` is True where nothing has to
    be looked at, `undecided` where it cannot be told. `data` is what the JSON form prints besides.
    """

    path: str
    status: str
    good: bool
    text: Bilingual
    undecided: bool = False
    data: dict[str, object] = field(default_factory=dict)


def do(job: Job, path: Path) -> Outcome:
    """Do the work for one file; what goes wrong is in the outcome, never raised."""
    try:
        return {"write": _write, "read": _read, "verify": _verify, "judge": _judge, "transplant": _transplant}[
            job.task
        ](job, path)
    except LabelError as error:
        status = "REFUSED" if isinstance(error, RefusedError) else UNDECIDED
        data: dict[str, object] = {"code": error.code}
        return Outcome(str(path), status, False, error.reason, status == UNDECIDED, data)
    except OSError as error:
        reason = error.strerror or str(error)
        text = Bilingual(zh=f"无法读写：{reason}", en=f"cannot be read or written: {reason}")
        return Outcome(str(path), "FAILED", False, text, data={"code": "io"})
    except Exception as error:
        # One file that trips us must not lose the report on ten thousand others.
        fault = f"{type(error).__name__}: {error}"
        text = Bilingual(zh=f"本软件出错，文件未改动：{fault}", en=f"a fault of ours; the file is as it was: {fault}")
        return Outcome(str(path), "FAILED", False, text, data={"code": "fault"})


def _write(job: Job, path: Path) -> Outcome:
    target = job.target(path)
    if target is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
    if job.explicit is not None and label.read(path).kind == "text":
        return _marked(job, path, target)
    new = _label_to_write(job, path)
    if job.extras is not None:
        from guiju.cli.label_extras import write_with_extras

        written, notes = write_with_extras(job, path, target or path, new)
        return _written(path, written, new, notes)
    if job.explicit is not None:
        from guiju.label.explicit import write as mark

        mark(path, target, text=job.explicit or None, permission=job.permission)
        path = target or path
    written = label.write(path, new, out=target, permission=job.permission, log=job.log)
    return _written(path, written, new)


def _marked(job: Job, path: Path, target: Path | None) -> Outcome:
    """Write the prompt into plain text, which has no place for anything else."""
    from guiju.label.explicit import write as mark

    done = mark(path, target, text=job.explicit or None, permission=job.permission)
    text = Bilingual(
        zh="写入显式标识；纯文本没有放置隐式标识的位置",
        en="the visible prompt was written; plain text has no place for an implicit label",
    )
    same = Bilingual(zh="已有显式标识，未改动", en="already carries the visible prompt; not changed")
    data: dict[str, object] = {"kind": "text", "place": "prompt", "to": str(done.path), "label": None}
    return Outcome(
        str(path), "WRITTEN" if done.changed else "UNCHANGED", True, text if done.changed else same, data=data
    )


def _label_to_write(job: Job, path: Path) -> label.Label:
    if job.role == "propagator":
        there = label.verify(path).label
        if there is None:
            raise RefusedError.because(
                "no_label",
                "文件中没有有效标识；平台请用 guiju label judge --write 判断并写入",
                "there is no valid label in the file; as a platform, judge it: guiju label judge --write",
            )
        return there.propagated(job.propagator, job.propagate_id or _number(), job.reserved)
    existing = None if job.produce_id or job.permission.replace_label else _own_label(job, path)
    return existing or label.Label.by_generator(job.producer, job.produce_id or _number(), job.reserved)


def _own_label(job: Job, path: Path) -> label.Label | None:
    """Return the label that this provider wrote before: labelling a folder twice must not give new numbers."""
    there = label.verify(path).label
    if there and there.producer == job.producer and there.reserved1 == job.reserved:
        return there
    return None


def _number() -> str:
    return uuid.uuid4().hex


def _written(path: Path, written: label.Written, new: label.Label, notes: tuple[Bilingual, ...] = ()) -> Outcome:
    status = "WRITTEN" if written.changed else "UNCHANGED"
    text = (
        Bilingual(zh=f"写入 {written.place}", en=f"written to {written.place}")
        if written.changed
        else Bilingual(zh="已有相同标识，未改动", en="already carries this label; not changed")
    )
    data: dict[str, object] = {
        "kind": written.kind,
        "place": written.place,
        "to": str(written.path),
        "label": new.as_dict(),
    }
    lines = (text, *notes)
    text = Bilingual(zh="\n".join(one.zh for one in lines), en="\n".join(one.en for one in lines))
    return Outcome(str(path), status, True, text, data=data)


def _read(_: Job, path: Path) -> Outcome:
    reading = label.read(path)
    found = [{"place": one.place, "text": one.text, "fields": one.parsed.values} for one in reading.occurrences]
    text = "\n".join(f"{one.place}: {one.text}" for one in reading.occurrences)
    none = Bilingual(zh="没有标识", en="no label")
    return Outcome(
        str(path),
        "FOUND" if found else "ABSENT",
        bool(found),
        Bilingual(zh=text, en=text) if found else none,
        data={"kind": reading.kind, "labels": found, "seals": _seals(reading.seals)},
    )


def _seals(seals: tuple[Seal, ...]) -> list[dict[str, str]]:
    return [{"kind": seal.kind, "where": seal.where} for seal in seals]


def _verify(job: Job, path: Path) -> Outcome:
    found = label.verify(path, job.role)
    return Outcome(
        str(path),
        found.status,
        found.status == label.VALID,
        _told(found),
        found.status == UNDECIDED,
        _verification(found),
    )


def _told(found: label.Verification) -> Bilingual:
    """Return the findings as prose: one line each, worst first as they were found."""
    lines = {lang: "\n".join(one.text.get(lang) for one in found.findings) for lang in ("zh", "en")}
    return Bilingual(zh=lines["zh"], en=lines["en"])


def _verification(found: label.Verification) -> dict[str, object]:
    return {
        "kind": found.kind,
        "places": list(found.places),
        "label": found.label.as_dict() if found.label else None,
        "findings": [
            {
                "code": one.code,
                "severity": one.severity,
                "field": one.field,
                "place": one.place,
                "text": {"zh": one.text.zh, "en": one.text.en},
                "basis": one.basis,
            }
            for one in found.findings
        ],
    }


def _judge(job: Job, path: Path) -> Outcome:
    found = label.verify(path)
    judgement = label.judge(found, declared=job.declared, traces=job.traces + _visible_traces(path, found.kind))
    data: dict[str, object] = {
        "label": judgement.label,
        "rule": judgement.rule.item,
        "prompt": {"zh": judgement.prompt.zh, "en": judgement.prompt.en},
        "traces": list(judgement.traces),
        "verification": {"status": found.status, **_verification(found)},
    }
    new = judgement.to_write(job.propagator, job.propagate_id or _number(), job.reserved) if job.write else None
    if new is not None:
        label.write(path, new, permission=job.permission, log=job.log)
        data["written"] = new.as_dict()
    verdict, because = judgement.rule.verdict, judgement.rule.because
    text = Bilingual(zh=f"{verdict.zh}：{because.zh}", en=f"{verdict.en}: {because.en}")
    status = {"1": "GENERATED", "2": "POSSIBLY", "3": "SUSPECTED"}.get(judgement.label, "NOTHING")
    if not judgement.decided:
        status = UNDECIDED
    return Outcome(str(path), status, judgement.decided, text, not judgement.decided, data)


def _visible_traces(path: Path, kind: str) -> tuple[str, ...]:
    """Return an explicit label that can be read honestly: a prompt in text."""
    if kind not in {"text", "markdown", "html"}:
        return ()
    from guiju.label.explicit import check, labelled

    return ("explicit_label",) if labelled(check(path)) else ()


def _transplant(job: Job, path: Path) -> Outcome:
    if job.old is None:
        raise AssertionError("the parser asks for OLD")
    written = label.transplant(job.old, path, permission=job.permission, log=job.log)
    new = label.verify(path).label
    if new is None:
        raise AssertionError("a label that was read back is valid")
    return _written(path, written, new)
