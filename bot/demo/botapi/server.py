"""The Bot API over HTTP on loopback: addresses, envelope, limits, and the network between bot and Telegram."""

from __future__ import annotations

import asyncio
import hmac
import random
from collections.abc import Awaitable
from typing import cast

import orjson
from aiohttp import web

from bot.demo.botapi.errors import NOT_FOUND, UNAUTHORIZED, RefusedError, too_many
from bot.demo.botapi.limits import Gate, Limits
from bot.demo.botapi.methods import METHODS, Method
from bot.demo.botapi.params import given, plain, read
from bot.demo.botapi.records import Json
from bot.demo.botapi.state import World

TOKEN = "7000000001:demo-token-of-the-bot-api-on-loopback"  # noqa: S105  opens nothing but this stand-in
WAY_BACK = 0.02
LARGEST_REQUEST = 60 * 1024 * 1024
JSON = "application/json"


def make_app(
    world: World,
    *,
    token: str = TOKEN,
    limits: Limits | None = None,
    network: tuple[float, float] | None = None,
) -> web.Application:
    """The Bot API as an aiohttp application: `/bot<token>/<method>` and `/file/bot<token>/<path>`.

    `limits` None accepts any pace. `network`: each request arrives after a random time within these seconds and its
    answer takes 20 ms back. A wrong token is answered 401.
    """
    app = web.Application(client_max_size=LARGEST_REQUEST)
    server = Server(world, token, Gate(limits) if limits else None, network)
    app.router.add_route("*", "/bot{token}/{method}", server.answer)
    app.router.add_get("/file/bot{token}/{path:.+}", server.file)
    app.on_shutdown.append(server.close)
    return app


class Server:
    """Answers requests for one world. Its parts change only by way of the world."""

    def __init__(self, world: World, token: str, gate: Gate | None, network: tuple[float, float] | None) -> None:
        self.world = world
        self.token = token
        self.gate = gate
        self.network = network

    async def close(self, _: web.Application) -> None:
        """Let a waiting poll go and stop the webhook."""
        self.world.updates.release()
        if self.world.delivery:
            await self.world.delivery.stop()
            self.world.delivery = None

    def _is_ours(self, request: web.Request) -> bool:
        return hmac.compare_digest(request.match_info["token"].encode(), self.token.encode())

    async def file(self, request: web.Request) -> web.Response:
        """A file's bytes."""
        if not self._is_ours(request):
            return _refusal(UNAUTHORIZED)
        file = self.world.files.get(request.match_info["path"].removeprefix("files/"))
        if file is None:
            return _refusal(NOT_FOUND)
        return web.Response(body=file.content, content_type="application/octet-stream")

    async def answer(self, request: web.Request) -> web.Response:
        """One method call, with the network's delay and whatever trouble is on."""
        if self.network:
            await asyncio.sleep(random.uniform(*self.network))
        method = METHODS.get(request.match_info["method"].lower())
        name = method.name if method else request.match_info["method"]
        if self.world.trouble.cuts():
            return self._cut(request, name)
        if not self._is_ours(request):
            self.world.record(name, None, 401, "Unauthorized")
            return _refusal(UNAUTHORIZED)
        response = await self._handle(request, method, name)
        if self.network:
            await asyncio.sleep(WAY_BACK)
        return response

    async def _handle(self, request: web.Request, method: Method | None, name: str) -> web.Response:
        world = self.world
        p: Json = {}
        try:
            raw = await given(request)
            if method is None:
                p = raw
                raise NOT_FOUND
            p, unknown = read(raw, method.params)
            for one in unknown:
                world.faults.append(f"{name}: unknown parameter {one}")
            result = await self._run(method, p)
        except RefusedError as refused:
            return self._refused(name, method, p, refused)
        if world.journal.maxlen and (result or name != "getUpdates"):
            world.remember(name, plain(p, method.params), result)
        if method.counts and world.trouble.takes("drop"):
            world.record(name, p.get("chat_id"), 0, "lost answer")
            return _broken(request)
        if name != "getUpdates":
            world.record(name, p.get("chat_id"), 200)
        body = orjson.dumps({"ok": True, "result": result})
        return web.Response(body=body, content_type=JSON)

    async def _run(self, method: Method, p: Json) -> object:
        world = self.world
        if method.waits:
            return await cast("Awaitable[object]", method.run(world, p))
        if world.trouble.error and world.trouble.takes("error"):
            raise RefusedError(500, "Internal Server Error")
        if not method.counts:
            return method.run(world, p)
        if world.trouble.flood and world.trouble.takes("flood"):
            raise too_many(world.trouble.flood_seconds)
        if self.gate is None or p.get("allow_paid_broadcast"):
            return method.run(world, p)
        chat, weight = p["chat_id"], len(p.get("media") or "1")
        chat = chat if isinstance(chat, int) else 0
        wait = self.gate.refuses(chat, weight, group=chat < 0)
        if wait:
            raise too_many(wait)
        result = method.run(world, p)
        self.gate.accepted(chat, weight)
        return result

    def _refused(self, name: str, method: Method | None, p: Json, refused: RefusedError) -> web.Response:
        known = method.params if method else {}
        self.world.remember(name, plain(p, known), None, refused)
        if method is None:
            self.world.faults.append(f"{name}: unknown method")
        if name != "getUpdates":
            self.world.record(name, p.get("chat_id"), refused.code, refused.note)
        return _refusal(refused)

    def _cut(self, request: web.Request, name: str) -> web.Response:
        """No network: the connection is closed, or a proxy on the way answers 502 with a page of its own."""
        if self.world.trouble.as_proxy():
            self.world.record(name, None, 502, "no network")
            return web.Response(status=502, text="<h1>502 Bad Gateway</h1>", content_type="text/html")
        self.world.record(name, None, 0, "no network")
        return _broken(request)


def _refusal(refused: RefusedError) -> web.Response:
    return web.Response(body=orjson.dumps(refused.envelope()), status=refused.code, content_type=JSON)


def _broken(request: web.Request) -> web.Response:
    """Close the connection under the answer: the client sees it end before a byte came."""
    if request.transport:
        request.transport.abort()
    return web.Response(status=500)
