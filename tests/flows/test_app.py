"""The whole bot: one process answers, a revoked token ends it with the mend, a stop sees through what is under way."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from asyncio.subprocess import PIPE
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import select
from structlog.testing import capture_logs

import bot.inbox
import bot.store.sole
from bot.app import assemble, open_database
from bot.commands.terminal import how_to_mend
from bot.demo.botapi import TOKEN, Person, World, make_app
from bot.process import run
from bot.settings import Settings
from bot.store.tables import inbox
from bot.telegram.reaching import REVOKED
from tests.flows.stage import settings_of

pytestmark = pytest.mark.both_engines

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Telegram:
    """A world of phones; `revoked` answers 401 to everything, `slow` makes a method wait until it may go on."""

    world: World
    settings: Settings
    revoked: bool = False
    slow: str = ""
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    goes_on: asyncio.Event = field(default_factory=asyncio.Event)

    @web.middleware
    async def door(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if self.revoked:
            return web.json_response({"ok": False, "error_code": 401, "description": "Unauthorized"}, status=401)
        if request.match_info.get("method") == self.slow:
            self.reached.set()
            await self.goes_on.wait()
        return await handler(request)

    def calls(self, method: str) -> int:
        return sum(call.method == method for call in self.world.calls)

    async def answers(self, person: Person, after: int = 0) -> str:
        return (await self.world.next_message(person, after=after)).text


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.inbox, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(bot.store.sole, "STANDS_BY", 0.02)


@pytest.fixture
async def telegram(filled_database: str, key_file: Path) -> AsyncIterator[Telegram]:
    world = World(lambda: datetime.now(UTC))
    made = make_app(world, token=TOKEN)
    server = TestServer(made, host="127.0.0.1")
    its = Telegram(world, settings_of(filled_database, key_file))
    made.middlewares.append(its.door)
    await server.start_server()
    its.settings = settings_of(filled_database, key_file, str(server.make_url("")).rstrip("/")).model_copy(
        update={"listen": "127.0.0.1:0"}
    )
    yield its
    its.goes_on.set()
    await server.close()


async def ended(running: asyncio.Task[None]) -> None:
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running


async def states(settings: Settings) -> Counter[str]:
    database = await open_database(settings)
    async with database.read() as tx:
        found = Counter((await tx.execute(select(inbox.c.state))).scalars())
    await database.close()
    return found


async def test_of_two_processes_one_answers_and_the_other_takes_over(telegram: Telegram) -> None:
    amina = telegram.world.new_person("Amina", "en")
    with capture_logs() as logs:
        first = asyncio.create_task(run(telegram.settings))
        telegram.world.says(amina, "/start")
        await telegram.answers(amina)
        second = asyncio.create_task(run(telegram.settings))
        async with asyncio.timeout(20):
            while not any("standing by" in line["event"] for line in logs):
                await asyncio.sleep(0.01)
        await ended(first)
        last = telegram.world.last(amina).id
        telegram.world.says(amina, "/help")
        await telegram.answers(amina, after=last)
        await ended(second)
    assert not [line for line in logs if "409" in line["event"]]
    assert await states(telegram.settings) == {"done": 2}


async def test_who_is_told_to_end_finishes_the_answer_under_way_and_says_it_once(telegram: Telegram) -> None:
    amina = telegram.world.new_person("Amina", "en")
    telegram.slow = "sendMessage"
    running = asyncio.create_task(run(telegram.settings))
    telegram.world.says(amina, "/start")
    await asyncio.wait_for(telegram.reached.wait(), 20)
    running.cancel()
    await asyncio.sleep(0.05)
    telegram.goes_on.set()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert await states(telegram.settings) == {"done": 1}
    assert telegram.calls("sendMessage") == 1


async def test_a_token_revoked_while_we_answer_by_webhook_ends_it_with_the_mend(telegram: Telegram) -> None:
    async with assemble(telegram.settings) as app:
        amina = telegram.world.new_person("Amina", "en")
        telegram.world.says(amina, "/start")
        (update,) = telegram.world.updates.all()
        telegram.revoked = True
        await app.inbox.take([update.body], polled=False)
        with pytest.raises(Exception, match="revoked or mistyped") as fault:
            await asyncio.wait_for(app.broken, 10)
    assert how_to_mend(ExceptionGroup("as a task group raises it", [fault.value])) == REVOKED
    assert await states(telegram.settings) == {"waiting": 1}


@pytest.mark.parametrize("database_engine", ["sqlite"], indirect=True)
async def test_a_token_revoked_while_we_poll_ends_the_process_with_the_mend(telegram: Telegram) -> None:
    settings = telegram.settings
    surroundings = {
        **{name: value for name, value in os.environ.items() if not name.startswith("BROBOT_")},
        "BROBOT_TOKEN": TOKEN,
        "BROBOT_API_URL": settings.api_url,
        "BROBOT_DATABASE_URL": settings.database_url,
        "BROBOT_KEY_FILE": str(settings.key_file),
        "BROBOT_LISTEN": "127.0.0.1:0",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=surroundings, stdout=PIPE, stderr=PIPE
    )
    async with asyncio.timeout(120):  # a whole start of a program, on a machine that has other things to do
        while not telegram.world.updates.allowed:
            await asyncio.sleep(0.02)
        telegram.revoked = True
        telegram.world.updates.release()
        _, said = await process.communicate()
    assert process.returncode == 2
    assert REVOKED in said.decode()
    assert "Traceback" not in said.decode()


@pytest.mark.parametrize("database_engine", ["sqlite"], indirect=True)
async def test_a_webhook_that_telegram_refuses_is_named_with_its_mend(telegram: Telegram) -> None:
    settings = telegram.settings.model_copy(update={"webhook_url": "https://brobot.example.dk/telegram"})
    with pytest.raises(ExceptionGroup) as several:
        await run(settings)
    assert str(how_to_mend(several.value)).startswith("BROBOT_WEBHOOK_URL: Telegram refuses https://brobot.example.dk")


async def _answered(telegram: Telegram, make_hard: Callable[[World], None]) -> int:
    """How many bubbles come of a text while something is made hard."""
    async with assemble(telegram.settings) as app:
        amina = telegram.world.new_person("Amina", "en")
        telegram.world.says(amina, "/start")
        (update,) = telegram.world.updates.all()
        make_hard(telegram.world)
        await app.inbox.take([update.body], polled=False)
        await asyncio.wait_for(app.inbox.settle(), 20)
    assert await states(telegram.settings) == {"done": 1}
    return len(telegram.world.from_bot(amina))


async def test_after_an_error_of_telegram_the_answer_comes_once(telegram: Telegram) -> None:
    def errs(world: World) -> None:
        world.trouble.error = 5

    assert await _answered(telegram, errs) == 1


async def test_an_answer_whose_receipt_is_lost_comes_twice_at_most(telegram: Telegram) -> None:
    def drops(world: World) -> None:
        world.trouble.drop = 1

    assert await _answered(telegram, drops) == 2


async def test_receipts_that_are_always_lost_do_not_flood_a_chat(telegram: Telegram) -> None:
    def drops(world: World) -> None:
        world.trouble.drop = 1_000

    assert await _answered(telegram, drops) == 3


async def test_an_update_that_cannot_be_read_is_set_aside_and_the_next_is_answered(telegram: Telegram) -> None:
    async with assemble(telegram.settings) as app:
        amina = telegram.world.new_person("Amina", "en")
        telegram.world.says(amina, "/start")
        (update,) = telegram.world.updates.all()
        unreadable: dict[str, Any] = {"update_id": 1, "message": {"chat": {"id": amina.id}, "date": "of next year"}}
        with capture_logs():
            await app.inbox.take([unreadable, update.body], polled=True)
            await asyncio.wait_for(app.inbox.settle(), 20)
    assert await states(telegram.settings) == {"aside": 1, "done": 1}
    first, second = telegram.world.from_bot(amina)
    assert first.text.startswith("😔 Something went wrong on our side.")
    assert len(second.labels) == 4
