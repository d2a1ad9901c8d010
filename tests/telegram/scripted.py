"""A Bot API on loopback that answers what the test wrote down, also what no honest server would."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

TOKEN = "4711:not-a-real-token-but-a-secret"
MESSAGE = {"message_id": 5, "date": 1_700_000_000, "chat": {"id": 1, "type": "private"}, "text": "hej"}

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Call:
    """A request as the server saw it."""

    method: str
    path: str
    content_type: str
    body: dict[str, Any]


@dataclass(slots=True)
class ScriptedServer:
    """Gives the `answers` in order, then `result(MESSAGE)` for ever; keeps the `calls`."""

    url: str = ""
    answers: list[Answer] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.calls.append(await _read(request))
        script = self.answers.pop(0) if self.answers else result(MESSAGE)
        return await script(request)

    def methods(self) -> list[str]:
        """The Bot API methods called, in order."""
        return [call.path.rsplit("/", 1)[-1] for call in self.calls]


async def _read(request: web.Request) -> Call:
    body: dict[str, Any] = {}
    if request.content_type == "application/json":
        body = await request.json()
    elif request.content_type.startswith("multipart/"):
        for name, value in (await request.post()).items():
            body[name] = value.file.read() if isinstance(value, web.FileField) else value
    return Call(request.method, request.path, request.content_type, body)


@asynccontextmanager
async def scripted_server(*answers: Answer) -> AsyncIterator[ScriptedServer]:
    """The server, on a port of its own."""
    scripted = ScriptedServer(answers=list(answers))
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", scripted.answer)
    async with TestServer(app) as server:
        scripted.url = str(server.make_url("")).rstrip("/")
        yield scripted


def result(value: Any) -> Answer:
    """Telegram did it."""

    async def answer(_: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": value})

    return answer


def refusal(code: int, description: str, **parameters: int) -> Answer:
    """Telegram did not do it."""
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    if parameters:
        body["parameters"] = parameters

    async def answer(_: web.Request) -> web.Response:
        return web.json_response(body, status=code)

    return answer


def page(code: int, text: str) -> Answer:
    """Something between us and Telegram answers with a page of its own, quoting the address."""

    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=code, text=f"<h1>{text}</h1>{request.path}", content_type="text/html")

    return answer


async def hang_up(request: web.Request) -> web.StreamResponse:
    """The line breaks after the request arrived."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def break_off(request: web.Request) -> web.StreamResponse:
    """The line breaks in the middle of the answer."""
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"ok":true,')
    assert request.transport is not None
    request.transport.abort()
    return response


def silence(seconds: float) -> Answer:
    """The answer takes its time."""

    async def answer(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(seconds)
        return await result(MESSAGE)(request)

    return answer
