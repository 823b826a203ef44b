"""The certificate chain and the key that a C2PA claim is signed with: read, matched, refused early."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from guiju.label.errors import RefusedError
from guiju.label.extras import require

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
    from cryptography.x509 import Certificate

_CURVES: Final = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}


@dataclass(frozen=True)
class Credentials:
    """A chain in PEM, signer first, its key in PEM (PKCS 8), and the name of the algorithm in C2PA."""

    chain: bytes
    key: bytes = field(repr=False)
    algorithm: str


def load_credentials(certificates: Path, key: Path) -> Credentials:
    """Read a PEM chain and a PEM key without a password.

    Raises RefusedError: `not_installed`, or `c2pa_credentials` where they are not readable, do not belong together,
    are not valid today, or cannot sign C2PA claims at all; OSError.
    """
    require("c2pa", "c2pa-python", "c2pa")
    from cryptography import x509

    chain, secret = certificates.read_bytes(), key.read_bytes()
    try:
        found = x509.load_pem_x509_certificates(chain)
    except ValueError as error:
        raise _refused(
            f"{certificates} 不是 PEM 证书链", f"{certificates} is not a chain of certificates in PEM"
        ) from error
    private = _private(secret, key)
    _check_signer(found[0], private)
    return Credentials(chain, _pkcs8(private), _algorithm(private))


def _private(secret: bytes, path: Path) -> PrivateKeyTypes:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        return load_pem_private_key(secret, None)
    except TypeError as error:
        raise _refused(
            f"私钥 {path} 有密码保护；请给出不带密码的私钥，并限制其读取权限",
            f"the key {path} is protected by a password; give one without, readable only for those who may sign",
        ) from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _refused(f"{path} 不是 PEM 私钥", f"{path} is not a private key in PEM") from error


def _check_signer(signer: Certificate, private: PrivateKeyTypes) -> None:
    if signer.public_key() != private.public_key():
        raise _refused(
            "私钥与链中第一张证书不匹配；签署者证书应在最前",
            "the key does not belong to the first certificate of the chain; the signer's certificate comes first",
        )
    if signer.issuer == signer.subject:
        raise _refused(
            "签署者证书是自签名的，C2PA 不接受；请使用由证书机构签发的证书",
            "the signer's certificate is self-signed, which C2PA does not accept; use one that an authority issued",
        )
    today = dt.datetime.now(dt.UTC)
    if not signer.not_valid_before_utc <= today <= signer.not_valid_after_utc:
        raise _refused("签署者证书不在有效期内", "the signer's certificate is not valid today")


def _algorithm(private: PrivateKeyTypes) -> str:
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    if isinstance(private, ec.EllipticCurvePrivateKey) and private.curve.name in _CURVES:
        return _CURVES[private.curve.name]
    if isinstance(private, ed25519.Ed25519PrivateKey):
        return "ed25519"
    if isinstance(private, rsa.RSAPrivateKey):
        return "ps256"
    raise _refused(
        "C2PA 不支持此类私钥；请使用 P-256、P-384、P-521、Ed25519 或 RSA",
        "C2PA has no algorithm for this kind of key; use P-256, P-384, P-521, Ed25519 or RSA",
    )


def _pkcs8(private: PrivateKeyTypes) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _refused(zh: str, en: str) -> RefusedError:
    return RefusedError.because("c2pa_credentials", zh, en)
