"""Checkpoints: what a log says it held at one size, signed (C2SP signed-note, tlog-checkpoint, tlog-cosignature)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guiju.ledger.errors import NoteError
from guiju.ledger.keys import LOG, SigningKey, VerifierKey
from guiju.ledger.tree import HASH_SIZE

MOST_SIGNATURES = 100
LONGEST_NOTE = 1_000_000
_ID = 4
_TIME = 8
_LINE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_FEWEST_LINES = 3


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: the key's name and id, and what it signed with."""

    name: str
    key_id: bytes
    value: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A text with its signatures; says nothing about whether they hold."""

    text: str
    signatures: tuple[Signature, ...]

    @staticmethod
    def parse(content: str | bytes) -> Note:
        """Read a signed note; raises NoteError if it does not have the form."""
        text = _decoded(content)
        if any(ord(char) < ord(" ") and char != "\n" for char in text):
            raise _no_note("it holds control characters", "含有控制字符")
        body, blank, below = text.rpartition("\n\n")
        if not blank or not below.endswith("\n"):
            raise _no_note("no blank line before signatures that end in a newline", "签名之前没有空行，或末尾没有换行")
        lines = below[:-1].split("\n")
        if len(lines) > MOST_SIGNATURES:
            raise _no_note(f"more than {MOST_SIGNATURES} signatures", f"签名超过 {MOST_SIGNATURES} 个")
        return Note(body + "\n", tuple(_signature(line) for line in lines))


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A log's statement: its origin, how many events, their root hash; `note` is the signed note, verbatim."""

    origin: str
    size: int
    root: bytes
    note: str

    @staticmethod
    def parse(content: str | bytes) -> Checkpoint:
        """Read a checkpoint without checking a signature; raises NoteError if it does not have the form."""
        note = Note.parse(content)
        lines = note.text[:-1].split("\n")
        if len(lines) < _FEWEST_LINES or not all(lines):
            raise _no_checkpoint(
                "origin, size and root hash are not on its first three lines", "前三行不是来源、大小和根哈希"
            )
        if not _SIZE.fullmatch(lines[1]):
            raise _no_checkpoint(f"{lines[1]!r} is not a size", f"{lines[1]!r} 不是大小")
        root = _base64(lines[2])
        if root is None or len(root) != HASH_SIZE:
            raise _no_checkpoint("its third line is not the base64 of 32 bytes", "第三行不是 32 字节的 base64")
        return Checkpoint(lines[0], int(lines[1]), root, _decoded(content))


def body(origin: str, size: int, root: bytes) -> str:
    """Return the text that a checkpoint signs."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"


def note_of(text: str, key: VerifierKey, signature: bytes) -> str:
    """Return the note: the text, a blank line, the signature line."""
    return f"{text}\n{_line(key, signature)}"


def signed(text: str, key: SigningKey) -> str:
    """Sign a text that ends in a newline, and return the note."""
    return note_of(text, key.verifier, key.sign(text.encode()))


def cosigned(note: str, witness: SigningKey, time: int) -> str:
    """Add a witness's signature (C2SP cosignature/v1); time in seconds since 1970.

    The witness must have checked consistency with what it cosigned before: nothing is checked here.
    """
    text = Note.parse(note).text
    stamped = time.to_bytes(_TIME, "big") + witness.sign(_cosignature_message(text, time))
    return note + _line(witness.verifier, stamped)


def accepted(note: Note, keys: Iterable[VerifierKey]) -> list[VerifierKey] | None:
    """Return which of the keys signed the note; None if a known key's signature does not verify.

    Signatures of unknown keys are ignored, also if they share a name or an id with a known one.
    """
    known = {(key.name, key.id): key for key in keys}
    found: dict[tuple[str, bytes], VerifierKey] = {}
    for signature in note.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is None:
            continue
        if not _holds(key, signature.value, note.text):
            return None
        found[key.name, key.id] = key
    return list(found.values())


def verify_checkpoint(
    content: str | bytes, log: VerifierKey, witnesses: Sequence[VerifierKey] = ()
) -> Checkpoint | None:
    """Return the checkpoint if the log signed it under its own name and each named witness cosigned it, else None.

    Raises NoteError if the content is no checkpoint at all.
    """
    checkpoint = Checkpoint.parse(content)
    signers = accepted(Note.parse(content), [log, *witnesses])
    if signers is None or checkpoint.origin != log.name or any(key not in signers for key in (log, *witnesses)):
        return None
    return checkpoint


def _holds(key: VerifierKey, value: bytes, text: str) -> bool:
    if key.kind == LOG:
        return key.verifies(value, text.encode())
    time = int.from_bytes(value[:_TIME], "big")
    return time < 1 << 63 and key.verifies(value[_TIME:], _cosignature_message(text, time))


def _cosignature_message(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def _line(key: VerifierKey, signature: bytes) -> str:
    return f"— {key.name} {base64.b64encode(key.id + signature).decode()}\n"


def _signature(line: str) -> Signature:
    match = _LINE.fullmatch(line)
    value = _base64(match[2]) if match else None
    if match is None or value is None or len(value) <= _ID:
        raise _no_note(f"not a signature line: {line[:80]!r}", f"不是签名行：{line[:80]!r}")
    return Signature(match[1], value[:_ID], value[_ID:])


def _base64(text: str) -> bytes | None:
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return value if base64.b64encode(value).decode() == text else None


def _decoded(content: str | bytes) -> str:
    if len(content) > LONGEST_NOTE:
        raise _no_note(f"longer than {LONGEST_NOTE:,} bytes", f"长于 {LONGEST_NOTE:,} 字节")
    if isinstance(content, str):
        return content
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise _no_note("not UTF-8", "不是 UTF-8") from None


def _no_note(en: str, zh: str) -> NoteError:
    return NoteError("L120", f"not a signed note: {en}", f"不是签名文本：{zh}")


def _no_checkpoint(en: str, zh: str) -> NoteError:
    return NoteError("L121", f"not a checkpoint: {en}", f"不是检查点：{zh}")
