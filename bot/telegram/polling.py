"""Our own polling: what Telegram has is stored by whoever takes it, and only then confirmed by the next offset."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter  # RequestData is made of these

from bot.telegram.errors import wait_asked_for
from bot.telegram.transport import AiohttpRequest

log = structlog.get_logger(__name__)

Take = Callable[..., Awaitable[None]]
LONG_POLL_SECONDS = 30
BATCH = 100


async def poll(bot: ExtBot[int], take: Take, confirmed: int | None, allowed: Sequence[str]) -> None:
    """Takes updates for ever. `take(updates, polled=True)` stores a batch; where it fails, the batch is asked again.

    The updates stay raw, so that one that cannot be read spoils no batch. An unreachable Telegram, another poller
    (409) and a failing store are waited out; only a token that Telegram does not know (401) ends it.
    """
    await bot.delete_webhook()
    offset = None if confirmed is None else confirmed + 1
    pause = 1.0
    while True:
        try:
            updates = await _fetch(bot, offset, allowed)
            if updates:
                await take(updates, polled=True)
                offset = max(int(update["update_id"]) for update in updates) + 1
            pause = 1.0
            continue
        except InvalidToken:
            raise
        except Conflict:
            log.error("another process polls with this token: end it, or give this one a token of its own")
        except RetryAfter as error:
            pause = wait_asked_for(error)
        except TelegramError as error:
            log.warning("Telegram cannot be reached, trying again", cause=str(error), seconds=pause)
        except Exception as error:  # noqa: BLE001 # not stored, so not confirmed: Telegram keeps it until we can
            log.error("updates cannot be stored, trying again", cause=type(error).__name__, seconds=pause)
        await asyncio.sleep(pause)
        pause = min(30.0, pause * 2)


async def _fetch(bot: ExtBot[int], offset: int | None, allowed: Sequence[str]) -> list[dict[str, Any]]:
    """One long poll. Raises TelegramError."""
    request = bot._request[0]  # PTB keeps the polling request here and has no way to ask for raw updates
    assert isinstance(request, AiohttpRequest)
    wish = {"timeout": LONG_POLL_SECONDS, "limit": BATCH, "allowed_updates": list(allowed)}
    if offset is not None:
        wish["offset"] = offset
    data = RequestData([RequestParameter.from_input(name, value) for name, value in wish.items()])
    answer = await request.post(f"{bot.base_url}/getUpdates", request_data=data, read_timeout=LONG_POLL_SECONDS + 10.0)
    assert isinstance(answer, list)
    return answer
