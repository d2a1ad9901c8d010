"""Owns the one place that pushes to Telegram: a bot whose every call keeps the pace and is repeated where that is safe.

Say the lane with `rate_limit_args`: `bot.send_message(chat, text, rate_limit_args=NOTICE)`; without it a call is an
answer to a person.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Final, Literal, TypeAlias

from telegram.constants import ParseMode
from telegram.error import RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter, ExtBot
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.telegram.errors import (
    AnswerLost,
    NeverLeft,
    NotWanted,
    answered_too_late,
    changed_nothing,
    wait_asked_for,
)
from bot.telegram.lanes import ANSWER, Asking
from bot.telegram.pace import Pace
from bot.telegram.pace_state import CHAT_SECONDS, Chat
from bot.telegram.transport import STAND_IN, AiohttpRequest, system_proxy

TELEGRAM: Final = "https://api.telegram.org"

_TRIES: Final = 5
_FIRST_PAUSE: Final = 0.2
"""Seconds before a request that never left is tried again; doubled each time, with a random part."""

_Answer: TypeAlias = bool | dict[str, Any] | list[dict[str, Any]]
_Call: TypeAlias = Callable[..., Coroutine[Any, Any, _Answer]]
Counts = Literal["message", "edit", "free"]

_NOT_A_MESSAGE: Final = frozenset({"sendChatAction", "sendChatJoinRequestWebApp"})
_MESSAGE_PREFIXES: Final = ("send", "copy", "forward")
_SAFE_TO_REPEAT: Final = ("edit", "answer", "delete", "get", "set", "pin", "unpin", "sendChatAction")
"""What a method's name begins with when doing it twice is the same as doing it once."""


def counts_as(endpoint: str) -> Counts:
    """How Telegram counts a method: a `message` in its chat and in all, an `edit` in all, `free` not at all."""
    if endpoint.startswith(_MESSAGE_PREFIXES) and endpoint not in _NOT_A_MESSAGE:
        return "message"
    return "edit" if endpoint.startswith("edit") else "free"


Markup: TypeAlias = Mapping[str, object]
"""Keys below a message, as the Bot API's JSON has them."""

_WORDS: Final = {"parse_mode": ParseMode.HTML, "link_preview_options": {"is_disabled": True}}


class PacedRateLimiter(BaseRateLimiter[int]):
    """Puts every call of a bot through one `Pace`, and repeats it where no message can be doubled or hurried.

    - A request that never left: up to five tries with growing pauses.
    - A 429 of an answer to a person or of a free call: waited for and repeated, up to five tries. Notices and
      announcements are handed back at once: their place is the outbox, which knows what else is due.
    - A lost answer: repeated once where repeating changes nothing, never for a new message.

    An edit that changes nothing, and an answer to a tap that came too late, count as done: handlers may run twice.
    """

    def __init__(self, pace: Pace) -> None:
        self.pace = pace

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to close: who waits is cancelled with its task."""

    async def process_request(
        self,
        callback: _Call,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> _Answer:
        """Makes the call when its turn has come. See `telegram.ext.BaseRateLimiter.process_request`."""
        lane = ANSWER if rate_limit_args is None else rate_limit_args
        repeatable = endpoint.startswith(_SAFE_TO_REPEAT)
        for attempt in range(1, _TRIES + 1):
            try:
                return await self._once(callback, args, kwargs, endpoint, data, lane)
            except RetryAfter:
                if attempt == _TRIES or lane != ANSWER:
                    raise
            except NeverLeft:
                if attempt == _TRIES:
                    raise
                await asyncio.sleep(_FIRST_PAUSE * 2 ** (attempt - 1) * random.uniform(0.75, 1.25))
            except AnswerLost:
                if not repeatable:
                    raise
                repeatable = False
            except TelegramError as error:
                if endpoint.startswith("edit") and changed_nothing(error):
                    return True
                if endpoint == "answerCallbackQuery" and answered_too_late(error):
                    return False
                raise
        raise AssertionError("the last try returns or raises")

    async def _once(
        self, callback: _Call, args: Any, kwargs: dict[str, Any], endpoint: str, data: dict[str, Any], lane: int
    ) -> _Answer:
        counts = counts_as(endpoint)
        chat = _chat_of(data)
        if counts != "free" and chat is not None:
            async with self.pace.slot(chat, int(lane), message=counts == "message"):
                if isinstance(lane, Asking) and not lane.wanted():
                    raise NotWanted("stopped while it waited")
                return await callback(*args, **kwargs)
        await self.pace.unpaused()
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as error:
            self.pace.pause(wait_asked_for(error))
            raise


def _chat_of(data: dict[str, Any]) -> Chat | None:
    """The chat a call goes to; a bubble in somebody else's chat (inline) is a chat of its own."""
    chat = data.get("chat_id")
    if chat is None:
        inline = data.get("inline_message_id")
        return None if inline is None else f"@inline:{inline}"
    with contextlib.suppress(TypeError, ValueError):
        return int(chat)
    return str(chat)


