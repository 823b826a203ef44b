"""What a writer may do to a file that is not untouched: replace a label, break a seal. By default neither."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.label.errors import RefusedError
from guiju.label.fields import Label, Parsed
from guiju.label.reading import Reading


@dataclass(frozen=True)
class Permission:
    """`replace_label`: another label may be replaced, which is logged; `break_seals`: C2PA or signatures may break.

    `first_write` holds the label to the rules for a generator's first label. Nobody may delete, alter, forge or hide
    labels maliciously (Measures, article 10; grade C1): replacing is an explicit act, and there is no removing.
    """

    replace_label: bool = False
    break_seals: bool = False
    first_write: bool = False


def check_seals(reading: Reading, permission: Permission) -> None:
    """Refuse to change a sealed file, unless that is permitted; raises RefusedError."""
    kinds = {seal.kind for seal in reading.seals}
    if permission.break_seals:
        return
    if "c2pa" in kinds:
        raise RefusedError.because(
            "c2pa",
            "文件带有 C2PA 内容凭证，写入标识会使其失效；请先写标识再签署，或者明示允许（--break-seals）后重新签署",
            "the file carries a C2PA manifest, which a label would invalidate; label before signing, or allow it "
            "(--break-seals) and sign again",
        )
    if "signature" in kinds:
        raise RefusedError.because(
            "signed",
            "文件带有数字签名，写入标识会使其失效；请先写标识再签名，或者明示允许（--break-seals）",
            "the file carries a digital signature, which a label would invalidate; label before signing, or allow it "
            "(--break-seals)",
        )


def check_existing(reading: Reading, label: Label, permission: Permission) -> tuple[str, ...]:
    """Return the texts of labels that will be replaced by force, for the log.

    A platform that only fills the propagation fields replaces nothing. Raises RefusedError where another label stands
    and replacing it is not permitted.
    """
    others = [one for one in reading.occurrences if not _same_production(one.parsed, label)]
    if not others:
        return ()
    if permission.replace_label:
        return tuple(one.text for one in others)
    producer = others[0].parsed.values.get("ContentProducer", "")
    if producer and producer == label.producer:
        raise RefusedError.because(
            "already_labelled",
            f"文件已有本提供者的另一标识（{others[0].place}）；替换须明示（--force），并会记入日志",
            f"the file already has another label of this provider ({others[0].place}); replacing it must be explicit "
            "(--force) and is logged",
        )
    raise RefusedError.because(
        "other_label",
        f"文件已有其他标识（{others[0].place}，生成者“{producer}”）；不得改动他人标识，确需替换须明示（--force），并会记入日志",
        f'the file already has another label ({others[0].place}, producer "{producer}"); labels of others must not be '
        "altered; if it has to be replaced, say so (--force); that is logged",
    )


def _same_production(parsed: Parsed, label: Label) -> bool:
    """Tell whether an existing label differs at most in what a platform may fill in, or in where it stands."""
    there = parsed.label
    if there is None:
        return False
    return (there.label, there.producer, there.produce_id, there.reserved1) == (
        label.label,
        label.producer,
        label.produce_id,
        label.reserved1,
    )
