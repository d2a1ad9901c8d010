"""The one place that pushes: each call in its pace, repeated where that doubles and hurries nothing."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import AsyncIterator, Callable

import pytest
from aiohttp import web
from telegram.error import BadRequest, Forbidden, RetryAfter
from telegram.ext import ExtBot

from bot.telegram.errors import AnswerLost, NeverLeft
from bot.telegram.lanes import NOTICE
from bot.telegram.pusher import PacedBot, PacedRateLimiter, counts_as, make_bot
from tests.telegram.scripted import (
    TOKEN,
    hang_up,
    page,
    refusal,
    result,
    scripted_server,
)

FLOOD = refusal(429, "Too Many Requests: retry after 1", retry_after=1)
NOT_MODIFIED = refusal(400, "Bad Request: message is not modified: specified new message content …")
TOO_OLD = refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")

MakeBot = Callable[[str], PacedBot]


@pytest.fixture
async def bot_at() -> AsyncIterator[MakeBot]:
    """Makes the bot as the application does, for the server at an address; closes it afterwards."""
    bots: list[PacedBot] = []

    def make(url: str) -> PacedBot:
        bots.append(make_bot(TOKEN, api_url=url, rate=30))
        return bots[-1]

    yield make
    for bot in bots:
        for request in bot._request:
            await request.shutdown()


async def test_an_answer_refused_for_a_flood_is_repeated_after_the_time_named(bot_at: MakeBot) -> None:
    async with scripted_server(FLOOD) as server:
        before = time.monotonic()
        await bot_at(server.url).send_message(1, "hej")
        took = time.monotonic() - before
    assert server.methods() == ["sendMessage", "sendMessage"]
    assert took >= 1


async def test_a_notice_refused_for_a_flood_goes_back_to_the_outbox(bot_at: MakeBot) -> None:
    async with scripted_server(FLOOD) as server:
        with pytest.raises(RetryAfter):
            await bot_at(server.url).send_message(1, "hej", rate_limit_args=NOTICE)
    assert server.methods() == ["sendMessage"]


async def test_a_flood_silences_every_call_until_the_time_named(bot_at: MakeBot) -> None:
    async with scripted_server(FLOOD, result(True)) as server:
        bot = bot_at(server.url)
        with pytest.raises(RetryAfter):
            await bot.send_message(1, "hej", rate_limit_args=NOTICE)
        before = time.monotonic()
        await bot.answer_callback_query("7")
        took = time.monotonic() - before
    assert took >= 0.95


async def test_a_message_whose_answer_was_lost_is_not_sent_again(bot_at: MakeBot) -> None:
    async with scripted_server(hang_up) as server:
        with pytest.raises(AnswerLost):
            await bot_at(server.url).send_message(1, "hej")
    assert server.methods() == ["sendMessage"]


async def test_an_edit_whose_answer_was_lost_is_repeated_once(bot_at: MakeBot) -> None:
    async with scripted_server(hang_up, NOT_MODIFIED, hang_up, hang_up) as server:
        bot = bot_at(server.url)
        assert await bot.edit_message_text("hej", 1, 5) is True
        with pytest.raises(AnswerLost):
            await bot.edit_message_text("hej", 1, 5)
    assert server.methods() == ["editMessageText"] * 4


async def test_a_message_that_never_left_is_repeated_until_it_leaves() -> None:
    tries: list[str] = []

    async def call() -> bool:
        tries.append("try")
        if len(tries) < 3:
            raise NeverLeft("refused")
        return True

    pusher = bot_pusher()
    assert await pusher.process_request(call, (), {}, "sendMessage", {"chat_id": 1}, None) is True
    assert len(tries) == 3


async def test_a_message_that_can_never_leave_is_given_up() -> None:
    async def call() -> bool:
        raise NeverLeft("refused")

    pusher = bot_pusher()
    with pytest.raises(NeverLeft):
        await pusher.process_request(call, (), {}, "sendMessage", {"chat_id": 1}, None)
    assert pusher.pace.state.free_places(time.monotonic()) == 30


def bot_pusher() -> PacedRateLimiter:
    limiter = make_bot(TOKEN).rate_limiter
    assert isinstance(limiter, PacedRateLimiter)
    return limiter


async def test_an_edit_that_changes_nothing_is_done(bot_at: MakeBot) -> None:
    async with scripted_server(NOT_MODIFIED) as server:
        assert await bot_at(server.url).edit_message_text("hej", 1, 5) is True


async def test_an_answer_to_a_tap_of_yesterday_harms_nobody(bot_at: MakeBot) -> None:
    async with scripted_server(TOO_OLD) as server:
        assert await bot_at(server.url).answer_callback_query("7") is False


async def test_a_refusal_is_told_and_not_repeated(bot_at: MakeBot) -> None:
    async with scripted_server(
        refusal(400, "Bad Request: message text is empty"),
        refusal(403, "Forbidden: bot was blocked by the user"),
    ) as server:
        bot = bot_at(server.url)
        with pytest.raises(BadRequest):
            await bot.send_message(1, "")
        with pytest.raises(Forbidden):
            await bot.send_message(2, "hej")
    assert server.methods() == ["sendMessage", "sendMessage"]


async def test_a_second_bubble_to_one_person_waits_a_second_and_a_chat_action_does_not(bot_at: MakeBot) -> None:
    async with scripted_server() as server:
        bot = bot_at(server.url)
        before = time.monotonic()
        await bot.send_message("1", "hej")
        server.answers = [result(True)]
        await bot.send_chat_action(1, "typing")
        action_took = time.monotonic() - before
        await bot.send_message(1, "igen")
        took = time.monotonic() - before
    assert action_took < 1 <= took


async def test_a_long_poll_takes_no_line_from_the_others_and_gives_updates_as_they_came(bot_at: MakeBot) -> None:
    strange = [{"update_id": 7, "something_new": {"of": "next year"}}]
    asked, something_came = asyncio.Event(), asyncio.Event()

    async def held(request: web.Request) -> web.StreamResponse:
        asked.set()
        await something_came.wait()
        return await result(strange)(request)

    async with scripted_server(held) as server:
        bot = bot_at(server.url)
        poll = asyncio.create_task(bot.raw_updates(offset=7, wait=1, allowed_updates=["message"]))
        await asked.wait()
        await bot.send_message(1, "hej")
        assert not poll.done()
        something_came.set()
        assert await poll == strange
    assert server.calls[0].body == {"offset": 7, "timeout": 1, "allowed_updates": ["message"], "limit": 100}


async def test_a_proxys_page_in_place_of_telegram_is_no_delivery(bot_at: MakeBot) -> None:
    async with scripted_server(page(200, "Log in to the library's Wi-Fi")) as server:
        with pytest.raises(AnswerLost):
            await bot_at(server.url).send_message(1, "hej")


def test_every_method_that_makes_a_message_is_counted_in_its_chat() -> None:
    methods = {name for name, _ in inspect.getmembers(ExtBot, inspect.isfunction) if name[0].islower()}
    camel = {name for name in methods if "_" not in name}
    messages = {name for name in camel if counts_as(name) == "message"}
    assert {"sendMessage", "sendPhoto", "sendMediaGroup", "copyMessage", "forwardMessages"} <= messages
    assert {"sendChatAction", "answerCallbackQuery", "getMe", "deleteMessage"} & messages == set()
    assert counts_as("editMessageText") == "edit"
    assert counts_as("sendChatAction") == "free"


def test_the_bot_can_be_printed() -> None:
    bot = make_bot(TOKEN)
    assert TOKEN not in repr(bot) + bot.token + bot.base_url + bot.base_file_url
