"""Reading a control request's JSON and answering it: only for this machine, and refused in plain English."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import orjson
from aiohttp import web

from bot.demo.botapi.errors import ControlError
from bot.demo.botapi.records import Json

LOCAL = {"127.0.0.1", "localhost", "::1"}
JSON = "application/json"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def plainly(handler: Handler) -> Handler:
    """The handler for this machine's own pages and programs; what a phone cannot do is told as a 400."""

    async def answered(request: web.Request) -> web.StreamResponse:
        try:
            origin = urlsplit(request.headers.get("Origin", "")).hostname
            if request.url.host not in LOCAL or origin not in {None, *LOCAL}:
                raise ControlError("the demo answers on this machine only")
            return await handler(request)
        except ControlError as error:
            return json_answer({"error": str(error)}, 400)

    return answered


def json_answer(body: object, status: int = 200) -> web.Response:
    """The body as JSON."""
    return web.Response(body=orjson.dumps(body), status=status, content_type=JSON)


async def body_of(request: web.Request) -> Json:
    """The JSON object that was sent; an empty one where nothing was. Raises ControlError."""
    try:
        body = orjson.loads(await request.read() or b"{}")
    except orjson.JSONDecodeError:
        raise ControlError("the body is not JSON") from None
    if not isinstance(body, dict):
        raise ControlError("the body is a JSON object")
    return body


def text_of(body: Json, name: str, default: str | None = None) -> str:
    """A text; without a default one that says something. Raises ControlError, as the next two do."""
    value = body.get(name, default)
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise ControlError(f'"{name}" is a text that is needed' if name not in body else f'"{name}" is a text')
    return value


def whole_of(body: Json, name: str, default: int | None = None) -> int:
    """A whole number."""
    value = body.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ControlError(f'"{name}" is a whole number')
    return value


def number_of(body: Json, name: str, default: float | None = None) -> float:
    """Any number."""
    value = body.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ControlError(f'"{name}" is a number')
    return float(value)
