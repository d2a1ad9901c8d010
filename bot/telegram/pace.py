"""Owns the waiting for a place in Telegram's pace: an `async with` round every call that counts."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Hashable
from types import TracebackType

from telegram.error import RetryAfter

from bot.telegram.errors import NeverLeft, wait_asked_for
from bot.telegram.lanes import ANSWER, Lanes
from bot.telegram.pace_state import ANNOUNCEMENTS_APART, CHAT_SECONDS, NOTICES_APART, Chat, PaceState, Ticket

_SHORTEST_SLEEP = 0.004
"""Seconds. At a thousand messages a second several leave at one waking, which saves most of its cost."""

_APART = (0.0, NOTICES_APART, ANNOUNCEMENTS_APART)
"""How far apart those of a lane leave: an answer at once."""


class Slot:
    """One place: waited for by `async with`, given back when the block ends, however it ends."""

    __slots__ = ("_future", "_pace", "_ticket", "chat", "lane", "turn")

    def __init__(self, pace: Pace, chat: Chat | None, lane: int, turn: Hashable) -> None:
        self._pace = pace
        self._future: asyncio.Future[None] | None = None
        self._ticket: Ticket | None = None
        self.chat = chat
        self.lane = lane
        self.turn = turn

    def gave_up(self) -> bool:
        """Whether who waited for this place was cancelled."""
        return self._future is not None and self._future.cancelled()

    def grant(self, ticket: Ticket) -> None:
        """Gives the place to who waits for it."""
        self._ticket = ticket
        if self._future is not None:
            self._future.set_result(None)

    async def __aenter__(self) -> Slot:
        self._pace.ask(self)
        if self._ticket is None:
            self._future = asyncio.get_running_loop().create_future()
            try:
                await self._future
            except asyncio.CancelledError:
                self._give_back()  # it may have been granted in the same turn of the loop
                raise
        return self

    def _give_back(self) -> None:
        if self._ticket is not None:
            self._pace.returned(self._ticket)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._ticket is None:  # never entered
            return
        if isinstance(error, NeverLeft):
            self._pace.returned(self._ticket)
        elif isinstance(error, RetryAfter):
            self._pace.refused(self._ticket, wait_asked_for(error))
        else:
            self._pace.answered(self._ticket)


class Pace:
    """Telegram's pace for one bot token, in one event loop. See `PaceState` for the rules.

    `rate` is the messages a second allowed in all; `clock` gives monotonic seconds.
    """

    def __init__(
        self, rate: float, clock: Callable[[], float] = time.monotonic, *, chat_seconds: float = CHAT_SECONDS
    ) -> None:
        self.state = PaceState(rate, chat_seconds)
        self._clock = clock
        self._lanes: Lanes[Slot] = Lanes()
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = math.inf

    def slot(self, chat: Chat, lane: int = ANSWER, *, message: bool = True) -> Slot:
        """A place for one call to `chat`: `async with pace.slot(chat, lane): send`.

        `message` is false for what Telegram does not count in the chat (an edit). A `RetryAfter` raised inside
        slows the pace down; a `NeverLeft` gives the place back at once; anything else counts as sent.
        """
        return Slot(self, chat, lane, chat) if message else Slot(self, None, lane, ("edit", chat))

    async def unpaused(self) -> None:
        """Waits while Telegram has asked for silence; for calls that are not counted."""
        while True:
            wait = self.state.paused_until - self._clock()
            if wait <= 0:
                return
            await asyncio.sleep(wait)

    def pause(self, seconds: float) -> None:
        """Lets nothing leave for `seconds`: a call that is not counted was refused (429)."""
        self.state.pause(seconds, self._clock())

    def ask(self, slot: Slot) -> None:
        """Lets `slot` wait for its turn, which may be now."""
        now = self._clock()
        if not self._lanes and self._may_go(slot, now):
            self._grant(slot, now)
            return
        self._lanes.add(slot)
        self._serve()

    def answered(self, ticket: Ticket) -> None:
        """See `PaceState.answered`."""
        now = self._clock()
        self.state.answered(ticket, now)
        self._answer_came(ticket, now)

    def refused(self, ticket: Ticket, retry_after: float) -> None:
        """See `PaceState.refused`."""
        now = self._clock()
        self.state.refused(ticket, retry_after, now)
        self._answer_came(ticket, now)

    def returned(self, ticket: Ticket) -> None:
        """See `PaceState.returned`."""
        now = self._clock()
        self.state.returned(ticket)
        if self._lanes:
            self._unpark(ticket, now)
            self._serve()

    def _answer_came(self, ticket: Ticket, now: float) -> None:
        """An answer frees nothing before its time is over; who waits is looked at then, or earlier if planned."""
        if self._lanes:
            self._unpark(ticket, now)
            self._wake_at(now + self.state.held, now)

    def _unpark(self, ticket: Ticket, now: float) -> None:
        if ticket.chat is not None:
            self._lanes.unpark(ticket.chat, self.state.chat_free_at(ticket.chat, now))

    def _may_go(self, slot: Slot, now: float) -> bool:
        if slot.lane != ANSWER and self.state.spread_until() > now:
            return False
        return self.state.ready_at(slot.chat, now) <= now

    def _grant(self, slot: Slot, now: float) -> None:
        slot.grant(self.state.sent(slot.chat, now, apart=_APART[slot.lane]))

    def _serve(self) -> None:
        """Gives the free places to those whose turn it is, and sets the timer for the next."""
        state, lanes = self.state, self._lanes
        now = self._clock()
        for _ in range(state.free_places(now)):
            slot = lanes.take(self._chat_free_at, now, spread=state.spread_until() > now)
            if slot is None:
                break
            self._grant(slot, now)
        if lanes:
            self._wake_at(self._next_at(now), now)

    def _chat_free_at(self, slot: Slot, now: float) -> float:
        return self.state.chat_free_at(slot.chat, now)

    def _next_at(self, now: float) -> float:
        """When somebody may be served next, as far as is known; infinity where an answer must come first."""
        free = self.state.free_at(now)
        first = self._lanes.next_at()
        if self._lanes.anybody(range(1)):
            first = now
        elif self._lanes.anybody(range(1, 3)):
            first = min(first, self.state.spread_until())
        return max(free, first)

    def _wake_at(self, at: float, now: float) -> None:
        """Serves again at `at`, unless that is planned for earlier: serving too early costs less than planning anew."""
        if at >= self._timer_at:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer_at = at
        self._timer = asyncio.get_running_loop().call_later(max(_SHORTEST_SLEEP, at - now), self._ring)

    def _ring(self) -> None:
        self._timer = None
        self._timer_at = math.inf
        self._serve()
