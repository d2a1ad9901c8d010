"""Announces to many chats the way Brobot does, for `benchmarks.sends`: URL, rate, first chat, how many chats."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator

from telegram.error import RetryAfter, TelegramError

from benchmarks.loopback import TOKEN
from bot.telegram.lanes import ANNOUNCEMENT
from bot.telegram.pusher import PacedBot, make_bot

if sys.platform == "win32":
    from asyncio import run
else:
    from uvloop import run


async def announce(bot: PacedBot, chat: int, count: Counter[str]) -> None:
    """One message. What a flood hands back is sent again, as the outbox would."""
    while True:
        try:
            await bot.send_message(chat, "Madklub i Ringe, onsdag 18.00", rate_limit_args=ANNOUNCEMENT)
        except RetryAfter:
            count["refused"] += 1
        except TelegramError:
            count["lost"] += 1
            return
        else:
            count["delivered"] += 1
            return


async def work(bot: PacedBot, chats: Iterator[int], count: Counter[str]) -> None:
    """Takes one chat after the other, as long as there are any."""
    for chat in chats:
        await announce(bot, chat, count)


async def main(url: str, rate: int, first: int, chats: int) -> None:
    """Prints what became of the messages as one JSON object. Half a second's messages wait at any time."""
    count: Counter[str] = Counter(delivered=0, lost=0, refused=0)
    queue = iter(range(first, first + chats))
    async with make_bot(TOKEN, api_url=url, rate=rate) as bot:
        started = time.perf_counter()
        await asyncio.gather(*(work(bot, queue, count) for _ in range(max(60, rate // 2))))
        seconds = time.perf_counter() - started
    print(json.dumps({**count, "seconds": seconds}))


if __name__ == "__main__":
    run(main(sys.argv[1], *map(int, sys.argv[2:5])))
