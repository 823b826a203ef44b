"""Ed25519 keys of a log and of its witnesses, in the text forms that transparency logs use (C2SP signed-note).

    verifier   NAME+KEYID+BASE64(type byte || 32-byte public key)
    signer     PRIVATE+KEY+NAME+KEYID+BASE64(type byte || 32-byte seed)

The type byte is 0x01 for a log, 0x04 for a witness that cosigns with the time.
"""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from guiju.files import written_beside
from guiju.ledger.errors import KeyFileError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LOG = 0x01
WITNESS = 0x04
_KEY_LENGTH = 32
_ID_LENGTH = 4
PRIVATE = "PRIVATE+KEY+"
_OWNER_ONLY = 0o600


@dataclass(frozen=True)
class VerifierKey:
    """What is needed to check the signatures of one log or witness; public."""

    name: str
    kind: int
    public: bytes

    @cached_property
    def id(self) -> bytes:
        """The first four bytes of SHA-256 over name, newline, type and key."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:_ID_LENGTH]

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether this is the signature of that message by this key."""
        from cryptography.exceptions import InvalidSignature

        try:
            self._key.verify(signature, message)
        except InvalidSignature:
            return False
        return True

    @cached_property
    def _key(self) -> Ed25519PublicKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        return Ed25519PublicKey.from_public_bytes(self.public)

    def __str__(self) -> str:
        material = base64.b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{material}"

    @staticmethod
    def parse(text: str) -> VerifierKey:
        """Read a verifier key; raises KeyFileError if it is malformed, of another type, or contradicts its id."""
        name, kind, material, shown_id = _taken_apart(text.strip())
        key = VerifierKey(name, kind, material)
        if key.id.hex() != shown_id:
            raise _malformed("its id does not fit its name and key", "其编号与名称和公钥不符")
        return key


@dataclass(frozen=True)
class SigningKey:
    """A private key; never printed: neither `repr` nor any message shows it."""

    verifier: VerifierKey
    _seed: bytes = field(repr=False)

    @staticmethod
    def generate(name: str, kind: int = LOG) -> SigningKey:
        """Make a new key; the name is best a URL without its scheme, such as example.gov.cn/log."""
        _check_name(name)
        return _of_seed(name, kind, os.urandom(_KEY_LENGTH))

    def sign(self, message: bytes) -> bytes:
        """Sign; 64 bytes."""
        return self._key.sign(message)

    @cached_property
    def _key(self) -> Ed25519PrivateKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self._seed)

    def save(self, path: Path) -> None:
        """Write the key to a new file that only its owner can read; raises KeyFileError if that is impossible."""
        own = self.verifier
        material = base64.b64encode(bytes([own.kind]) + self._seed).decode()
        try:
            temporary = written_beside(path, f"{PRIVATE}{own.name}+{own.id.hex()}+{material}\n".encode())
            try:
                temporary.chmod(_OWNER_ONLY)
                path.hardlink_to(temporary)
            finally:
                temporary.unlink(missing_ok=True)
        except FileExistsError:
            raise KeyFileError(
                "L112", f"{path} exists already; a key is never overwritten", f"{path} 已经存在；密钥不会被覆盖"
            ) from None
        except OSError as error:
            raise KeyFileError("L118", f"cannot write {path}: {error}", f"无法写入 {path}：{error}") from None

    @staticmethod
    def load(path: Path) -> SigningKey:
        """Read a key file; raises KeyFileError if it is missing, malformed, or readable by others."""
        try:
            mode = path.stat().st_mode
            text = path.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise KeyFileError(
                "L113", f"cannot read the key {path}: {error}", f"无法读取密钥 {path}：{error}"
            ) from None
        if mode & 0o077:
            raise KeyFileError(
                "L114",
                f"others can read the private key {path}; run: chmod 600 {path}",
                f"他人可以读取私钥 {path}；请运行：chmod 600 {path}",
            )
        if not text.startswith(PRIVATE):
            raise _malformed(f"{path} does not begin with {PRIVATE}", f"{path} 不以 {PRIVATE} 开头")
        name, kind, seed, shown_id = _taken_apart(text.removeprefix(PRIVATE))
        key = _of_seed(name, kind, seed)
        if key.verifier.id.hex() != shown_id:
            raise _malformed(f"the id in {path} does not fit the key", f"{path} 中的编号与密钥不符")
        return key


def _of_seed(name: str, kind: int, seed: bytes) -> SigningKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    return SigningKey(VerifierKey(name, kind, public), seed)


def _taken_apart(text: str) -> tuple[str, int, bytes, str]:
    """Name, type, 32 bytes of key, and the id in hexadecimal; never quotes the text, which may be private."""
    parts = text.split("+", 2)
    if len(parts) != 3:  # noqa: PLR2004 - name, id, key
        raise _malformed("a key is written NAME+ID+BASE64", "密钥应写成 名称+编号+BASE64")
    name, shown_id, encoded = parts
    _check_name(name)
    try:
        material = base64.b64decode(encoded, validate=True)
    except ValueError:
        raise _malformed("its last part is not base64", "最后一部分不是 base64") from None
    if len(material) != 1 + _KEY_LENGTH or material[0] not in {LOG, WITNESS}:
        raise _malformed(
            "it is not an Ed25519 key of a log (type 1) or a witness (type 4)",
            "不是日志（类型 1）或见证人（类型 4）的 Ed25519 密钥",
        )
    return name, material[0], material[1:], shown_id


def _check_name(name: str) -> None:
    if not name or "+" in name or any(char.isspace() or ord(char) < ord(" ") for char in name):
        raise KeyFileError(
            "L111",
            f"{name!r} cannot name a key: no spaces, no plus; best like example.gov.cn/log",
            f"{name!r} 不能作为密钥名称：不得有空格和加号；建议写成 example.gov.cn/log",
        )


def _malformed(en: str, zh: str) -> KeyFileError:
    return KeyFileError("L110", f"not a key: {en}", f"不是密钥：{zh}")
