"""Our own polling: what Telegram has is stored by whoever takes it, and only then confirmed by the next offset."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.telegram.errors import wait_asked_for
from bot.telegram.pusher import PacedBot

log = structlog.get_logger(__name__)

Take = Callable[..., Awaitable[None]]
LONG_POLL_SECONDS = 30
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0

GATHERS = 0.005
"""Seconds between two polls while several people write at once: what comes meanwhile shares one request and commit."""


async def poll(bot: PacedBot, take: Take, confirmed: int | None, allowed: Sequence[str]) -> None:
    """Takes updates for ever. `take(updates, polled=True)` stores a batch; where it fails, the batch is asked again.

    The updates stay raw, so that one that cannot be read spoils no batch. An unreachable Telegram, another poller
    (409) and a failing store are waited out. Raises InvalidToken where Telegram does not know the token (401).
    """
    offset = None if confirmed is None else confirmed + 1
    pause = FIRST_PAUSE
    ours = False
    while True:
        try:
            if not ours:  # a webhook that was set before would answer each poll with 409
                ours = await bot.delete_webhook()
            updates = await bot.raw_updates(offset=offset, wait=LONG_POLL_SECONDS, allowed_updates=list(allowed))
            if updates:
                await take(updates, polled=True)
                offset = max(int(update["update_id"]) for update in updates) + 1
            if len(updates) > 1:
                await asyncio.sleep(GATHERS)
            pause = FIRST_PAUSE
            continue
        except InvalidToken:
            raise
        except Conflict as error:
            log.error(
                "another process takes this bot's updates (409), waiting: end it, or give this one a token of its own",
                cause=error.message,
                seconds=pause,
            )
        except RetryAfter as error:
            pause = wait_asked_for(error)
        except TelegramError as error:
            log.warning("Telegram cannot be reached, trying again", cause=str(error), seconds=pause)
        except Exception as error:  # noqa: BLE001 # not stored, so not confirmed: Telegram keeps it until we can
            log.warning("updates are asked for again", cause=type(error).__name__, seconds=pause)
        await asyncio.sleep(pause)
        pause = min(LONGEST_PAUSE, pause * 2)
