"""Our own polling, over HTTP: nothing is confirmed that is not stored, and whatever stands in the way is waited out."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp.test_utils import TestServer
from structlog.testing import capture_logs
from telegram.error import InvalidToken

import bot.telegram.polling
from bot.demo.botapi import TOKEN, Person, World, make_app
from bot.telegram.polling import poll
from bot.telegram.pusher import make_bot


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.telegram.polling, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(bot.telegram.polling, "LONGEST_PAUSE", 0.02)


class Store:
    """Keeps what was taken; refuses as often as it is told."""

    def __init__(self, refuses: int = 0) -> None:
        self.taken: list[int] = []
        self.refuses = refuses

    async def take(self, updates: list[dict[str, Any]], *, polled: bool) -> None:
        assert polled
        if self.refuses:
            self.refuses -= 1
            raise OSError("no space left on device")
        self.taken += [update["update_id"] for update in updates]


@pytest.fixture
async def world() -> AsyncIterator[tuple[World, str]]:
    """A world of phones and its Bot API's address."""
    made = World(lambda: datetime.now(UTC))
    server = TestServer(make_app(made, token=TOKEN), host="127.0.0.1")
    await server.start_server()
    yield made, str(server.make_url("")).rstrip("/")
    await server.close()


@asynccontextmanager
async def polling(url: str, store: Store, *, confirmed: int | None = None) -> AsyncIterator[None]:
    async with make_bot(TOKEN, api_url=url, rate=10_000, chat_seconds=0) as made:
        task = asyncio.create_task(poll(made, store.take, confirmed, ["message"]))
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not true():
            await asyncio.sleep(0.002)


async def test_what_was_taken_is_confirmed_by_the_next_poll(world: tuple[World, str]) -> None:
    telegram, url = world
    store, amina = Store(), telegram.new_person("Amina")
    async with polling(url, store):
        for word in ("en", "to", "tre"):
            telegram.says(amina, word)
        await until(lambda: len(store.taken) == 3 and telegram.idle)
    assert store.taken == sorted(store.taken)


async def test_what_could_not_be_stored_is_not_confirmed_and_comes_again(world: tuple[World, str]) -> None:
    telegram, url = world
    store = Store(refuses=3)
    telegram.says(telegram.new_person("Amina"), "hej")
    async with polling(url, store):
        await until(lambda: store.refuses == 0)
        assert not telegram.idle
        await until(lambda: telegram.idle)
    assert len(store.taken) == 1


async def test_it_goes_on_where_the_last_process_ended(world: tuple[World, str]) -> None:
    telegram, url = world
    amina = telegram.new_person("Amina")
    known, new = _says(telegram, amina, "known"), _says(telegram, amina, "new")
    store = Store()
    async with polling(url, store, confirmed=known):
        await until(lambda: telegram.idle)
    assert store.taken == [new]


def _says(telegram: World, person: Person, text: str) -> int:
    telegram.says(person, text)
    return telegram.updates.all()[-1].id


async def test_an_outage_is_waited_out_and_said(world: tuple[World, str]) -> None:
    telegram, url = world
    store = Store()
    with capture_logs() as logs:
        async with polling(url, store):
            await until(lambda: telegram.updates.allowed)
            telegram.trouble.start_outage(count=6)
            telegram.says(telegram.new_person("Amina"), "hej")
            await until(lambda: store.taken and telegram.idle)
    assert {line["event"] for line in logs} == {"Telegram cannot be reached, trying again"}
    assert len(store.taken) == 1


async def test_another_poller_is_named_with_the_mend_and_outlived(world: tuple[World, str]) -> None:
    telegram, url = world
    store = Store()
    with capture_logs() as logs:
        async with polling(url, store):
            await until(lambda: telegram.updates._waiter)
            async with polling(url, Store()):
                await until(lambda: logs)
            telegram.says(telegram.new_person("Amina"), "hej")
            await until(lambda: store.taken)
    assert "(409)" in logs[0]["event"]
    assert "end it, or give this one a token of its own" in logs[0]["event"]
    assert logs[0]["cause"].startswith("Conflict: terminated by other getUpdates request")


async def test_a_webhook_that_was_set_before_is_taken_away(world: tuple[World, str]) -> None:
    telegram, url = world
    async with make_bot(TOKEN, api_url=url) as before:
        await before.set_webhook("http://127.0.0.1:9/telegram")
    store = Store()
    async with polling(url, store):
        telegram.says(telegram.new_person("Amina"), "hej")
        await until(lambda: store.taken)


async def test_a_token_that_telegram_does_not_know_ends_it(world: tuple[World, str]) -> None:
    _, url = world
    async with make_bot(TOKEN, api_url=url) as made:
        made._request[0]._token = "4711:revoked"  # type: ignore[attr-defined] # as it is after it was revoked
        with pytest.raises(InvalidToken):
            await poll(made, Store().take, None, ["message"])
