"""The inbox: an update is stored before it is confirmed, answered in its chat's order, kept until it is answered."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Literal

import orjson
import structlog

from bot.clock import Clock
from bot.store import inbox
from bot.store.database import Database, Tx, is_out_of_order, reason_of

log = structlog.get_logger(__name__)

MOST_ATTEMPTS = 3
"""Failures of an update, and lost answers to it, after which it is not tried again."""

MARKS_AFTER = 0.02
"""Seconds in which answered updates are gathered: one commit marks them all. A crash repeats those answers at most."""

AT_ONCE = 64
"""Chats that are answered side by side."""

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds before something is tried again; doubled each time."""

COMPLAINS_EVERY = 60.0
"""Seconds between two log lines about a database that stays out of order."""

RAW = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Failed:
    """The update could not be answered, and trying it again may not help. `reason` names no person."""

    reason: str


Verdict = Literal["done", "again", "unsure"] | Failed
"""`again`: something stood in the way that is not the update's fault, so it is tried for as long as it takes.
`unsure`: the answer was sent and may have arrived, so it is repeated, but not for ever."""

Handle = Callable[[RAW], Awaitable[Verdict]]
"""Answers one raw update. What it raises counts as a failure."""

GiveUp = Callable[[RAW], Awaitable[None]]
"""Tells the person that their update was set aside."""

KeepToo = Callable[[Tx], Awaitable[None]]
"""Keeps what answering left in memory, in the commit that marks the updates as answered."""


@dataclass(slots=True)
class Waiting:
    """An update in its chat's line; `attempts` counts its failures, also those of earlier processes."""

    number: int
    update: RAW
    attempts: int = 0
    unsure: int = 0


