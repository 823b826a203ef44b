"""A small OpenID Connect provider on this machine: who asks it is told that Wang Wu is logged in there."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "guiju"
_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider(ThreadingHTTPServer):
    """Answers as the standard's endpoints do; `verified`: whether it vouches for the mail address."""

    def __init__(self, *, verified: bool) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.issuer = f"http://127.0.0.1:{self.server_port}"
        self.person = {"sub": "wang-wu", "email": "wangwu@example.cn", "email_verified": verified, "name": "王五"}
        self.asked: list[dict[str, list[str]]] = []


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        one = self.server
        pages: dict[str, Any] = {
            "/.well-known/openid-configuration": {
                "issuer": one.issuer,
                "authorization_endpoint": f"{one.issuer}/authorize",
                "token_endpoint": f"{one.issuer}/token",
                "userinfo_endpoint": f"{one.issuer}/person",
                "jwks_uri": f"{one.issuer}/keys",
            },
            "/person": one.person,
            "/keys": {"keys": [_public()]},
        }
        self._answer(pages[self.path])

    def do_POST(self) -> None:
        one = self.server
        one.asked.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        now = int(time.time())
        claims = {**one.person, "iss": one.issuer, "aud": CLIENT, "iat": now, "exp": now + 60}
        token = jwt.encode(claims, _KEY, algorithm="RS256", headers={"kid": "1"})
        self._answer({"access_token": "a", "token_type": "Bearer", "id_token": token, "expires_in": 60})

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""

    def _answer(self, content: Any) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _public() -> dict[str, str]:
    numbers = _KEY.public_key().public_numbers()

    def written(number: int) -> str:
        return base64.urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8)).decode().rstrip("=")

    return {"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "1", "n": written(numbers.n), "e": written(numbers.e)}


@contextmanager
def provider(*, verified: bool) -> Iterator[Provider]:
    """Run a provider for a while."""
    one = Provider(verified=verified)
    thread = threading.Thread(target=one.serve_forever, daemon=True)
    thread.start()
    try:
        yield one
    finally:
        one.shutdown()
        one.server_close()
        thread.join()
