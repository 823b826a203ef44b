"""Time-stamps (RFC 3161) of checkpoints: somebody independent says that the bytes existed at a time.

What is stamped is the checkpoint file, byte for byte, by SHA-256, so that `openssl ts -verify` can check it too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from guiju.ledger.errors import TimestampError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampRequest, TimeStampResponse

Transport = Callable[[bytes], bytes]
"""Takes a request in DER to the authority and brings its answer."""
MOST_BYTES = 1_000_000
SECONDS = 30.0


def request_for(content: bytes) -> TimeStampRequest:
    """Build a request for these bytes, with a fresh nonce, asking for the authority's certificate."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    return TimestampRequestBuilder().data(content).hash_algorithm(HashAlgorithm.SHA256).build()


def timestamp(content: bytes, send: Transport, roots: Sequence[Certificate]) -> bytes:
    """Obtain a time-stamp of the bytes and return the response in DER, verified.

    Raises TimestampError if the authority refuses, answers something else, or is not one that the roots vouch for.
    """
    request = request_for(content)
    response = send(request.as_bytes())
    verify_timestamp(content, response, roots, nonce=request.nonce)
    return response


def verify_timestamp(
    content: bytes, response: bytes, roots: Sequence[Certificate], *, nonce: int | None = None
) -> dt.datetime:
    """Return the time at which an authority that the roots vouch for has seen these bytes; raises TimestampError."""
    from rfc3161_client import VerificationError, VerifierBuilder

    parsed = _parsed(response)
    builder = VerifierBuilder(roots=list(roots), nonce=nonce)
    try:
        builder.build().verify_message(parsed, content)
    except (VerificationError, ValueError) as error:
        raise TimestampError(
            "L161", f"not a valid time-stamp of this checkpoint: {error}", f"不是此检查点的有效时间戳：{error}"
        ) from None
    return parsed.tst_info.gen_time


def load_roots(content: bytes) -> list[Certificate]:
    """Read trusted certificates in PEM; raises TimestampError if there are none."""
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return load_pem_x509_certificates(content)
    except ValueError as error:
        raise TimestampError("L162", f"no PEM certificates: {error}", f"不是 PEM 证书：{error}") from None


def over_http(url: str) -> Transport:
    """Return a transport that posts requests to an authority's URL."""
    if urlsplit(url).scheme not in {"http", "https"}:
        raise TimestampError("L163", f"{url!r} is not an http(s) URL", f"{url!r} 不是 http(s) 网址")

    def send(request: bytes) -> bytes:
        asked = Request(url, data=request, headers={"Content-Type": "application/timestamp-query"})
        try:
            with urlopen(asked, timeout=SECONDS) as answer:
                content: bytes = answer.read(MOST_BYTES)
        except (OSError, HTTPException, ValueError) as error:
            raise TimestampError("L160", f"{url} gave no answer: {error}", f"{url} 没有应答：{error}") from None
        return content

    return send


def _parsed(response: bytes) -> TimeStampResponse:
    from rfc3161_client import PKIStatus, decode_timestamp_response

    try:
        parsed = decode_timestamp_response(response)
        status = PKIStatus(parsed.status)
    except ValueError as error:
        raise TimestampError("L161", f"not a time-stamp response: {error}", f"不是时间戳应答：{error}") from None
    if status not in {PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS}:
        reasons = "; ".join(parsed.status_string) or status.name
        raise TimestampError("L164", f"the authority refused: {reasons}", f"时间戳机构拒绝：{reasons}")
    return parsed
