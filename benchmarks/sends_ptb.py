"""Announces to many chats with python-telegram-bot's own transport and limiter, for `benchmarks.sends`.

Runs in the environment of the rivals, so it imports nothing of ours. Arguments: URL, token, rate, first chat, how many
chats, `max_retries`. It is given long timeouts and a large pool, so that nothing but the limiter loses a message.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest


class CountingRequest(HTTPXRequest):
    """Counts the refusals, which the limiter would hide."""

    refused = 0

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """One request."""
        status, payload = await super().do_request(*args, **kwargs)
        self.refused += status == 429
        return status, payload


async def announce(bot: ExtBot[Any], chat: int, count: Counter[str]) -> None:
    """One message."""
    try:
        await bot.send_message(chat, "Madklub i Ringe, onsdag 18.00")
    except TelegramError:
        count["lost"] += 1
    else:
        count["delivered"] += 1


async def work(bot: ExtBot[Any], chats: Iterator[int], count: Counter[str]) -> None:
    """Takes one chat after the other, as long as there are any."""
    for chat in chats:
        await announce(bot, chat, count)


async def main(url: str, token: str, rate: int, first: int, chats: int, max_retries: int) -> None:
    """Prints what became of the messages as one JSON object."""
    count: Counter[str] = Counter(delivered=0, lost=0)
    queue = iter(range(first, first + chats))
    request = CountingRequest(256, read_timeout=60, write_timeout=60, connect_timeout=60, pool_timeout=None)
    limiter = AIORateLimiter(overall_max_rate=rate, max_retries=max_retries)
    async with ExtBot(token, base_url=f"{url}/bot", request=request, rate_limiter=limiter) as bot:
        started = time.perf_counter()
        await asyncio.gather(*(work(bot, queue, count) for _ in range(max(60, rate // 2))))
        seconds = time.perf_counter() - started
    print(json.dumps({**count, "refused": request.refused, "seconds": seconds}))


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)  # it tells every 429
    asyncio.run(main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:7])))
