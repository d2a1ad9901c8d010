"""The bot's own process in the demo: begun once all is ready, crashed, and kept running; born in a nursery."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ENDS_WITHIN = 10.0
COMES_BACK_AFTER = 1.0
LAST_WORDS = 5


class BotProcess:
    """`python -m bot run`, the same program that runs for real, with these settings and no others.

    Each is a fork of the nursery (`bot.commands.nursery`), a process that loads while the demo opens, and lives as
    long as the demo. Its standard input, which is also each bot's, is a leash: both end when it does, however the demo
    ended.
    """

    def __init__(self, settings: Mapping[str, str], folder: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BROBOT_")}
        self._surroundings = {**kept, **settings, "PYTHONPATH": str(ROOT)}
        self._folder = folder  # it runs there, so that a `.env` of the real bot is not seen
        self._nursery: Process | None = None
        self._life: asyncio.Task[None] | None = None
        self._born = asyncio.Event()
        self._pid: int | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._one_at_a_time = asyncio.Lock()

    @property
    def log(self) -> Path:
        """What it wrote; empty while all goes well."""
        return self._folder / "bot.log"

    @property
    def has_ended(self) -> bool:
        """Whether it ended by itself: one that is away on purpose comes back."""
        return not self._one_at_a_time.locked() and (self._life is None or self._life.done())

    @property
    def last_words(self) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text("utf-8", "replace").strip().splitlines()[-LAST_WORDS:])

    async def prepare(self) -> None:
        """Starts the nursery, where none is there; it gets no further than its libraries and word lists."""
        if self._nursery is not None:
            return
        with self.log.open("ab") as log:
            self._nursery = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "nursery"),
                env=self._surroundings,
                cwd=self._folder,
                stdin=PIPE,
                stdout=PIPE,
                stderr=log,
            )

    def go(self) -> None:
        """Lets a bot begin, as soon as the nursery has loaded."""
        assert self._nursery is not None
        self._born.clear()
        self._life = asyncio.create_task(self._live(self._nursery))

    async def _live(self, nursery: Process) -> None:
        """One bot from its birth to its end, each a line from the nursery. Where that died instead, so does its bot."""
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        with contextlib.suppress(RuntimeError, OSError):  # it has died: the lines will not come
            nursery.stdin.write(b"begin\n")
        if number := await nursery.stdout.readline():
            self._pid = int(number)
            self._born.set()
        if not number or not await nursery.stdout.readline():
            self._signal(signal.SIGKILL)
            await nursery.wait()
            self._nursery = None
        self._pid = None
        self._born.set()

    def _signal(self, how: int) -> None:
        if self._pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, how)

    def keep(self) -> None:
        """From now on another process follows one that ended by itself, as a supervisor would see to."""
        if self._keeper is None:
            self._keeper = asyncio.create_task(self._replace())

    async def _replace(self) -> None:
        while True:
            assert self._life is not None
            await asyncio.wait({self._life})
            await asyncio.sleep(COMES_BACK_AFTER)
            await self.prepare()
            self.go()

    async def _keep_no_more(self) -> None:
        keeper, self._keeper = self._keeper, None
        if keeper is not None:
            keeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await keeper

    async def end(self) -> None:
        """Ends the bot in order and the nursery after it, and waits for both; who does not listen is killed."""
        await self._keep_no_more()
        nursery, self._nursery = self._nursery, None
        if nursery is None:
            return
        assert nursery.stdin is not None
        nursery.stdin.close()  # the leash of both
        with contextlib.suppress(ProcessLookupError):
            nursery.terminate()  # heard only while it loads, when it does not look at its leash
        try:
            await asyncio.wait_for(nursery.wait(), ENDS_WITHIN)
        except TimeoutError:
            self._signal(signal.SIGKILL)
            nursery.kill()
            await nursery.wait()

    async def _end_bot(self, how: int) -> None:
        """Ends the bot of this moment and waits for it; one that does not listen is killed."""
        await self._keep_no_more()
        if self._life is None:
            return
        await self._born.wait()
        self._signal(how)
        if not (await asyncio.wait({self._life}, timeout=ENDS_WITHIN))[0]:
            self._signal(signal.SIGKILL)
            await asyncio.wait({self._life})

    async def restart(self) -> None:
        """Ends it in order, and starts the next."""
        async with self.away():
            pass

    async def crash(self) -> None:
        """Kill -9, and the next process a moment later."""
        async with self.away(signal.SIGKILL):
            await asyncio.sleep(COMES_BACK_AFTER)

    @contextlib.asynccontextmanager
    async def away(self, how: int = signal.SIGTERM) -> AsyncIterator[None]:
        """Meanwhile there is no bot; afterwards there is a new one."""
        async with self._one_at_a_time:
            await self._end_bot(how)
            yield
            await self.prepare()
            self.go()
            self.keep()
