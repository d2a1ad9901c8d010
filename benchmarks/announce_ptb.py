"""python-telegram-bot with AIORateLimiter, announcing to many and answering some, for `benchmarks.announce`.

Runs in the environment of the rivals, so it imports nothing of ours. Arguments: URL, token, rate, seconds.
"""

from __future__ import annotations

import asyncio
import json
import logging
import resource
import sys
import time
from collections import Counter
from itertools import count
from typing import Any

from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

FIRST_PERSON = 700_000_001
ASKERS = 200
WORKERS = 60
ANSWERS_EVERY = 0.4


async def announce(bot: ExtBot[Any], chats: Any, lost: Counter[str], until: float) -> None:
    """One message after the other, until the time is over."""
    while time.monotonic() < until:
        try:
            await bot.send_message(FIRST_PERSON + next(chats) % 10_000, "Torsdag spiser vi sammen i Ringe.")
        except TelegramError:
            lost["lost"] += 1


async def answer(bot: ExtBot[Any], took: list[float], until: float) -> None:
    """An answer now and then, to somebody the announcement is not for."""
    tasks = []

    async def one(chat: int) -> None:
        began = time.perf_counter()
        try:
            await bot.send_message(chat, "Her er tre ting, der passer.")
        except TelegramError:
            return
        took.append(time.perf_counter() - began)

    for number in count():
        if time.monotonic() >= until:
            break
        tasks.append(asyncio.create_task(one(FIRST_PERSON + 10_000 + number % ASKERS)))
        await asyncio.sleep(ANSWERS_EVERY)
    for task in tasks:
        task.cancel()


async def main(url: str, token: str, rate: int, seconds: float) -> None:
    """Prints what became of it as one JSON object."""
    lost: Counter[str] = Counter(lost=0)
    took: list[float] = []
    request = HTTPXRequest(256, read_timeout=60, write_timeout=60, connect_timeout=60, pool_timeout=None)
    limiter = AIORateLimiter(overall_max_rate=rate, max_retries=5)
    until, chats = time.monotonic() + seconds, count()
    async with ExtBot(token, base_url=f"{url}/bot", request=request, rate_limiter=limiter) as bot:
        work = [announce(bot, chats, lost, until) for _ in range(WORKERS)]
        await asyncio.gather(*work, answer(bot, took, until))
    took.sort()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    p99 = took[min(len(took) - 1, int(len(took) * 0.99))] * 1000 if took else 0.0
    print(json.dumps({"lost": lost["lost"], "p99": p99, "memory": memory}))


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)  # it tells every 429
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])))
