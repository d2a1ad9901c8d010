"""Owns the Bot API on loopback with phones that ask: so many questions in flight, each answered one timed.

A process of its own (`python -m benchmarks.phones`): it prints its address, then reads a JSON object a line,
`{"in_flight": 16, "seconds": 1.5}`, and answers each with `{"answered": 812, "seconds": 1.5, "took": [0.0123, …]}`: how
many were answered in that time, and the seconds from each question to the message that answered it. With 0 seconds
everyone asks once.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from aiohttp import web

from benchmarks.loopback import FIRST_PERSON
from bot.clock import system_clock
from bot.demo.botapi import Chat, Message, World, make_app
from bot.demo.botapi.records import Json, Person
from start import ROOT

MOST = 64
"""Phones there are, and so questions that can be in flight."""

PEOPLE = range(FIRST_PERSON, FIRST_PERSON + MOST)
"""Their chats."""

QUESTIONS = ("football on saturday", "fodbold på lørdag", "كرة القدم يوم السبت", "ኩዕሶ እግሪ ቀዳም")
"""The same in four languages. Everyone asks theirs again and again, so that no question goes on from another."""

PATIENCE = 30.0
"""Seconds for the last answers; more than any bot needs that has not died."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a round. `took`: seconds from question to answer, of all that were asked."""

    answered: int
    seconds: float
    took: list[float]

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answered / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds in which this share was answered."""
        return sorted(self.took)[min(len(self.took) - 1, int(len(self.took) * share))] * 1000


class Phones:
    """A phones process, seen from the benchmark."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self._process = process
        self.url = url

    def begin(self, in_flight: int, seconds: float = 0) -> None:
        """Lets them ask; `end` gives what came of it."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"in_flight": in_flight, "seconds": seconds}) + "\n")
        self._process.stdin.flush()

    def end(self) -> Asked:
        """Waits until all are answered."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("a question was not answered in time")
        return Asked(**json.loads(line))

    def ask(self, in_flight: int, seconds: float = 0) -> Asked:
        """One round."""
        self.begin(in_flight, seconds)
        return self.end()


@contextmanager
def phones() -> Iterator[Phones]:
    """Phones of their own, put away when the benchmark is done with them."""
    command = [sys.executable, "-m", "benchmarks.phones"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        try:
            yield Phones(process, process.stdout.readline().strip())
        finally:
            process.terminate()


class AskingWorld(World):
    """Telegram's world with people who ask, and ask again as soon as they are answered."""

    def __init__(self) -> None:
        super().__init__(system_clock, journal=0, keep=20)
        self._asked: dict[int, float] = {}
        self._took: list[float] = []
        self._again = False
        self._quiet = asyncio.Event()

    def keep_message(self, chat: Chat, content: Json, *, person: Person | None = None, silent: bool = False) -> Message:
        """Stores a message; the bot's is an answer, which is timed."""
        message = super().keep_message(chat, content, person=person, silent=silent)
        if person is None and chat.id in self._asked:
            self._took.append(time.perf_counter() - self._asked.pop(chat.id))
            if self._again:
                asyncio.get_running_loop().call_soon(self._ask, chat.id)
            elif not self._asked:
                self._quiet.set()
        return message

    def _ask(self, chat: int) -> None:
        self._asked[chat] = time.perf_counter()
        self.says(chat, QUESTIONS[PEOPLE.index(chat) % len(QUESTIONS)])

    async def round(self, in_flight: int, seconds: float) -> Asked:
        """Lets so many people ask for so long, and waits for the last answers."""
        self._took, self._again = [], seconds > 0
        self._quiet.clear()
        started = time.perf_counter()
        for chat in PEOPLE[:in_flight]:
            self._ask(chat)
        await asyncio.sleep(seconds)
        answered, lasted = len(self._took), time.perf_counter() - started
        self._again = False
        async with asyncio.timeout(PATIENCE):
            if self._asked:
                await self._quiet.wait()
        return Asked(answered, lasted, self._took)


async def main() -> None:
    """Serves until standard input ends."""
    world = AskingWorld()
    for chat in PEOPLE:
        assert world.new_person(f"Person {chat}", started=True).id == chat
    runner = web.AppRunner(make_app(world), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    orders = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    while order := await orders.readline():
        asked = await world.round(**json.loads(order))
        print(json.dumps({"answered": asked.answered, "seconds": asked.seconds, "took": asked.took}), flush=True)
    await runner.cleanup()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        if sys.platform == "win32":
            asyncio.run(main())
        else:
            import uvloop  # not made for Windows

            uvloop.run(main())