class PacedBot(ExtBot[int]):
    """python-telegram-bot's bot; it polls without losing what it cannot read, and sends words with little ado."""

    async def raw_updates(
        self, *, offset: int | None, wait: int, allowed_updates: list[str], limit: int = 100
    ) -> list[dict[str, Any]]:
        """The updates from `offset` on, as Telegram's JSON; waits up to `wait` seconds for the first.

        `get_updates` would parse a batch as a whole, so that one update it cannot read would lose the others.
        """
        updates: list[dict[str, Any]] = await self._post(
            "getUpdates",
            {"offset": offset, "timeout": wait, "allowed_updates": allowed_updates, "limit": limit},
            read_timeout=wait + (self._request[0].read_timeout or 0),
        )
        return updates

    async def send_text(
        self,
        chat: int,
        text: str,
        markup: Markup | None,
        *,
        silent: bool = False,
        protect: bool = False,
        lane: int | None = None,
        thread: int | None = None,
    ) -> int:
        """Sends Telegram's HTML, without a preview of its links, and gives the message's number."""
        data = {"chat_id": chat, "text": text, **_WORDS}
        if markup is not None:
            data["reply_markup"] = markup
        if silent:
            data["disable_notification"] = True
        if protect:
            data["protect_content"] = True
        if thread is not None:
            data["message_thread_id"] = thread
        message = await self._call("sendMessage", data, lane)
        return int(message["message_id"])

    async def edit_text(
        self, chat: int, bubble: int, text: str, markup: Markup | None, *, lane: int | None = None
    ) -> None:
        """Puts Telegram's HTML in the place of a message."""
        data = {"chat_id": chat, "message_id": bubble, "text": text, **_WORDS}
        if markup is not None:
            data["reply_markup"] = markup
        await self._call("editMessageText", data, lane)

    async def _call(self, endpoint: str, data: dict[str, Any], lane: int | None = None) -> Any:
        """One call in plain JSON, paced as every other. python-telegram-bot would make objects of the keys, JSON of
        these, and objects of the whole message that comes back: a fifth of the time of an answer."""
        limiter = self.rate_limiter
        assert limiter is not None
        parameters = RequestData([RequestParameter(name, value, None) for name, value in data.items()])
        address = f"{self.base_url}/{endpoint}"
        return await limiter.process_request(self.request.post, (address, parameters), {}, endpoint, data, lane)


def make_bot(
    token: str,
    *,
    api_url: str = TELEGRAM,
    rate: float = 30,
    chat_seconds: float = CHAT_SECONDS,
    pool_size: int = 256,
    read_timeout: float = 10,
) -> PacedBot:
    """A bot whose calls keep Telegram's pace and go over aiohttp. Use `async with bot`, or initialize and shutdown.

    `api_url` is Telegram's, a self-hosted Bot API's or one on loopback, without a slash at its end. `rate` is the
    messages a second allowed in all, `chat_seconds` lie between two messages in a chat. `pool_size` is how many
    requests may be under way, `read_timeout` the seconds an answer may take (a long poll's own is added to it).
    `bot.token` is a stand-in: the transport alone
    knows the real one, so the bot may be printed and logged.
    """
    base = api_url.rstrip("/")
    proxy = system_proxy(base)
    return PacedBot(
        token=STAND_IN,
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=AiohttpRequest(token, pool_size=pool_size, read_timeout=read_timeout, proxy=proxy),
        get_updates_request=AiohttpRequest(token, pool_size=2, read_timeout=read_timeout, proxy=proxy),
        rate_limiter=PacedRateLimiter(Pace(rate, chat_seconds=chat_seconds)),
    )
