"""The inbox: an update is stored before it is confirmed, answered in its chat's order, kept until it is answered."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

import orjson
import structlog

from bot.clock import Clock
from bot.store import inbox
from bot.store.database import Database

log = structlog.get_logger(__name__)

MOST_ATTEMPTS = 3
AT_ONCE = 64
"""Chats that are answered side by side."""

RAW = dict[str, Any]
Verdict = Literal["done", "again", "failed"]

Handle = Callable[[RAW], Awaitable[Verdict]]
"""Answers one raw update: `done`, `again` where Telegram cannot be reached (not the update's fault), or `failed`."""

GiveUp = Callable[[RAW], Awaitable[None]]
"""Tells the person that their update was set aside."""


class Inbox:
    """Takes updates in, and hands them out chat by chat. Made once, in the loop that runs it."""

    def __init__(self, database: Database, community: str, clock: Clock, handle: Handle, give_up: GiveUp) -> None:
        self._database = database
        self._community = community
        self._clock = clock
        self._handle = handle
        self._give_up = give_up
        self._lines: dict[int, deque[tuple[int, RAW, int]]] = {}
        self._known: set[int] = set()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self._arrived: list[tuple[RAW, asyncio.Future[None]]] = []
        self._answered: list[int] = []
        self._writing: dict[str, asyncio.Task[None]] = {}

    @property
    def busy(self) -> int:
        """Updates that are not answered yet."""
        return len(self._known)

    async def recover(self) -> int:
        """Takes up what a process left unanswered; gives how many."""
        async with self._database.read() as tx:
            left = await inbox.waiting(tx, self._community)
        for number, payload, attempts in left:
            if number not in self._known:
                self._line_up(number, orjson.loads(payload), attempts)
        return len(left)

    async def confirmed(self) -> int | None:
        """The last update that Telegram was told we have; None on the first start."""
        async with self._database.read() as tx:
            return await inbox.confirmed(tx, self._community)

    async def take(self, updates: Sequence[RAW], *, polled: bool) -> None:
        """Stores a batch in one commit; when this returns, it may be confirmed. Known updates are passed over."""
        payloads = {int(update["update_id"]): orjson.dumps(update).decode() for update in updates}
        async with self._database.write() as tx:
            fresh = await inbox.keep(tx, self._community, payloads, self._clock())
            if polled:
                await inbox.confirm(tx, self._community, max(payloads))
        for update in sorted(updates, key=lambda each: int(each["update_id"])):
            number = int(update["update_id"])
            if number in fresh and number not in self._known:
                self._line_up(number, update, 0)

    async def take_one(self, update: RAW) -> None:
        """Stores one update of a webhook, in one commit with those that arrive meanwhile."""
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._arrived.append((update, stored))
        self._write("arrived", self._store_arrived)
        await stored

    async def _store_arrived(self) -> None:
        while self._arrived:
            batch, self._arrived = self._arrived, []
            try:
                await self.take([update for update, _ in batch], polled=False)
            except Exception as error:  # noqa: BLE001 # whatever it is, each sender is told, and Telegram sends again
                for _, stored in batch:
                    if not stored.done():
                        stored.set_exception(error)
            else:
                for _, stored in batch:
                    if not stored.done():
                        stored.set_result(None)

    def _line_up(self, number: int, update: RAW, attempts: int) -> None:
        chat = chat_of(update)
        self._known.add(number)
        line = self._lines.get(chat)
        if line is not None:
            line.append((number, update, attempts))
            return
        self._lines[chat] = deque([(number, update, attempts)])
        self._keep(asyncio.create_task(self._serve(chat)))

    async def _serve(self, chat: int) -> None:
        """Answers one chat's updates, one after another, and goes."""
        line = self._lines[chat]
        async with self._room:
            while line:
                number, update, attempts = line[0]
                await self._answer(number, update, attempts)
                line.popleft()
        del self._lines[chat]

    async def _answer(self, number: int, update: RAW, attempts: int) -> None:
        pause = 0.5
        while True:
            verdict = await self._handle(update)
            if verdict == "done":
                self._answered.append(number)
                self._write("answered", self._mark_answered)
                return
            if verdict == "failed":
                attempts += 1
                aside = attempts >= MOST_ATTEMPTS
                async with self._database.write() as tx:
                    await inbox.failed(tx, self._community, number, f"failed {attempts} times", aside=aside)
                if aside:
                    self._known.discard(number)
                    log.error("update set aside", update=number)
                    await self._give_up(update)
                    return
            await asyncio.sleep(pause)
            pause = min(30.0, pause * 2)

    async def _mark_answered(self) -> None:
        while self._answered:
            batch, self._answered = self._answered, []
            async with self._database.write() as tx:
                await inbox.done(tx, self._community, batch)
            self._known.difference_update(batch)

    def _write(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """One writer of each kind at a time: what comes while it commits goes in its next commit."""
        task = self._writing.get(name)
        if task is None or task.done():
            self._writing[name] = asyncio.create_task(_run(work))
            self._keep(self._writing[name])

    def _keep(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self) -> None:
        """Waits until everything taken in is answered and marked."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def close(self) -> None:
        """Stops at once; what is unanswered lies in the database."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def _run(work: Callable[[], Awaitable[None]]) -> None:
    await work()


def chat_of(update: Mapping[str, Any]) -> int:
    """The chat whose order an update must keep: the chat's, else the person's; 0 for what belongs to nobody."""
    for kind, body in update.items():
        if kind == "update_id" or not isinstance(body, dict):
            continue
        message = body.get("message") if kind == "callback_query" else body
        for owner in ((message or {}).get("chat"), body.get("from"), body.get("user")):
            if isinstance(owner, dict) and isinstance(owner.get("id"), int):
                return int(owner["id"])
    return 0


async def set_aside(database: Database, community: str) -> tuple[tuple[int, str, datetime], ...]:
    """Updates that failed three times: number, error, when they came."""
    async with database.read() as tx:
        return tuple((row.update_id, row.error, row.received_at) for row in await inbox.set_aside(tx, community))


async def replay(database: Database, community: str, numbers: Sequence[int]) -> int:
    """Puts updates that were set aside back in line for the running bot's next look; gives how many."""
    async with database.write() as tx:
        return await inbox.replay(tx, community, numbers)
