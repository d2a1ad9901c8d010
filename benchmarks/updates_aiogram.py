"""The bare echo of aiogram, for `benchmarks.updates`: URL, token. Each update is a task, as is its default.

Runs in the environment of the rivals, so it imports nothing of ours, and what it imports has no types where we check.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from aiogram import Bot, Dispatcher  # type: ignore[import-not-found] # it lives in an environment of its own
from aiogram.client.session.aiohttp import AiohttpSession  # type: ignore[import-not-found] # it lives in an environment of its own
from aiogram.client.telegram import TelegramAPIServer  # type: ignore[import-not-found] # it lives in an environment of its own


async def echo(message: Any) -> None:
    """Says what was said."""
    await message.answer(message.text or "")


async def main(url: str, token: str) -> None:
    """Polls until ended."""
    dispatcher = Dispatcher()
    dispatcher.message.register(echo)
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
