"""A bot that is killed (SIGKILL) at moments that a seed chooses, started again each time, and what is true then."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import orjson
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from bot.demo.botapi import World
from bot.demo.botapi.updates import FIRST_UPDATE
from bot.inbox import chat_of
from bot.store import inbox
from bot.store.database import Database
from bot.store.tables import claims
from bot.store.tables import inbox as inbox_rows
from bot.store.tables import signups as signup_rows
from start import ROOT
from tests.lives import Life

SAYS = ("sendMessage", "editMessageText", "answerCallbackQuery", "sendVenue")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Doom:
    """When a life ends: `acts`: somebody used their phone; `asked`: a request is here and not yet carried out;
    `did`: it is carried out and not yet answered. The end comes `after` so many seconds."""

    when: str
    methods: tuple[str, ...] = ()
    after: float = 0.0


def choose_doom(chance: random.Random) -> Doom:
    """While storing and deciding, before a request is carried out, or when its answer is lost; also while starting."""
    kind = chance.choices(("acts", "asked", "did", "polled", "starts"), (35, 20, 25, 15, 5))[0]
    if kind == "acts":
        return Doom("acts", after=chance.uniform(0.0, 0.06))
    if kind == "polled":  # updates are handed over and perhaps stored, or the poll that confirms them is under way
        return Doom("did", ("getUpdates",), chance.uniform(0.0, 0.02))
    if kind == "starts":
        return Doom("starts", after=chance.uniform(0.0, 0.3))
    return Doom(kind, SAYS, chance.choice((0.0, 0.0, chance.uniform(0.0, 0.02))))


@dataclass
class Mortal:
    """The bot's lives over one world and one database. `kills` more of them end by force."""

    world: World
    database: Database
    community: str
    surroundings: dict[str, str]
    chance: random.Random
    kills: int = 0
    killed: int = 0
    life: Life | None = None
    pid: int = 0
    is_up: bool = False
    doom: Doom | None = None
    in_flight: Counter[int] = field(default_factory=Counter)
    sending: Counter[int] = field(default_factory=Counter)
    most_seats: int = 0
    lost: set[int] = field(default_factory=set)
    _ended: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    # Telegram's side of the moments

    @web.middleware
    async def witness(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Stands in the Bot API's door and ends the life that is doomed to end at this request."""
        method = request.match_info.get("method", "")
        self.is_up = self.is_up or method in {"getUpdates", "setWebhook"}
        if self._meets("asked", method):
            return web.Response(status=500)  # nobody reads it: the bot is dead or about to be
        answer = await handler(request)
        if method != "getUpdates" or (isinstance(answer, web.Response) and b"update_id" in (answer.body or b"")):  # type: ignore[operator] # bytes, as the server made it
            self._meets("did", method)
        return answer

    def acts(self) -> None:
        """Somebody used their phone."""
        self._meets("acts")

    def _meets(self, when: str, method: str = "") -> bool:
        doom = self.doom
        if not self.pid or doom is None or doom.when != when or (doom.methods and method not in doom.methods):
            return False
        self.doom = None
        if not doom.after:
            self.kill()
            return True
        asyncio.get_running_loop().call_later(doom.after, self.kill, self.pid)
        return False

    def kill(self, pid: int = 0) -> None:
        """Ends the life under way, and none that came after it."""
        if self.pid and pid in (0, self.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self.is_up = False
            self._ended.set()

    # One life after another

    async def live(self) -> None:
        """Starts the bot again whenever it was killed, until cancelled; looks at the database in between."""
        try:
            while True:
                await self._start()
                await self._ended.wait()
                self._ended.clear()
                await self._gone()
                self.killed += 1
                self.kills -= 1
                await self.look()
        finally:
            self.kill()
            if self.life is not None:
                self.life.close()

    @asynccontextmanager
    async def living(self, server: TestServer) -> AsyncIterator[None]:
        """One life after another until the end of the block; then all is closed: an open end holds up uvloop's."""
        life = asyncio.create_task(self.live())
        try:
            yield
        finally:
            life.cancel()
            try:
                with contextlib.suppress(asyncio.CancelledError):
                    await life
            finally:
                await server.close()
                await self.database.close()

    async def _start(self) -> None:
        self.life = await asyncio.to_thread(self._born)
        self.pid = self.life.pid
        self.doom = choose_doom(self.chance) if self.kills > 0 else None
        self._meets("starts")

    def _born(self) -> Life:
        with Path(self.surroundings["LOG"]).open("a") as log:
            env = {**os.environ, **self.surroundings}
            return Life("run", "--leash", env=env, cwd=ROOT, stdout=log, stderr=log)

    async def _gone(self) -> None:
        assert self.life is not None
        await asyncio.to_thread(self.life.wait, 5)
        self.life.close()
        self.pid = 0

    async def look(self) -> None:
        """What the dead one left: what was in flight may come twice, what was confirmed must lie there."""
        confirmed = set(range(FIRST_UPDATE, self.world.updates._next)) - {each.id for each in self.world.updates.all()}
        async with self.database.read() as tx:
            stored = set((await tx.execute(select(inbox_rows.c.update_id))).scalars())
            self.lost |= confirmed - stored
            for _, payload, _ in await inbox.waiting(tx, self.community):
                self.in_flight[chat_of(orjson.loads(payload))] += 1
            self.sending.update((await tx.execute(select(claims.c.notice))).scalars())
            taken = await tx.execute(
                select(signup_rows.c.activity, signup_rows.c.day).where(signup_rows.c.state.in_(("going", "offered")))
            )
            self.most_seats = max([self.most_seats, *Counter((row.activity, row.day) for row in taken).values()])
