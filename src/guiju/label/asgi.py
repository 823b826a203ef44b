"""ASGI middleware: label the files that a generative service hands out, and say that people are talking to an AI.

Implicit label in downloads: Measures for Labelling, articles 5 and 4 (grade C1); interaction notice: mail4:54.1.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import IO, Any
from urllib.parse import quote

from guiju.bilingual import Bilingual
from guiju.label.errors import LabelError
from guiju.label.fields import Label
from guiju.label.source import Source
from guiju.label.writing import plan_label

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

GENERATED = b"x-ai-generated"
"""Response header by which an application says that the body is a generated file: any value but `0`."""

NOTICE = b"x-ai-interaction"
INTERACTION = Bilingual(zh="您正在与人工智能交互", en="You are interacting with AI")
_STALE = {b"content-length", b"etag", b"content-md5", b"digest", b"content-digest", b"repr-digest", b"accept-ranges"}
_WITHOUT_BODY = {204, 304}
_IN_MEMORY = 1 << 20


class LabelMiddleware:
    """Wraps an application: each response that it marks as generated goes out with a label, or not at all.

    `label_for(scope)` gives the label of one response, with its own number. Place it inside of whatever compresses.
    The unlabelled body is held back (in memory up to a megabyte, then in a temporary file) until it is labelled; what
    cannot be labelled is answered with status 500 and the reason, because an unlabelled file must not leave. With
    `notice`, every response carries the interaction notice in a header, percent-encoded.
    """

    def __init__(self, app: App, label_for: Callable[[Scope], Label], notice: Bilingual | None = INTERACTION) -> None:
        self.app = app
        self.label_for = label_for
        self.notice = notice

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection; anything but HTTP passes untouched."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        async with _Response(self, _without_range(scope), send) as response:
            await self.app(response.scope, receive, response.send)


class _Response:
    """One response on its way out: passed through, or held until it is labelled."""

    def __init__(self, middleware: LabelMiddleware, scope: Scope, send: Send) -> None:
        self.scope = scope
        self._middleware = middleware
        self._send = send
        self._start: Message | None = None
        self._body: IO[bytes] | None = None

    async def __aenter__(self) -> _Response:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._body is not None:
            self._body.close()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._started(message)
        elif self._body is None:
            await self._send(message)
        elif message["type"] == "http.response.body":
            self._body.write(message.get("body", b""))
            if not message.get("more_body", False):
                await self._finished()

    async def _started(self, message: Message) -> None:
        message = {**message, "headers": [*message.get("headers", []), *_notice(self._middleware.notice)]}
        if not _is_generated(message):
            await self._send(message)
        elif self.scope["method"] == "HEAD" or message["status"] in _WITHOUT_BODY:
            # The size after labelling is not known without the body.
            await self._send({**message, "headers": _lasting(message["headers"])})
        else:
            self._start = message
            self._body = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by __aexit__

    async def _finished(self) -> None:
        if self._start is None or self._body is None:
            raise RuntimeError("a body came before its response started")
        try:
            _check_labelable(self._start)
            source = Source(self._body)  # type: ignore[arg-type]  # a spooled file reads and seeks like any other
            planned = plan_label(source, self._middleware.label_for(self.scope), self.scope.get("path", ""))
        except LabelError as error:
            await self._refused(error)
            return
        await self._send({**self._start, "headers": _headers(self._start["headers"], planned.size)})
        for block in planned.blocks():
            await self._send({"type": "http.response.body", "body": block, "more_body": True})
        await self._send({"type": "http.response.body", "body": b""})

    async def _refused(self, error: LabelError) -> None:
        body = json.dumps(
            {"error": "label", "code": error.code, "zh": error.text("zh"), "en": error.text("en")}, ensure_ascii=False
        ).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await self._send({"type": "http.response.start", "status": 500, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})


def _without_range(scope: Scope) -> Scope:
    """Ask the application for whole files: a part of an unlabelled file is not a part of the labelled one."""
    headers = [(name, value) for name, value in scope.get("headers", []) if name.lower() not in {b"range", b"if-range"}]
    return {**scope, "headers": headers}


def _is_generated(message: Message) -> bool:
    return any(name.lower() == GENERATED and value != b"0" for name, value in message["headers"])


def _check_labelable(message: Message) -> None:
    encodings = {value.lower() for name, value in message["headers"] if name.lower() == b"content-encoding"}
    if encodings - {b"identity"}:
        raise LabelError(
            "encoded",
            Bilingual(
                zh="响应已压缩，无法写入标识；请把本中间件放在压缩之内",
                en="the response is compressed and cannot be labelled; put this middleware inside of compression",
            ),
        )


def _headers(headers: Iterable[tuple[bytes, bytes]], size: int) -> list[tuple[bytes, bytes]]:
    return [*_lasting(headers), (b"content-length", str(size).encode())]


def _lasting(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Return the headers that are still true of the labelled file."""
    return [(name, value) for name, value in headers if name.lower() not in _STALE]


def _notice(notice: Bilingual | None) -> list[tuple[bytes, bytes]]:
    return [(NOTICE, f"zh={quote(notice.zh)}, en={quote(notice.en)}".encode())] if notice else []
