"""The Bot API of `benchmarks.announce`: with limits, recipients who have started the bot, and people who ask.

Arguments: how many recipients, `net` or `instant`. It prints its address, reads a JSON object, answers with one.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
from collections import Counter
from itertools import cycle

from aiohttp import web

from benchmarks.loopback import FIRST_PERSON
from benchmarks.phones import QUESTIONS
from bot.clock import system_clock
from bot.demo.botapi import Chat, Limits, Message, World, make_app
from bot.demo.botapi.records import Json, Person

ASKERS = 200
"""The last of the people: they have said stop, so the announcement is not for them."""

ASKS_EVERY = 0.3
NETWORK = (0.020, 0.120)


class CountingWorld(World):
    """Counts what is accepted and refused, and times the answers to those who ask."""

    def __init__(self) -> None:
        super().__init__(system_clock, journal=0, keep=3)
        self.accepted = 0
        self.refused = 0
        self.announced: Counter[int] = Counter()
        self._asked: dict[int, float] = {}
        self.took: list[float] = []

    def keep_message(self, chat: Chat, content: Json, *, person: Person | None = None, silent: bool = False) -> Message:
        """Stores a message; the bot's counts."""
        if person is None:
            self.accepted += 1
            if chat.id in self._asked:
                self.took.append(time.perf_counter() - self._asked.pop(chat.id))
            else:
                self.announced[chat.id] += 1
        return super().keep_message(chat, content, person=person, silent=silent)

    def record(self, method: str, chat: object, status: int, note: str = "") -> None:
        """One answered request."""
        self.refused += status == 429
        super().record(method, chat, status, note)

    async def ask(self, askers: list[int]) -> None:
        """Somebody asks now and then, nobody twice within a minute: a chat may be answered once a second only."""
        for chat in cycle(askers):
            if chat not in self._asked:
                self._asked[chat] = time.perf_counter()
                self.says(chat, QUESTIONS[chat % len(QUESTIONS)])
            await asyncio.sleep(ASKS_EVERY)

    async def measure(self, warm_up: float, seconds: float, askers: list[int], *, asking: bool) -> Json:
        """What was accepted and refused in that window."""
        await asyncio.sleep(warm_up)
        questions = asyncio.create_task(self.ask(askers)) if asking else None
        before, refused, began = self.accepted, self.refused, time.perf_counter()
        await asyncio.sleep(seconds)
        lasted = time.perf_counter() - began
        accepted, refused = self.accepted - before, self.refused - refused
        if questions is not None:
            questions.cancel()
        took = sorted(self.took) or [0.0]
        return {
            "accepted": accepted,
            "seconds": lasted,
            "refused": refused,
            "twice": sum(times - 1 for times in self.announced.values() if times > 1),
            "p50": took[len(took) // 2] * 1000,
            "p99": took[min(len(took) - 1, int(len(took) * 0.99))] * 1000,
        }


async def main(recipients: int, network: tuple[float, float] | None) -> None:
    """Serves until it is ended."""
    world = CountingWorld()
    for number in range(recipients + ASKERS):
        assert world.new_person(f"P{number}", started=True).id == FIRST_PERSON + number
    app = make_app(world, limits=Limits(), network=network)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    orders = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    askers = [FIRST_PERSON + recipients + number for number in range(ASKERS)]
    while order := await orders.readline():
        wanted = json.loads(order)
        found = await world.measure(wanted["warm_up"], wanted["seconds"], askers, asking=wanted.get("asking", True))
        print(json.dumps(found), flush=True)
    await runner.cleanup()


if __name__ == "__main__":
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # the bot is ended while it sends
    way = NETWORK if sys.argv[2] == "net" else None
    if sys.platform == "win32":
        asyncio.run(main(int(sys.argv[1]), way))
    else:
        import uvloop  # not made for Windows

        uvloop.run(main(int(sys.argv[1]), way))
