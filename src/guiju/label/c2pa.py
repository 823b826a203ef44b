"""Sign a labelled file with C2PA: after labelling, because a label written later would break the claim.

Needs `guiju[c2pa]`. The claim says that trained algorithms made the content, and who says so; it is no label in the
sense of GB 45438-2025 and replaces none. What the library does was tried out (grade T); the C2PA specification's lists
of actions and source types are used as commonly published.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from guiju import __version__
from guiju.bilingual import Bilingual
from guiju.label.c2pa_credentials import Credentials, load_credentials
from guiju.label.c2pa_kept import item_digests
from guiju.label.c2pa_store import Manifest, context, manifest_of, media_type
from guiju.label.errors import LabelError, RefusedError
from guiju.label.extras import require, staged
from guiju.label.fields import Label
from guiju.label.source import Source
from guiju.label.verifying import VALID, Verification, verify

_SOURCE_TYPE: Final = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
_AGENT: Final = {"name": "guiju", "version": __version__}
_GENERATED: Final = "1"
_PARENT: Final = "parent"
_UNTRUSTED = Bilingual(
    zh="已签署 C2PA 内容凭证：签名与内容相符；签署者未列入任何受信名单，查看者会看到“未受信”",
    en="signed with C2PA: signature and content agree; the signer is on no list of trusted ones, as viewers will say",
)
_TRUSTED = Bilingual(zh="已签署 C2PA 内容凭证，签署者受信", en="signed with C2PA by a trusted signer")


@dataclass(frozen=True)
class Signed:
    """A signed file: `manifest` was read back from it, `label` too; `parent` is True where an old manifest lives on."""

    path: Path
    kind: str
    manifest: Manifest
    label: Label
    parent: bool

    @property
    def text(self) -> Bilingual:
        """Return what the signature is worth."""
        return _TRUSTED if self.manifest.trusted else _UNTRUSTED


def sign(
    path: str | os.PathLike[str],
    *,
    certificates: Path,
    key: Path,
    out: str | os.PathLike[str] | None = None,
    time_stamp_url: str | None = None,
    title: str | None = None,
    software: str | None = None,
    parent: str | os.PathLike[str] | None = None,
    edits: Sequence[str] = (),
) -> Signed:
    """Sign a file that carries a valid label "1", or write a signed copy `out`; the old file stays on any failure.

    `certificates` is a PEM chain, signer first, `key` its PEM key. `software` names what made the content (default: the
    label's ContentProducer). If the file has a manifest already, the new claim has it as its ingredient: nothing of the
    history is lost. Where a label was written since, that manifest is broken in `path`, and `parent` is the file from
    before. `edits` are further C2PA actions, such as `c2pa.watermarked.unbound`. Only with `time_stamp_url` anything
    is sent to anybody: a hash, to that time-stamp authority (RFC 3161); without one the claim ends with the
    certificate. Afterwards the file is read again: the manifest must be valid (an untrusted signer is allowed, and
    said), the label unchanged. Raises RefusedError with a stable code, DamagedError, TooLargeError, OSError.
    """
    path = Path(path).resolve()
    target = Path(out).resolve() if out is not None else path
    before = Path(parent).resolve() if parent is not None else path
    try:
        require("c2pa", "c2pa-python", "c2pa")
        credentials = load_credentials(certificates, key)
        found, mine = _labelled(path)
        with Source.of_path(path) as source:
            media = media_type(found.kind, source)
        old = _living(before, media)
        claim = _claim(title or target.name, software or mine.producer, edits, resigned=old is not None)
        with staged(path, target) as new:
            _write(
                path, new.path, media, claim, credentials, parent=before if old else None, time_stamp_url=time_stamp_url
            )
            manifest = _read_back(path, new.path, found, media)
    except LabelError as error:
        raise error if error.path else error.at(os.fspath(path)) from error.__cause__
    return Signed(target, found.kind, manifest, mine, old is not None)


def signed_already(path: Path) -> Manifest | None:
    """Return the manifest of a file if it holds, else None; raises as `sign`."""
    found = verify(path)
    if not _sealed(found, "c2pa"):
        return None
    with Source.of_path(path) as source:
        manifest = manifest_of(path, media_type(found.kind, source))
    return manifest if manifest and manifest.good else None


def _labelled(path: Path) -> tuple[Verification, Label]:
    found = verify(path)
    if found.status != VALID or found.label is None:
        raise RefusedError.because(
            "no_label",
            "文件中没有有效标识；请先写标识，再签署（签署之后再写标识会使签名失效）",
            "there is no valid label in the file; label it first, then sign (a label written later breaks the claim)",
        )
    if found.label.label != _GENERATED:
        raise RefusedError.because(
            "c2pa_not_generated",
            f"标识为“{found.label.label}”（可能、疑似）；只有确属生成的内容才能如此声明",
            f'the label says "{found.label.label}" (may be, suspected); only what is generated can be claimed to be so',
        )
    if _sealed(found, "signature") or _sealed(found, "encryption"):
        raise RefusedError.because(
            "signed",
            "文件带有数字签名或已加密，C2PA 签署会改动它；请先做 C2PA 签署，再签名或加密",
            "the file carries a digital signature or is encrypted, and signing with C2PA would change it; sign with "
            "C2PA first",
        )
    return found, found.label


def _sealed(found: Verification, kind: str) -> bool:
    return found.reading is not None and any(seal.kind == kind for seal in found.reading.seals)


def _living(before: Path, media: str) -> Manifest | None:
    """Return the manifest that goes on as an ingredient; raises RefusedError if there is one that cannot."""
    manifest = manifest_of(before, media)
    if manifest is None:
        if _sealed(verify(before), "c2pa"):
            raise RefusedError.because(
                "c2pa_elsewhere",
                "文件指向别处保存的 C2PA 内容凭证；此处不联网取用，无法将其并入新凭证",
                "the file points to a C2PA manifest kept elsewhere; nothing is fetched here, so it cannot go on as an "
                "ingredient",
            )
        return None
    if not manifest.good:
        raise RefusedError.because(
            "c2pa_broken",
            f"文件原有的 C2PA 内容凭证已失效（{'、'.join(manifest.failures)}）；请从尚未改动的文件开始",
            f"the C2PA manifest of the file is broken already ({', '.join(manifest.failures)}); start from the file as "
            "it was before",
        )
    return manifest


def _claim(title: str, software: str, edits: Sequence[str], *, resigned: bool) -> dict[str, Any]:
    """Return the claim: created, or opened from its ingredient and given a label."""
    made = {"digitalSourceType": _SOURCE_TYPE, "softwareAgent": {"name": software}}
    first: list[dict[str, Any]] = [{"action": "c2pa.created", **made}]
    if resigned:
        first = [
            {"action": "c2pa.opened", "parameters": {"ingredientIds": [_PARENT]}},
            {"action": "c2pa.edited.metadata", "digitalSourceType": _SOURCE_TYPE, "softwareAgent": _AGENT},
        ]
    later = [{"action": edit, "softwareAgent": _AGENT} for edit in edits]
    actions = {"label": "c2pa.actions.v2", "data": {"actions": first + later}}
    return {"claim_version": 2, "claim_generator_info": [_AGENT], "title": title, "assertions": [actions]}


def _write(
    path: Path,
    new: Path,
    media: str,
    claim: dict[str, Any],
    credentials: Credentials,
    *,
    parent: Path | None,
    time_stamp_url: str | None,
) -> None:
    import c2pa

    info = c2pa.C2paSignerInfo(credentials.algorithm, credentials.chain, credentials.key, time_stamp_url)
    try:
        with context() as settings, c2pa.Signer.from_info(info) as signer, c2pa.Builder(claim, settings) as builder:
            if parent:
                ingredient = {"title": parent.name, "relationship": "parentOf", "label": _PARENT}
                with parent.open("rb") as stream:
                    builder.add_ingredient(ingredient, media, stream)
            with path.open("rb") as source, new.open("w+b") as out:
                builder.sign(signer, media, source, out)
    except c2pa.C2paError as error:
        told = " ".join(str(error).split())
        raise RefusedError.because(
            "c2pa_failed",
            f"C2PA 签署未成功，原文件未改动：{told}",
            f"signing with C2PA failed, the old file was left as it was: {told}",
        ) from error


def _read_back(path: Path, new: Path, before: Verification, media: str) -> Manifest:
    """Read the signed file as anybody would; raises RefusedError unless manifest, label and content hold."""
    manifest = manifest_of(new, media)
    if manifest is None or not manifest.good:
        failures = ", ".join(manifest.failures) if manifest else "-"
        raise RefusedError.because(
            "c2pa_read_back",
            f"签署后复核未通过，原文件未改动：{failures}",
            f"the new C2PA manifest does not hold; the old file was left as it was: {failures}",
        )
    after = verify(new)
    damaged = after.kind == "heif" and item_digests(path) != item_digests(new)
    if after.status != VALID or after.label != before.label or after.places != before.places or damaged:
        raise RefusedError.because(
            "c2pa_damaged",
            "签署后标识或内容读不回来（C2PA 程序库改坏了此类文件）；原文件未改动",
            "after signing, label or content cannot be read back (the C2PA library damages this file); the old file "
            "was left as it was",
        )
    return manifest
