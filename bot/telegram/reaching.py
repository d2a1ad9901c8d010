"""Reaching Telegram at the start: meeting it, and asking it to push updates, for as long as it takes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import structlog
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import Application, ExtBot

from bot.faults import StartFault

log = structlog.get_logger(__name__)

CONNECTIONS = 40
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0


REVOKED = (
    "Telegram does not know this token (401): it was revoked or mistyped. Ask BotFather for it (/token), set "
    "BROBOT_TOKEN and start again. Nothing is lost: what waits is sent then."
)


async def meet(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """Makes the application ready; an unreachable Telegram is waited for. Raises StartFault for an unknown token."""
    pause = FIRST_PAUSE
    while True:
        try:
            await application.initialize()
        except InvalidToken:
            raise StartFault(REVOKED) from None
        except TelegramError as error:
            log.warning("Telegram cannot be reached, trying again", cause=str(error), seconds=pause)
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE, pause * 2)
        else:
            return


async def ask_for_pushes(bot: ExtBot[int], url: str, secret: str, allowed: Sequence[str]) -> None:
    """Sets the webhook; an unreachable Telegram is asked again.

    Raises StartFault where Telegram refuses the address, InvalidToken where it does not know the token (401).
    """
    pause = FIRST_PAUSE
    while True:
        try:
            await bot.set_webhook(url, secret_token=secret, allowed_updates=allowed, max_connections=CONNECTIONS)
        except InvalidToken:
            raise
        except BadRequest as error:
            raise StartFault(
                f"BROBOT_WEBHOOK_URL: Telegram refuses {url}: {error.message}. It must be an https address that "
                "Telegram can reach, on port 443, 80, 88 or 8443."
            ) from None
        except TelegramError as error:
            log.warning("the webhook could not be set, trying again", cause=str(error), seconds=pause)
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE, pause * 2)
        else:
            return
