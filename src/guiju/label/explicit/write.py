"""Write an explicit label: into a file beside, looked at again there, and only then in the old one's place."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

from guiju.bilingual import Bilingual
from guiju.label.errors import LabelError
from guiju.label.explicit.check import check
from guiju.label.explicit.errors import ExplicitLabelError
from guiju.label.explicit.kind import AUDIO, DOCX, IMAGE, KINDS, VIDEO, kind_of
from guiju.label.explicit.mark import PLACES
from guiju.label.explicit.result import ExplicitFinding, ExplicitResult, labelled
from guiju.label.explicit.wording import label_text
from guiju.label.permission import Permission, check_seals
from guiju.label.reading import Reading, read
from guiju.label.writing import write as write_metadata

LARGEST_IN_MEMORY: Final = 512 * 2**20  # bytes of a picture, text or document
_ENDS: Final = ("start", "end", "both")
_NOTES: Final = {
    IMAGE: Bilingual(zh="像素已重新编码", en="the pixels were coded again"),
    VIDEO: Bilingual(
        zh="画面轨已整体重新编码；其他轨道原样复制", en="the whole picture track was coded again; others copied"
    ),
    AUDIO: Bilingual(zh="非 PCM 音频已重新编码", en="sound other than PCM in WAV was coded again"),
}


def write(
    path: str | os.PathLike[str],
    out: str | os.PathLike[str] | None = None,
    *,
    kind: str | None = None,
    text: str | None = None,
    where: str | None = None,
    lang: str = "zh",
    clip: str | os.PathLike[str] | None = None,
    encoding: str | None = None,
    permission: Permission | None = None,
) -> ExplicitResult:
    """Write an explicit label into a file, or into a labelled copy `out`; labelling twice changes nothing.

    `where` is `start`, `end` or `both` for text, documents and sound, a corner or edge (`bottom_right`, `bottom_left`,
    `top_right`, `top_left`, `bottom`, `top`) for pictures and video; by default the start or `bottom_right`. `text`
    must be a full label; without it `lang` chooses between `AI生成` (zh) and the bilingual one (en). Sound gets the
    Morse rhythm, or the voice recording `clip`, whose words `text` states and nobody checks here. A label in the
    metadata survives; seals (C2PA, signatures) are respected as `permission` says.
    Raises ExplicitLabelError (or another LabelError) and OSError, with the old file as it was.
    """
    path = Path(path).resolve()
    target = Path(out).resolve() if out is not None else path
    try:
        wanted = label_text(text, lang)
        kind = kind or kind_of(path)
        places = _places(kind, where)
        state = path.stat()
        before = read(path)
        if kind not in {AUDIO, VIDEO} and path.stat().st_size > LARGEST_IN_MEMORY:
            raise ExplicitLabelError.because("too_large", "文件过大", "the file is too large")
        findings = check(path, kind=kind, text=wanted, encoding=encoding)
        voice = Path(clip) if clip is not None else None
        if voice is None and _stands(kind, findings, places):
            if target != path:
                _replace(_copied(path, target), path, target)
            return ExplicitResult(target, kind, wanted, changed=False, findings=tuple(findings))
        check_seals(before, permission or Permission())
        temporary = _beside(path, target)
        try:
            if voice is not None:
                findings = _spoken(path, temporary, kind, wanted, places=places, clip=voice)
            else:
                missing = _missing(kind, findings, places)
                _produce(path, temporary, kind, wanted, places=missing, encoding=encoding)
                findings = check(temporary, kind=kind, text=wanted, encoding=encoding)
                _hold(kind, findings, places)
            _keep_metadata(before, temporary)
            _check_unchanged(path, state)
            _replace(temporary, path, target)
        finally:
            temporary.unlink(missing_ok=True)
    except LabelError as error:
        raise error if error.path else error.at(os.fspath(path)) from error.__cause__
    notes = (_NOTES[kind],) if kind in _NOTES else ()
    return ExplicitResult(target, kind, wanted, changed=True, findings=tuple(findings), notes=notes)


def _places(kind: str, where: str | None) -> tuple[str, ...]:
    if kind not in KINDS:
        raise ExplicitLabelError.because(
            "kind", f"种类应为 {'、'.join(sorted(KINDS))} 之一", f"the kind is one of {', '.join(sorted(KINDS))}"
        )
    allowed = PLACES if kind in {IMAGE, VIDEO} else _ENDS
    chosen = where or allowed[0]
    if chosen not in allowed:
        raise ExplicitLabelError.because(
            "where",
            f"此类文件的位置应为 {'、'.join(allowed)} 之一，实为“{chosen}”",
            f'for this kind of file the place is one of {", ".join(allowed)}; it is "{chosen}"',
        )
    return ("start", "end") if chosen == "both" else (chosen,)


def _stands(kind: str, findings: list[ExplicitFinding], places: tuple[str, ...]) -> bool:
    """Tell whether the label stands already, wherever it was asked for; a picture's may stand in another corner."""
    if kind in {IMAGE, VIDEO}:
        return findings[0].ok is True and not _broken(kind, findings)
    return not _missing(kind, findings, places)