class Inbox:
    """Takes updates in, and hands them out chat by chat. Made once, in the loop that runs it."""

    def __init__(
        self,
        database: Database,
        community: str,
        clock: Clock,
        handle: Handle,
        give_up: GiveUp,
        keep_too: KeepToo | None = None,
    ) -> None:
        self._database = database
        self._community = community
        self._clock = clock
        self._handle = handle
        self._give_up = give_up
        self._keep_too = keep_too
        self._lines: dict[int, deque[Waiting]] = {}
        self._known: set[int] = set()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self._arrived: list[tuple[RAW, asyncio.Future[None]]] = []
        self._answered: list[int] = []
        self._marking = asyncio.Lock()
        self._writing: dict[str, asyncio.Task[None]] = {}
        self._closing = False
        self._complained = -COMPLAINS_EVERY

    @property
    def busy(self) -> int:
        """Updates that are not answered yet."""
        return len(self._known)

    async def recover(self) -> int:
        """Takes up what lies unanswered and is not in line here: a dead process left it, or it is replayed."""
        async with self._marking:  # else what is marked while we read would be taken up again
            async with self._database.read() as tx:
                left = await inbox.waiting(tx, self._community)
            fresh = [row for row in left if row[0] not in self._known]
            for number, payload, attempts in fresh:
                self._line_up(Waiting(number, orjson.loads(payload), attempts))
        return len(fresh)

    async def confirmed(self) -> int | None:
        """The last update that Telegram was told we have; None on the first start."""
        async with self._database.read() as tx:
            return await inbox.confirmed(tx, self._community)

    async def take(self, updates: Sequence[RAW], *, polled: bool) -> None:
        """Stores a batch in one commit; when this returns, it may be confirmed. Known updates are passed over.

        Raises what the database raises: then nothing is stored, and nothing may be confirmed.
        """
        by_number = {int(update["update_id"]): update for update in updates}
        payloads = {number: orjson.dumps(update).decode() for number, update in by_number.items()}
        coming = by_number.keys() - self._known
        self._known |= coming  # before they lie in the database, where `recover` would find them
        fresh: set[int] = set()
        try:
            async with self._database.write() as tx:
                fresh = await inbox.keep(tx, self._community, payloads, self._clock())
                if polled:
                    await inbox.confirm(tx, self._community, max(payloads))
        except BaseException as error:
            self._known -= coming
            if isinstance(error, Exception):
                self._complain("updates cannot be stored, so none is confirmed: Telegram keeps them", error)
            raise
        self._known -= coming - fresh
        for number in sorted(fresh & coming):
            self._line_up(Waiting(number, by_number[number]))

    async def take_one(self, update: RAW) -> None:
        """Stores one update of a webhook, in one commit with those that arrive meanwhile. Raises as `take` does."""
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._arrived.append((update, stored))
        self._write("arrived", self._store_arrived)
        await stored

    async def _store_arrived(self) -> None:
        while self._arrived:
            batch, self._arrived = self._arrived, []
            failure: BaseException | None = None
            try:
                await self.take([update for update, _ in batch], polled=False)
            except BaseException as error:  # noqa: BLE001 # whatever it is, each sender is told, and sends again
                failure = error
            for _, stored in batch:
                if stored.done():
                    continue
                if failure is None:
                    stored.set_result(None)
                else:
                    stored.set_exception(failure if isinstance(failure, Exception) else ConnectionAbortedError())
            if failure is not None and not isinstance(failure, Exception):
                raise failure

    def _line_up(self, waiting: Waiting) -> None:
        chat = chat_of(waiting.update)
        self._known.add(waiting.number)
        line = self._lines.get(chat)
        if line is not None:
            line.append(waiting)
            return
        self._lines[chat] = deque([waiting])
        self._keep(asyncio.create_task(self._serve(chat)))

    async def _serve(self, chat: int) -> None:
        """Answers one chat's updates, one after another, and goes."""
        line = self._lines[chat]
        async with self._room:
            while line and not self._closing:
                await self._answer(line[0])
                line.popleft()
        del self._lines[chat]

    async def _answer(self, waiting: Waiting) -> None:
        """Tries until the update is answered, set aside, or we close; only then the chat's next has its turn."""
        pause = FIRST_PAUSE
        while not self._closing:
            verdict = await self._try(waiting.update)
            if verdict == "unsure":
                waiting.unsure += 1
            if verdict == "done" or waiting.unsure >= MOST_ATTEMPTS:
                self._answered.append(waiting.number)
                self._write("answered", self._mark_answered)
                return
            if isinstance(verdict, Failed):
                waiting.attempts += 1
                await self._persist(partial(self._note_failure, waiting, verdict.reason))
                if waiting.attempts >= MOST_ATTEMPTS:
                    await self._set_aside(waiting)
                    return
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE, pause * 2)

    async def _try(self, update: RAW) -> Verdict:
        try:
            return await self._handle(update)
        except Exception as error:
            if is_out_of_order(error):
                self._complain("an update cannot be answered; it is tried again", error)
                return "again"
            log.exception("update failed", update=update["update_id"])
            return Failed(type(error).__name__)

    async def _note_failure(self, waiting: Waiting, reason: str) -> None:
        aside = waiting.attempts >= MOST_ATTEMPTS
        async with self._database.write() as tx:
            await inbox.failed(tx, self._community, waiting.number, reason, waiting.attempts, aside=aside)

    async def _set_aside(self, waiting: Waiting) -> None:
        self._known.discard(waiting.number)
        log.error("update set aside; see `python -m bot inbox list`", update=waiting.number)
        try:
            await self._give_up(waiting.update)
        except Exception:  # it lies aside whether or not the person could be told
            log.exception("the person could not be told that their update was set aside", update=waiting.number)

    async def _mark_answered(self) -> None:
        while self._answered:
            if not self._closing:
                await asyncio.sleep(MARKS_AFTER)
            async with self._marking:
                batch = list(self._answered)
                await self._persist(partial(self._done, batch))
                del self._answered[: len(batch)]
                self._known.difference_update(batch)

    async def _done(self, batch: Sequence[int]) -> None:
        async with self._database.write() as tx:
            await inbox.done(tx, self._community, batch)
            if self._keep_too is not None:
                await self._keep_too(tx)

    async def _persist(self, write: Callable[[], Awaitable[None]]) -> None:
        """Writes what has happened; a database that is out of order is waited for, as it cannot be undone."""
        pause = FIRST_PAUSE
        while True:
            try:
                await write()
            except Exception as error:
                if not is_out_of_order(error):
                    raise
                self._complain("what was answered cannot be marked; it is tried again", error)
            else:
                return
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE, pause * 2)

    def _complain(self, what: str, error: Exception) -> None:
        """One clear line a minute, however many updates meet the same trouble."""
        if time.monotonic() - self._complained >= COMPLAINS_EVERY:
            self._complained = time.monotonic()
            log.error(what, database=self._database.name, cause=reason_of(error))

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

    async def close(self, within: float = 0.0) -> None:
        """Begins no further answer, gives those under way `within` seconds, then stops. The rest lies stored."""
        self._closing = True
        end = time.monotonic() + within
        while self._tasks and (left := end - time.monotonic()) > 0:  # what is answered is marked by a task of its own
            await asyncio.wait(set(self._tasks), timeout=left)
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
        for owner in (message.get("chat") if isinstance(message, dict) else None, body.get("from"), body.get("user")):
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
