"""Delivery by webhook: the secret, the order in a chat, patience, and what cannot be set."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from bot.demo.botapi import Person
from bot.demo.botapi.webhook import SECRET_HEADER
from tests.demo.botapi.conftest import Json, Telegram


@dataclass
class Receiver:
    """A bot's webhook. `answers` are the statuses of the next deliveries, 200 when they have run out."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    hold: asyncio.Event = field(default_factory=asyncio.Event)
    seen: list[Json] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    most_at_once: int = 0
    _now: int = 0

    async def take(self, request: web.Request) -> web.Response:
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        self.secrets.append(request.headers.get(SECRET_HEADER))
        self.seen.append(await request.json())
        await self.hold.wait()
        self._now -= 1
        return web.Response(status=self.answers.pop(0) if self.answers else 200)

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.seen]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    receiver.hold.set()
    app = web.Application()
    app.router.add_post("/hook", receiver.take)
    runner = web.AppRunner(app, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    receiver.hold.set()
    await runner.cleanup()


async def taken(telegram: Telegram) -> None:
    """Until the bot has taken every update."""
    async with asyncio.timeout(10):
        while not telegram.world.idle:
            await asyncio.sleep(0.005)


async def test_updates_are_pushed_with_the_secret_what_waited_first(
    telegram: Telegram, amina: Person, receiver: Receiver
) -> None:
    telegram.world.says(amina, "before")
    await telegram.result("setWebhook", url=receiver.url, secret_token="s-3_cret")
    telegram.world.says(amina, "after")
    await taken(telegram)

    info = await telegram.result("getWebhookInfo")
    assert (receiver.texts, receiver.secrets) == (["before", "after"], ["s-3_cret"] * 2)
    assert (info["url"], info["pending_update_count"]) == (receiver.url, 0)


async def test_a_failing_update_is_repeated_and_the_next_of_that_chat_waits(
    telegram: Telegram, amina: Person, receiver: Receiver
) -> None:
    telegram.world.webhook_pace = 0.001
    receiver.answers = [500, 302, 404]
    await telegram.result("setWebhook", url=receiver.url)
    telegram.world.says(amina, "a")
    telegram.world.says(amina, "b")
    await taken(telegram)

    info = await telegram.result("getWebhookInfo")
    assert receiver.texts == ["a", "a", "a", "a", "b"]
    assert info["last_error_message"] == "Wrong response from the webhook: 404 Not Found"


async def test_one_chats_slow_answer_does_not_hold_the_others(
    telegram: Telegram, amina: Person, receiver: Receiver
) -> None:
    people = [telegram.world.new_person(name) for name in ("Saba", "Mette", "Lone")]
    receiver.hold.clear()
    await telegram.result("setWebhook", url=receiver.url, max_connections=2)
    for person in people:
        telegram.world.says(person, person.name)
        telegram.world.says(person, "again")
    async with asyncio.timeout(10):
        while len(receiver.seen) < 2:
            await asyncio.sleep(0.005)
    held = list(receiver.texts)
    receiver.hold.set()
    await taken(telegram)

    assert held == ["Saba", "Mette"]
    assert (len(receiver.seen), receiver.most_at_once) == (6, 2)


async def test_polling_and_webhook_exclude_each_other(telegram: Telegram, amina: Person, receiver: Receiver) -> None:
    await telegram.result("setWebhook", url=receiver.url)
    status, body = await telegram.call("getUpdates")
    await telegram.result("deleteWebhook")
    telegram.world.says(amina, "hej")
    polled = await telegram.result("getUpdates")

    assert (status, body["description"]) == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
    assert ([u["message"]["text"] for u in polled], receiver.seen) == (["hej"], [])


async def test_what_was_not_taken_waits_for_who_asks_next(
    telegram: Telegram, amina: Person, receiver: Receiver
) -> None:
    receiver.answers = [500] * 1000
    await telegram.result("setWebhook", url=receiver.url)
    telegram.world.says(amina, "hej")
    await telegram.result("deleteWebhook")

    assert [u["message"]["text"] for u in await telegram.result("getUpdates")] == ["hej"]


async def test_a_webhook_takes_every_update_twice_too(telegram: Telegram, amina: Person, receiver: Receiver) -> None:
    telegram.world.twice = "same"
    await telegram.result("setWebhook", url=receiver.url)
    telegram.world.says(amina, "a")
    telegram.world.says(amina, "b")
    await taken(telegram)

    assert receiver.texts == ["a", "a", "b", "b"]


async def test_what_is_forgotten_is_not_delivered_any_more(
    telegram: Telegram, amina: Person, receiver: Receiver
) -> None:
    telegram.world.webhook_pace = 0.001
    receiver.answers = [500] * 3
    receiver.hold.clear()
    await telegram.result("setWebhook", url=receiver.url)
    telegram.world.says(amina, "old")
    async with asyncio.timeout(10):
        while not receiver.seen:
            await asyncio.sleep(0.005)
    telegram.world.empty()
    saba = telegram.world.new_person("Saba")
    receiver.hold.set()
    telegram.world.says(saba, "new")
    await taken(telegram)

    assert receiver.texts[0] == "old"
    assert set(receiver.texts[1:]) == {"new"}


@pytest.mark.parametrize(
    ("params", "fault"),
    [
        ({"url": "https://a.dk/"}, "bad webhook: IP address is reserved: this Bot API delivers to loopback only"),
        ({"url": "ftp://127.0.0.1/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "http://127.0.0.1:1/", "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": "http://127.0.0.1:1/", "max_connections": 101}, "max_connections must be between 1 and 100"),
    ],
)  # fmt: skip
async def test_a_webhook_that_cannot_be_set(telegram: Telegram, params: Json, fault: str) -> None:
    assert await telegram.refusal("setWebhook", **params) == f"Bad Request: {fault}"
    assert (await telegram.result("getWebhookInfo"))["url"] == ""