def _missing(kind: str, findings: list[ExplicitFinding], places: tuple[str, ...]) -> tuple[str, ...]:
    if kind in {IMAGE, VIDEO}:
        return places
    there = {one.place for one in findings if one.ok}
    return tuple(place for place in places if place not in there)


def _produce(
    path: Path, temporary: Path, kind: str, text: str, *, places: tuple[str, ...], encoding: str | None
) -> None:
    if kind == VIDEO:
        from guiju.label.explicit.video import write_video

        write_video(path, temporary, text, places[0])
    elif kind == AUDIO:
        from guiju.label.explicit.audio import write_audio

        write_audio(path, temporary, places)
    else:
        content = path.read_bytes()
        if kind == IMAGE:
            from guiju.label.explicit.image import write_image

            content = write_image(content, text, places[0])
        elif kind == DOCX:
            from guiju.label.explicit import docx

            content = docx.insert(content, text, places)
        else:
            from guiju.label.explicit import text as texts

            content = texts.insert(content, text, places, kind, encoding)
        temporary.write_bytes(content)


def _spoken(
    path: Path, temporary: Path, kind: str, text: str, *, places: tuple[str, ...], clip: Path
) -> list[ExplicitFinding]:
    from guiju.label.explicit.audio import check_clip, write_audio

    if kind != AUDIO:
        raise ExplicitLabelError.because("clip", "语音片段只能用于音频文件", "a voice clip is for sound files only")
    write_audio(path, temporary, places, clip)
    findings = check_clip(path, temporary, clip, places, text)
    if labelled(findings) is False:
        raise _not_held(findings)
    return findings


def _hold(kind: str, findings: list[ExplicitFinding], places: tuple[str, ...]) -> None:
    """Raise ExplicitLabelError unless what was written is found, and measures up."""
    failed = _broken(kind, findings) or ([] if _stands(kind, findings, places) else findings)
    if failed:
        raise _not_held(failed)


def _not_held(failed: list[ExplicitFinding]) -> ExplicitLabelError:
    return ExplicitLabelError.because(
        "read_back",
        f"写入后复核未通过，原文件未改动：{'；'.join(one.zh for one in failed)}",
        f"what was written does not hold; the old file was left as it was: {'; '.join(one.en for one in failed)}",
    )


def _broken(kind: str, findings: list[ExplicitFinding]) -> list[ExplicitFinding]:
    # A video that is shorter than the term carries its label throughout, which cannot be more.
    return [one for one in findings if one.ok is False or (one.ok is None and (kind, one.code) != (VIDEO, "duration"))]


def _keep_metadata(before: Reading, temporary: Path) -> None:
    """Put the label in the metadata back where coding again has lost it."""
    if not before.first:
        return
    after = read(temporary)
    old = before.first.label
    if after.first and after.first.label == old and len(after.occurrences) >= len(before.occurrences):
        return
    if old is None:
        raise ExplicitLabelError.because(
            "metadata_lost",
            "文件元数据中的隐式标识不合规且会因重新编码丢失；请先修正隐式标识",
            "the label in the metadata is not valid and would get lost in coding again; mend it first",
        )
    write_metadata(temporary, old, permission=Permission(replace_label=True, break_seals=True))


def _check_unchanged(path: Path, before: os.stat_result) -> None:
    now = path.stat()
    if (now.st_ino, now.st_size, now.st_mtime_ns) != (before.st_ino, before.st_size, before.st_mtime_ns):
        raise ExplicitLabelError.because(
            "changed_meanwhile",
            "写入标识期间文件被改动；请重试",
            "the file was changed while the label was being written; try again",
        )


def _beside(path: Path, target: Path) -> Path:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".guiju.", suffix=path.suffix or ".tmp")
    os.close(handle)
    return Path(name)


def _copied(path: Path, target: Path) -> Path:
    temporary = _beside(path, target)
    shutil.copyfile(path, temporary)
    return temporary


def _replace(temporary: Path, path: Path, target: Path) -> None:
    with temporary.open("rb") as stream:
        os.fsync(stream.fileno())
    shutil.copymode(path, temporary)
    temporary.replace(target)
