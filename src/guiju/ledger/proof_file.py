"""Proofs that stand by themselves, each with the signed checkpoint that it leads to.

That an event is in the log: C2SP tlog-proof, a text. That the log only grew: JSON, for which there is no such format.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from guiju.ledger import findings as found
from guiju.ledger.checkpoint import Checkpoint, verify_checkpoint
from guiju.ledger.errors import NoteError
from guiju.ledger.findings import Finding
from guiju.ledger.keys import VerifierKey
from guiju.ledger.proofs import verify_consistency, verify_inclusion
from guiju.ledger.tree import HASH_SIZE, leaf_hash

FIRST_LINE = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """That `event` stands at `index` in the log of the checkpoint; the event is carried as the format's extra data."""

    event: bytes
    index: int
    path: tuple[bytes, ...]
    note: str

    def __str__(self) -> str:
        lines = [FIRST_LINE, f"extra {_encoded(self.event)}", f"index {self.index}", *map(_encoded, self.path)]
        return "\n".join(lines) + f"\n\n{self.note}"

    @staticmethod
    def parse(text: str) -> InclusionProof:
        """Read a proof; raises NoteError if it does not have the form or carries no event."""
        head, blank, note = text.partition("\n\n")
        lines = head.split("\n")
        if not blank or lines[0] != FIRST_LINE:
            raise _malformed(f"it does not begin with {FIRST_LINE}", f"不以 {FIRST_LINE} 开头")
        if len(lines) < 3 or not lines[1].startswith("extra "):  # noqa: PLR2004 - first line, extra, index
            raise _malformed("it carries no event", "其中没有事件")
        kind, _, index = lines[2].partition(" ")
        if kind != "index" or not _INDEX.fullmatch(index):
            raise _malformed("its third line is not an index", "第三行不是序号")
        path = tuple(_decoded(line) for line in lines[3:])
        if any(len(sibling) != HASH_SIZE for sibling in path):
            raise _malformed("a line of its path is not a hash of 32 bytes", "路径中有一行不是 32 字节的哈希")
        return InclusionProof(_decoded(lines[1].removeprefix("extra ")), int(index), path, note)


def verify_proof(proof: InclusionProof, log: VerifierKey, witnesses: Sequence[VerifierKey] = ()) -> list[Finding]:
    """Return what is wrong with a proof: nothing, if the event is in the log that the key signed."""
    checkpoint = Checkpoint.parse(proof.note)
    findings = []
    if verify_checkpoint(proof.note, log, witnesses) is None:
        findings.append(found.not_signed("checkpoint"))
    if not verify_inclusion(leaf_hash(proof.event), proof.index, checkpoint.size, proof.path, checkpoint.root):
        findings.append(found.not_included(proof.index, checkpoint.size))
    return findings


@dataclass(frozen=True, slots=True)
class GrowthProof:
    """That the log of the checkpoint in `note` begins with the first `old_size` events of an earlier one."""

    old_size: int
    path: tuple[bytes, ...]
    note: str

    def __str__(self) -> str:
        shown = {"old_size": self.old_size, "path": [sibling.hex() for sibling in self.path], "checkpoint": self.note}
        return json.dumps(shown, ensure_ascii=False, indent=2) + "\n"

    @staticmethod
    def parse(text: str) -> GrowthProof:
        """Read a proof; raises NoteError if it does not have the form."""
        try:
            shown = json.loads(text)
            path = tuple(bytes.fromhex(sibling) for sibling in shown["path"])
            proof = GrowthProof(shown["old_size"], path, shown["checkpoint"])
        except (ValueError, TypeError, KeyError, RecursionError):
            proof = None
        if proof is None or type(proof.old_size) is not int or not isinstance(proof.note, str):
            raise _malformed("old_size, path and checkpoint are not there", "缺少 old_size、path 或 checkpoint")
        return proof


def verify_growth(
    proof: GrowthProof, earlier: str | bytes, log: VerifierKey, witnesses: Sequence[VerifierKey] = ()
) -> list[Finding]:
    """Return what is wrong: nothing, if the log only grew since the earlier checkpoint.

    Both checkpoints must be signed by the log, the new one by every witness too.
    """
    old, new = Checkpoint.parse(earlier), Checkpoint.parse(proof.note)
    findings = [
        found.not_signed(f"checkpoint of size {checkpoint.size}")
        for checkpoint, content, cosigners in ((old, earlier, ()), (new, proof.note, witnesses))
        if verify_checkpoint(content, log, cosigners) is None
    ]
    if old.size > new.size:
        findings.append(found.tail_removed(new.size, old.size))
    elif old.size != proof.old_size:
        raise NoteError(
            "L124",
            f"the proof is about {proof.old_size} events, the earlier checkpoint about {old.size}",
            f"证明针对 {proof.old_size} 个事件，较早的检查点却有 {old.size} 个",
        )
    elif not verify_consistency(old.size, new.size, old.root, new.root, proof.path):
        findings.append(found.history_rewritten(0, old.size))
    return findings


def _encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise _malformed("a line is not base64", "有一行不是 base64") from None


def _malformed(en: str, zh: str) -> NoteError:
    return NoteError("L122", f"not a proof: {en}", f"不是证明：{zh}")
