"""The bot's own process in the demo: started early, held until all is ready, crashed, and kept running."""

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

    Its standard input is a leash: it loads its libraries and waits there for a line, and it ends when the leash does,
    however the demo ended.
    """

    def __init__(self, settings: Mapping[str, str], folder: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("BROBOT_")}
        self._surroundings = {**kept, **settings, "PYTHONPATH": str(ROOT)}
        self._folder = folder  # it runs there, so that a `.env` of the real bot is not seen
        self._process: Process | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._one_at_a_time = asyncio.Lock()

    @property
    def log(self) -> Path:
        """What it wrote; empty while all goes well."""
        return self._folder / "bot.log"

    @property
    def has_ended(self) -> bool:
        """Whether it ended by itself: one that is away on purpose comes back."""
        return not self._one_at_a_time.locked() and (self._process is None or self._process.returncode is not None)

    @property
    def last_words(self) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text("utf-8", "replace").strip().splitlines()[-LAST_WORDS:])

    async def prepare(self) -> None:
        """Starts the process, which gets no further than its libraries."""
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run", "--leash"),
                env=self._surroundings,
                cwd=self._folder,
                stdin=PIPE,
                stdout=log,
                stderr=log,
            )

    def go(self) -> None:
        """Lets the prepared process begin."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(b"go\n")

    def keep(self) -> None:
        """From now on another process follows one that ended by itself, as a supervisor would see to."""
        if self._keeper is None:
            self._keeper = asyncio.create_task(self._replace())

    async def _replace(self) -> None:
        while True:
            assert self._process is not None
            await self._process.wait()
            await asyncio.sleep(COMES_BACK_AFTER)
            await self.prepare()
            self.go()

    async def end(self, how: int = signal.SIGTERM) -> None:
        """Ends the process and waits for it; one that does not listen is killed."""
        if self._keeper is not None:
            self._keeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._keeper
            self._keeper = None
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(how)
        try:
            await asyncio.wait_for(self._process.wait(), ENDS_WITHIN)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        self._process = None

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
            await self.end(how)
            yield
            await self.prepare()
            self.go()
            self.keep()
