"""Updates on their way to the bot: queued, confirmed by offset, awaited by long polling or pushed by webhook."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.demo.botapi.errors import TERMINATED, WEBHOOK_IS_SET
from bot.demo.botapi.records import Json

FIRST_UPDATE = 100_000_001
MOST_AT_ONCE = 100
LONGEST_POLL = 50
ALWAYS = {"message", "edited_message", "callback_query", "my_chat_member"}
"""The kinds made here that come by default; `message_reaction` and `chat_member` must be asked for by name."""

Twice = Literal["", "same", "new"]


@dataclass(slots=True)
class Pending:
    """An update that is not confirmed. `key` is the chat whose order it keeps, `sent` how often it went out."""

    id: int
    key: int
    body: Json
    sent: int = 0


class Updates:
    """The bot's queue of updates.

    `twice`: "same" hands every update out a second time with its update_id after it was confirmed, as Telegram does
    when an answer or a confirmation was lost; "new" also queues it under a new update_id, as a phone's app may.
    """

    def __init__(self) -> None:
        self.twice: Twice = ""
        self.allowed: frozenset[str] | None = None
        self.on_push: Callable[[Pending], None] | None = None
        self._next = FIRST_UPDATE
        self._pending: dict[int, Pending] = {}
        self._waiter: asyncio.Future[bool] | None = None

    def __len__(self) -> int:
        return len(self._pending)

    @property
    def times(self) -> int:
        """How often each update is to be handed out."""
        return 2 if self.twice == "same" else 1

    def wanted(self, kind: str) -> bool:
        """Whether the bot asked for updates of this kind."""
        return kind in (self.allowed if self.allowed is not None else ALWAYS)

    def push(self, kind: str, body: Json, key: int) -> None:
        """Queue an update, twice where `twice` is "new" (a tap makes its own second one: each has its own query)."""
        if not self.wanted(kind):
            return
        for _ in range(2 if self.twice == "new" and kind != "callback_query" else 1):
            update = Pending(self._next, key, {"update_id": self._next, kind: body})
            self._next += 1
            self._pending[update.id] = update
            if self.on_push:
                self.on_push(update)
        self._wake(found=True)

    def all(self) -> list[Pending]:
        """What is not confirmed, oldest first."""
        return list(self._pending.values())

    def holds(self, update: Pending) -> bool:
        """Whether it still waits: it may have been forgotten with the rest."""
        return update.id in self._pending

    def delivered(self, update: Pending) -> None:
        """A webhook took it."""
        self._pending.pop(update.id, None)

    def clear(self) -> None:
        """Forget all; ids go on."""
        self._pending.clear()

    def allow(self, kinds: list[str] | None) -> None:
        """Keep the bot's choice of kinds: None leaves it as it is, an empty list is the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) if kinds else None

    def release(self) -> None:
        """Let a waiting poll answer with what there is (at shutdown, or when a line is cut)."""
        self._wake(found=True)

    async def poll(self, offset: int, limit: int, wait: float, kinds: list[str] | None) -> list[Json]:
        """getUpdates. Raises 409 to an older poll when a newer one comes, and while a webhook is set."""
        if self.on_push:
            raise WEBHOOK_IS_SET
        self._wake(found=False)
        self.allow(kinds)
        self._confirm(offset)
        if not self._pending and wait > 0:
            await self._wait(min(wait, LONGEST_POLL))
        batch = self.all()[: max(1, min(limit, MOST_AT_ONCE))]
        for update in batch:
            update.sent += 1
        return [update.body for update in batch]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            keep = set(list(self._pending)[offset:])
            self._pending = {id_: u for id_, u in self._pending.items() if id_ in keep}
            return
        done = []
        for id_, update in self._pending.items():
            if id_ >= offset:
                break
            if update.sent == 0 or update.sent >= self.times:
                done.append(id_)
        for id_ in done:
            del self._pending[id_]

    async def _wait(self, seconds: float) -> None:
        waiter: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiter = waiter
        try:
            if not await asyncio.wait_for(waiter, seconds):
                raise TERMINATED
        except TimeoutError:
            pass
        finally:
            if self._waiter is waiter:
                self._waiter = None

    def _wake(self, *, found: bool) -> None:
        waiter, self._waiter = self._waiter, None
        if waiter and not waiter.done():
            waiter.set_result(found)
