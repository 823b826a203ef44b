"""Time-stamps by a real authority (`openssl ts`), and everything that is none."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from guiju.ledger.errors import TimestampError
from guiju.ledger.timestamps import load_roots, over_http, request_for, timestamp, verify_timestamp
from tests.ledger.authority import Authority, make_authority

pytestmark = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="needs openssl for the authority: apt-get install openssl"
)
CONTENT = "guiju.example/log\n7\n…\n".encode()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return make_authority(tmp_path_factory.mktemp("tsa"))


@pytest.fixture(scope="module")
def response(authority: Authority) -> bytes:
    return timestamp(CONTENT, authority.answer, [authority.root])


def test_a_time_stamp_says_when_the_bytes_existed(authority: Authority, response: bytes) -> None:
    time = verify_timestamp(CONTENT, response, [authority.root])
    assert abs(dt.datetime.now(dt.UTC) - time) < dt.timedelta(minutes=5)


def test_openssl_verifies_what_we_obtained(authority: Authority, response: bytes, tmp_path: Path) -> None:
    (tmp_path / "checkpoint").write_bytes(CONTENT)
    (tmp_path / "checkpoint.tsr").write_bytes(response)
    command = ["openssl", "ts", "-verify", "-data", "checkpoint", "-in", "checkpoint.tsr", "-CAfile"]
    done = subprocess.run(
        [*command, authority.folder / "root.pem"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "Verification: OK" in done.stdout, done.stderr


def test_a_time_stamp_is_of_these_bytes_only(authority: Authority, response: bytes) -> None:
    with pytest.raises(TimestampError, match="L161: not a valid time-stamp of this checkpoint: Mismatch"):
        verify_timestamp(CONTENT + b"x", response, [authority.root])


def test_an_authority_that_the_roots_do_not_vouch_for_is_refused(response: bytes, tmp_path: Path) -> None:
    with pytest.raises(TimestampError, match="L161"):
        verify_timestamp(CONTENT, response, [make_authority(tmp_path).root])


def test_an_old_answer_to_another_request_is_refused(authority: Authority, response: bytes) -> None:
    with pytest.raises(TimestampError, match=r"L161: .*Nonce mismatch"):
        timestamp(CONTENT, lambda _: response, [authority.root])


@pytest.mark.parametrize("content", [b"", b"no answer", b"\x30\x03\x02\x01\x00"])
def test_what_is_no_response_is_refused(authority: Authority, content: bytes) -> None:
    with pytest.raises(TimestampError, match="L16"):
        timestamp(CONTENT, lambda _: content, [authority.root])


def test_a_refusal_is_told_as_one(authority: Authority) -> None:
    def refuse(request: bytes) -> bytes:
        spoilt = request.replace(bytes.fromhex("608648016503040201"), bytes.fromhex("608648016503040203"))
        return authority.answer(spoilt)

    with pytest.raises(TimestampError, match="L164: the authority refused"):
        timestamp(CONTENT, refuse, [authority.root])


def test_two_requests_for_the_same_bytes_differ_in_their_nonce() -> None:
    assert request_for(CONTENT).as_bytes() != request_for(CONTENT).as_bytes()


def test_roots_are_read_from_pem(authority: Authority) -> None:
    content = authority.root.public_bytes(serialization.Encoding.PEM)
    assert load_roots(content * 2) == [authority.root] * 2
    with pytest.raises(TimestampError, match="L162"):
        load_roots(b"nothing")


def test_only_http_is_spoken_and_silence_is_an_error() -> None:
    with pytest.raises(TimestampError, match="L163"):
        over_http("file:///etc/passwd")
    with pytest.raises(TimestampError, match=r"L160: http://127.0.0.1:9/ gave no answer"):
        over_http("http://127.0.0.1:9/")(b"x")
