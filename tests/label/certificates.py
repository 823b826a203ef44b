"""Certificates for the tests, made on the spot: an authority and a signer that C2PA accepts, or does not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey
PEM = serialization.Encoding.PEM


def chain(
    folder: Path, signer: Key | None = None, *, age: int = 1, purpose: bool = True, self_signed: bool = False
) -> tuple[Path, Path]:
    """Write chain.pem and key.pem; the signer (by default ES256) is valid from `age` days ago for thirty days."""
    authority = ec.generate_private_key(ec.SECP256R1())
    signer = signer or ec.generate_private_key(ec.SECP256R1())
    top = _certificate("Authority", "Authority", authority, age).add_extension(x509.BasicConstraints(True, None), True)
    top = top.add_extension(_usage(authority=True), True)
    issuer = "Signer" if self_signed else "Authority"
    leaf = _certificate("Signer", issuer, signer, age).add_extension(x509.BasicConstraints(False, None), True)
    leaf = leaf.add_extension(_usage(authority=False), True)
    leaf = leaf.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key()), False)
    if purpose:
        leaf = leaf.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), False)
    made = [_signed(leaf, signer if self_signed else authority), _signed(top, authority)]
    (folder / "chain.pem").write_bytes(b"".join(one.public_bytes(PEM) for one in made))
    write_key(folder / "key.pem", signer)
    return folder / "chain.pem", folder / "key.pem"


def write_key(path: Path, key: Key | None = None, password: bytes = b"") -> Path:
    """Write a key, another one if none is given."""
    lock = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    key = key or ec.generate_private_key(ec.SECP256R1())
    path.write_bytes(key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, lock))
    return path


def _certificate(subject: str, issuer: str, key: Key, age: int) -> x509.CertificateBuilder:
    start = dt.datetime.now(dt.UTC) - dt.timedelta(days=age)
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=30))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
    )


def _signed(builder: x509.CertificateBuilder, key: Key) -> x509.Certificate:
    return builder.sign(key, None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256())


def _name(text: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Example Ltd"),
            x509.NameAttribute(NameOID.COMMON_NAME, text),
        ]
    )


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
