"""The way to Telegram: what leaves, what comes back, what an error means for repeating, and that the token stays in."""

from __future__ import annotations

import asyncio
import io
import logging
import socket
import traceback
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot

from bot.telegram.errors import AnswerLost, NeverLeft
from bot.telegram.transport import STAND_IN, AiohttpRequest, system_proxy
from tests.telegram.scripted import (
    MESSAGE,
    TOKEN,
    Answer,
    break_off,
    hang_up,
    page,
    refusal,
    result,
    scripted_server,
    silence,
)

MakeBot = Callable[..., ExtBot[None]]


@pytest.fixture
async def bare_bot() -> AsyncIterator[MakeBot]:
    """Makes bots over our transport, without the pace: `bare_bot(url, read_timeout=…)`. Closes them afterwards."""
    requests: list[AiohttpRequest] = []

    def make(url: str, **settings: Any) -> ExtBot[None]:
        requests.append(AiohttpRequest(TOKEN, **{"pool_size": 8, **settings}))
        requests.append(AiohttpRequest(TOKEN, pool_size=1))
        return ExtBot(
            STAND_IN,
            base_url=f"{url}/bot",
            base_file_url=f"{url}/file/bot",
            request=requests[-2],
            get_updates_request=requests[-1],
        )

    yield make
    for request in requests:
        await request.shutdown()


