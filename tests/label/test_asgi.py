"""The middleware: generated files go out labelled or not at all; everything else passes untouched."""

import asyncio
import json
from typing import Any

import pytest

from guiju.label import Label, verify_source
from guiju.label.asgi import LabelMiddleware, Receive, Scope, Send
from guiju.label.source import Source
from tests.label.pictures import png

MINE = Label.by_generator("ExampleLtd", "42")
Headers = list[tuple[bytes, bytes]]


def served(
    body: bytes, headers: Headers, *, method: str = "GET", request: Headers | None = None, status: int = 200
) -> tuple[int, dict[bytes, bytes], bytes, Scope]:
    """Return status, headers and body of the response, and the scope that the application saw."""
    seen: list[Scope] = []
    sent: list[Any] = []

    async def application(scope: Scope, _: Receive, send: Send) -> None:
        seen.append(scope)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        half = len(body) // 2
        await send({"type": "http.response.body", "body": body[:half], "more_body": True})
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body[half:]})

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": method, "path": "/cat.png", "headers": request or []}
    asyncio.run(LabelMiddleware(application, lambda _: MINE)(scope, receive, send))
    content = b"".join(one.get("body", b"") for one in sent[1:])
    return sent[0]["status"], dict(sent[0]["headers"]), content, seen[0]


GENERATED = (b"x-ai-generated", b"1")


def test_a_generated_file_goes_out_labelled() -> None:
    status, headers, body, _ = served(png(), [GENERATED, (b"content-length", b"99"), (b"ETag", b"old")])
    assert status == 200
    assert headers[b"content-length"] == str(len(body)).encode()
    assert b"ETag" not in headers
    assert verify_source(Source.of_bytes(body)).label == MINE


@pytest.mark.parametrize("headers", [[], [(b"x-ai-generated", b"0")]])
def test_everything_else_passes_untouched(headers: Headers) -> None:
    status, _, body, _ = served(b"hello", headers)
    assert (status, body) == (200, b"hello")


def test_the_interaction_notice_is_on_every_response() -> None:
    _, headers, _, _ = served(b"hello", [])
    assert b"You%20are%20interacting%20with%20AI" in headers[b"x-ai-interaction"]


def test_what_cannot_be_labelled_does_not_leave() -> None:
    status, _, body, _ = served(b"\x00\x01\x02\x03", [GENERATED])
    assert status == 500
    assert json.loads(body)["error"] == "label"
    assert b"\x00\x01\x02\x03" not in body


def test_a_compressed_body_is_refused_with_its_reason() -> None:
    status, _, body, _ = served(png(), [GENERATED, (b"content-encoding", b"gzip")])
    assert (status, json.loads(body)["code"]) == (500, "encoded")


def test_parts_are_not_asked_for() -> None:
    *_, scope = served(png(), [GENERATED], request=[(b"Range", b"bytes=0-9"), (b"accept", b"*/*")])
    assert scope["headers"] == [(b"accept", b"*/*")]


def test_a_head_request_promises_no_length() -> None:
    status, headers, body, _ = served(b"", [GENERATED, (b"content-length", b"99")], method="HEAD")
    assert (status, body) == (200, b"")
    assert b"content-length" not in headers


def test_a_response_without_body_passes() -> None:
    assert served(b"", [GENERATED], status=304)[0] == 304
