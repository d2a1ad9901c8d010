"""A Bot API on loopback for each test: the world behind it, and a client that speaks its HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from telegram import Bot

from bot.demo.botapi import TOKEN, Hooks, Limits, Person, World, add_control, make_app
from bot.demo.clock import DemoClock

MONDAY_NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)

Json = dict[str, Any]


@dataclass
class Telegram:
    """A served world. `call` sends a JSON body and answers HTTP status and body."""

    world: World
    clock: DemoClock
    url: str
    http: aiohttp.ClientSession

    async def call(self, method: str, /, **params: object) -> tuple[int, Json]:
        return await self.call_as(TOKEN, method, params)

    async def call_as(self, token: str, method: str, params: Json) -> tuple[int, Json]:
        """A call with any token."""
        async with self.http.post(f"{self.url}/bot{token}/{method}", json=params) as answer:
            return answer.status, await answer.json()

    async def result(self, method: str, **params: object) -> Any:
        """The result of a call that must work."""
        status, body = await self.call(method, **params)
        assert status == 200, body
        return body["result"]

    async def refusal(self, method: str, **params: object) -> str:
        """The description of a call that must be refused."""
        status, body = await self.call(method, **params)
        assert (status, body["ok"]) == (body["error_code"], False)
        return str(body["description"])

    async def demo(self, path: str, body: Json | None = None) -> tuple[int, Json]:
        """A call of the control interface: POST with a body, GET without."""
        async with self.http.request("GET" if body is None else "POST", self.url + path, json=body) as answer:
            return answer.status, await answer.json()

    def bot(self) -> Bot:
        """A python-telegram-bot that talks to it."""
        return Bot(TOKEN, base_url=f"{self.url}/bot", base_file_url=f"{self.url}/file/bot")


Serve = Callable[..., AbstractAsyncContextManager[Telegram]]


@asynccontextmanager
async def served(
    *,
    limits: Limits | None = None,
    network: tuple[float, float] | None = None,
    hooks: Hooks | None = None,
) -> AsyncIterator[Telegram]:
    """A Bot API in the test's own loop, with a clock that stands at Monday 23/11/2026, 12:00 in Denmark."""
    clock = DemoClock(None, MONDAY_NOON, frozen=True)
    world = World(clock)
    app = make_app(world, limits=limits, network=network)
    add_control(app, world, hooks or Hooks(), clock)
    runner = web.AppRunner(app, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        async with aiohttp.ClientSession() as http:
            yield Telegram(world, clock, url, http)
    finally:
        await runner.cleanup()


@pytest.fixture
def serve() -> Serve:
    """Serve with limits, a network or hooks."""
    return served


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    """Served without limits."""
    async with served() as telegram:
        yield telegram


@pytest.fixture
def amina(telegram: Telegram) -> Person:
    """A newcomer who has pressed Start; the update is taken."""
    person = telegram.world.new_person("Amina", "ar")
    telegram.world.starts(person)
    telegram.world.updates.clear()
    return person
