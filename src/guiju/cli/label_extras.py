"""The optional extras of `guiju label write`: a watermark and a C2PA claim, in one step with the label, or nothing."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from guiju import label
from guiju.bilingual import Bilingual
from guiju.cli.label_usage import UsageError

if TYPE_CHECKING:
    from guiju.cli.label_job import Job

_SIGNED_ALREADY = Bilingual(
    zh="已有有效的 C2PA 内容凭证，未重新签署", en="a valid C2PA manifest is there already; not signed again"
)


@dataclass(frozen=True)
class Extras:
    """Which extras were asked for: `certificates` and `key` for C2PA, `watermark` and `password` for a watermark."""

    certificates: Path | None = None
    key: Path | None = None
    time_stamp_url: str | None = None
    software: str | None = None
    watermark: str = ""
    password: str = field(default="", repr=False)


def add_options(write: argparse.ArgumentParser) -> None:
    """Add the options of both extras."""
    write.add_argument("--c2pa-certificates", type=Path, metavar="CHAIN", help="sign with C2PA after labelling (PEM)")
    write.add_argument("--c2pa-key", type=Path, metavar="KEY", help="the key of the first certificate (PEM)")
    write.add_argument("--c2pa-time-stamp", metavar="URL", help="time-stamp authority (RFC 3161) to ask; default none")
    write.add_argument("--c2pa-software", metavar="NAME", help="what made the content (default: the producer)")
    write.add_argument("--watermark", metavar="TEXT", help="also hide up to 32 bytes in still pictures; no label")
    write.add_argument("--watermark-password-file", type=Path, metavar="FILE", help="its password, on the first line")


def extras_of(args: argparse.Namespace) -> Extras | None:
    """Return the extras that were asked for, or None.

    Raises UsageError where options are missing, and RefusedError where a package is, or where the credentials cannot
    sign: before any file is touched.
    """
    given = vars(args)
    certificates, key = given.get("c2pa_certificates"), given.get("c2pa_key")
    watermark, password_file = given.get("watermark"), given.get("watermark_password_file")
    signing = (certificates, key, given.get("c2pa_time_stamp"), given.get("c2pa_software"))
    if any(signing):
        _check_signing(certificates, key, given.get("role"))
    if watermark is not None or password_file is not None:
        text, password = _watermark(watermark, password_file)
        return Extras(*signing, watermark=text, password=password)
    return Extras(*signing) if any(signing) else None


def _check_signing(certificates: Path | None, key: Path | None, role: str | None) -> None:
    if certificates is None or key is None:
        raise UsageError(
            "C2PA 签署须同时给出 --c2pa-certificates 与 --c2pa-key",
            "to sign with C2PA give both --c2pa-certificates and --c2pa-key",
        )
    if role != "generator":
        raise UsageError(
            "C2PA 签署声明内容由何者生成，只用于 --role generator",
            "signing with C2PA says who made the content; it is for --role generator only",
        )
    from guiju.label.c2pa_credentials import load_credentials

    try:
        load_credentials(certificates, key)
    except OSError as error:
        raise _unreadable(error) from error


def _watermark(text: str | None, password_file: Path | None) -> tuple[str, str]:
    if not text or password_file is None:
        raise UsageError(
            "水印须同时给出 --watermark 与 --watermark-password-file",
            "for a watermark give both --watermark and --watermark-password-file",
        )
    from guiju.label.extras import require

    require("blind_watermark", "blind-watermark", "watermark")
    return text, _password(password_file)


def _password(path: Path) -> str:
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise _unreadable(error) from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} 不是 UTF-8 文本", f"{path} is not text in UTF-8") from error
    if not lines or not lines[0].strip():
        raise UsageError(f"{path} 的第一行没有密码", f"{path} has no password on its first line")
    return lines[0].strip()


def _unreadable(error: OSError) -> UsageError:
    return UsageError(f"无法读取 {error.filename}：{error.strerror}", f"cannot read {error.filename}: {error.strerror}")


def write_with_extras(
    job: Job, path: Path, goal: Path, new: label.Label
) -> tuple[label.Written, tuple[Bilingual, ...]]:
    """Label, mark, hide and sign, in this order, in a file beside that takes the place of `goal` only if all went well.

    A file that carries a C2PA manifest is signed again with that manifest as ingredient; nothing else may be sealed.
    Raises LabelError, OSError.
    """
    from guiju.label.extras import staged

    extras = job.extras or Extras()
    path, goal = path.resolve(), goal.resolve()
    permission = _permission(extras, job.permission, path)
    with staged(path, goal) as beside:
        written = label.write(path, new, out=beside.path, permission=permission, log=job.log)
        edits, notes = _marked(job, extras, beside.path, permission)
        changed = written.changed or bool(edits)
        if extras.certificates and extras.key:
            signed, told = _signed(extras, path, goal, beside.path, edits, changed=changed)
            changed = changed or signed
            notes = (*notes, told)
        if not changed and goal == path:
            beside.discard()
    return replace(written, path=goal, changed=changed), notes


def _permission(extras: Extras, given: label.Permission, path: Path) -> label.Permission:
    """Return the permission, with C2PA's seal free to be broken where it lives on as an ingredient."""
    kinds = {seal.kind for seal in label.read(path).seals}
    return replace(given, break_seals=True) if extras.certificates and kinds == {"c2pa"} else given


def _marked(
    job: Job, extras: Extras, path: Path, permission: label.Permission
) -> tuple[tuple[str, ...], tuple[Bilingual, ...]]:
    """Return the C2PA actions for what was done to the content, and what is to be said."""
    edits: tuple[str, ...] = ()
    notes: tuple[Bilingual, ...] = ()
    if job.explicit is not None:
        from guiju.label.explicit import write as mark

        if mark(path, text=job.explicit or None, permission=permission).changed:
            edits = ("c2pa.edited",)
    if extras.watermark:
        from guiju.label.watermark import embed

        hidden = embed(path, extras.watermark, password=extras.password, permission=permission)
        edits += ("c2pa.watermarked.unbound",) if hidden.changed else ()
        notes = (hidden.limits,)
    return edits, notes


def _signed(
    extras: Extras, path: Path, goal: Path, beside: Path, edits: tuple[str, ...], *, changed: bool
) -> tuple[bool, Bilingual]:
    from guiju.label.c2pa import sign, signed_already

    if not changed and signed_already(path):
        return False, _SIGNED_ALREADY
    if extras.certificates is None or extras.key is None:
        raise AssertionError("both are asked for together")
    signed = sign(
        beside,
        certificates=extras.certificates,
        key=extras.key,
        time_stamp_url=extras.time_stamp_url,
        title=goal.name,
        software=extras.software,
        parent=path,
        edits=edits,
    )
    return True, signed.text