@contextmanager
def a_port_where_nobody_listens() -> Iterator[str]:
    """Its address: bound, so that nobody else gets it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


async def test_a_call_without_files_leaves_as_json_with_its_types(bare_bot: MakeBot) -> None:
    async with scripted_server() as server:
        bot = bare_bot(server.url)
        keys = InlineKeyboardMarkup([[InlineKeyboardButton("نعم", callback_data="y")]])
        sent = await bot.send_message(1, "ሰላም", reply_markup=keys, disable_notification=True)
    assert sent.message_id == 5
    [call] = server.calls
    assert call.path == f"/bot{TOKEN}/sendMessage"
    assert call.content_type == "application/json"
    assert call.body == {
        "chat_id": 1,
        "text": "ሰላም",
        "disable_notification": True,
        "reply_markup": {"inline_keyboard": [[{"callback_data": "y", "text": "نعم"}]]},
    }


async def test_a_file_leaves_as_multipart_beside_its_parameters(bare_bot: MakeBot) -> None:
    async with scripted_server() as server:
        bot = bare_bot(server.url)
        await bot.send_document(1, io.BytesIO(b"BEGIN:VCALENDAR"), filename="plan.ics", caption="hej")
    [call] = server.calls
    assert call.content_type == "multipart/form-data"
    assert call.body["chat_id"] == "1"
    assert call.body["caption"] == "hej"
    assert b"BEGIN:VCALENDAR" in call.body.values()


async def test_a_file_is_fetched_with_the_real_token_and_its_address_shows_the_stand_in(bare_bot: MakeBot) -> None:
    file = {"file_id": "f", "file_unique_id": "u", "file_path": "voice/1.oga"}

    async with scripted_server(result(file), page(200, "sound")) as server:
        bot = bare_bot(server.url)
        got = await bot.get_file("f")
        content = await got.download_as_bytearray()
    assert got.file_path == f"{server.url}/file/bot{STAND_IN}/voice/1.oga"
    assert server.calls[1].path == f"/file/bot{TOKEN}/voice/1.oga"
    assert server.calls[1].method == "GET"
    assert content.startswith(b"<h1>sound</h1>")


async def test_text_that_is_no_unicode_is_for_telegram_to_judge(bare_bot: MakeBot) -> None:
    async with scripted_server(refusal(400, "Bad Request: strings must be encoded in UTF-8")) as server:
        bot = bare_bot(server.url)
        with pytest.raises(BadRequest, match="utf-8"):
            await bot.send_message(1, "half a pair: \ud83d")
    assert server.methods() == ["sendMessage"]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (refusal(400, "Bad Request: chat not found"), BadRequest),
        (refusal(400, "Bad Request: upgraded", migrate_to_chat_id=-1005), ChatMigrated),
        (refusal(401, "Unauthorized"), InvalidToken),
        (refusal(403, "Forbidden: bot was blocked by the user"), Forbidden),
        (refusal(409, "Conflict: terminated by other getUpdates request"), Conflict),
        (refusal(429, "Too Many Requests: retry after 7", retry_after=7), RetryAfter),
        (page(502, "Bad Gateway"), NetworkError),
    ],
)
async def test_an_answer_of_telegram_becomes_the_error_python_telegram_bot_knows(
    bare_bot: MakeBot, answer: Answer, error: type[Exception]
) -> None:
    async with scripted_server(answer) as server:
        with pytest.raises(error) as raised:
            await bare_bot(server.url).send_message(1, "hej")
    assert type(raised.value) is error


@pytest.mark.parametrize(
    "answer",
    [hang_up, break_off, silence(5), page(200, "Log in to the library's Wi-Fi")],
)
async def test_a_broken_line_after_the_request_left_is_a_lost_answer(bare_bot: MakeBot, answer: Answer) -> None:
    async with scripted_server(answer) as server:
        with pytest.raises(AnswerLost):
            await bare_bot(server.url, read_timeout=0.2).send_message(1, "hej")
    assert server.methods() == ["sendMessage"]


async def test_a_refused_connection_never_left(bare_bot: MakeBot) -> None:
    with a_port_where_nobody_listens() as url, pytest.raises(NeverLeft):
        await bare_bot(url).send_message(1, "hej")


async def test_no_free_line_in_time_never_left(bare_bot: MakeBot) -> None:
    async with scripted_server(silence(0.6)) as server:
        bot = bare_bot(server.url, pool_size=1, pool_timeout=0.1, connect_timeout=0.1)
        first = asyncio.create_task(bot.send_message(1, "hej"))
        await asyncio.sleep(0.1)
        with pytest.raises(NeverLeft):
            await bot.send_message(2, "hej")
        await first
    assert len(server.calls) == 1


async def test_a_call_may_wait_for_ever_where_it_says_so(bare_bot: MakeBot) -> None:
    async with scripted_server(silence(0.3)) as server:
        bot = bare_bot(server.url, read_timeout=0.1)
        await bot.send_message(1, "hej", read_timeout=None)
    assert server.methods() == ["sendMessage"]


async def test_shutdown_closes_every_line_and_may_be_repeated(bare_bot: MakeBot) -> None:
    async with scripted_server(result({"id": 1, "is_bot": True, "first_name": "Brobot"})) as server:
        bot = bare_bot(server.url)
        async with bot:
            await bot.send_message(1, "hej")
        await bot.request.shutdown()
    assert server.methods() == ["getMe", "sendMessage"]


@pytest.mark.parametrize(
    "answer",
    [
        result(MESSAGE),
        refusal(401, "Unauthorized"),
        page(404, "The requested URL was not found"),
        page(502, "Bad Gateway"),
        page(200, "Log in"),
        hang_up,
        break_off,
    ],
)
async def test_the_token_is_in_no_log_line_no_exception_and_no_name(
    bare_bot: MakeBot, answer: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = TOKEN.split(":")[1]
    async with scripted_server(answer) as server:
        bot = bare_bot(server.url)
        told = [repr(bot), repr(bot.request), bot.token, bot.base_url, bot.base_file_url]
        try:
            await bot.send_message(1, "hej")
        except TelegramError as error:
            seen: BaseException | None = error
            while seen is not None:  # a suppressed context is still there for who looks
                told += [repr(seen), str(seen), *map(str, seen.args)]
                seen = seen.__cause__ or seen.__context__
            told += traceback.format_exception(error)
        assert TOKEN in server.calls[0].path
    # aiohttp's *server* logs the paths that the stand-in of Telegram is asked for; ours is the client.
    told += [record.getMessage() for record in caplog.records if not record.name.startswith("aiohttp")]
    assert [line for line in told if secret in line] == []


async def test_a_refused_connection_does_not_tell_the_token(bare_bot: MakeBot) -> None:
    with a_port_where_nobody_listens() as url, pytest.raises(NeverLeft) as raised:
        await bare_bot(url).send_message(1, "hej")
    assert TOKEN.split(":")[1] not in "".join(traceback.format_exception(raised.value))
    assert raised.value.__context__ is None


def test_a_proxy_of_the_system_is_for_telegram_and_never_for_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "bot-api.example")
    assert system_proxy("https://api.telegram.org") == "http://proxy.example:3128"
    assert system_proxy("https://bot-api.example") is None
    assert system_proxy("http://127.0.0.1:8081") is None
