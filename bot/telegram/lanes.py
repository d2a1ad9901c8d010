"""Owns the order of waiting: answers to people before notices before announcements, and in a lane, chats in turn."""

from __future__ import annotations

import heapq
import math
from collections import deque
from collections.abc import Callable, Hashable
from itertools import count
from typing import Generic, Protocol, TypeVar

ANSWER, NOTICE, ANNOUNCEMENT = 0, 1, 2
"""The lanes. An answer is what a person waits for; a notice is due; an announcement can wait."""


class Asking(int):
    """A lane with a last question: when the turn comes, `wanted` says whether the message may still go."""

    wanted: Callable[[], bool]

    def __new__(cls, lane: int, wanted: Callable[[], bool]) -> Asking:
        made = super().__new__(cls, lane)
        made.wanted = wanted
        return made


_PATIENCE = (0, 4, 9)
"""How often a lane is passed over before it goes first once: so the lower lanes have at least 1 of 5 and 1 of 10."""

_IN_ORDER = (ANSWER, NOTICE, ANNOUNCEMENT)
_MIDDLE_FIRST = (NOTICE, ANSWER, ANNOUNCEMENT)
_LAST_FIRST = (ANNOUNCEMENT, ANSWER, NOTICE)


class Waiting(Protocol):
    """What waits: in which turn it stands (a chat's), in which lane, and whether it has given up."""

    @property
    def turn(self) -> Hashable: ...

    @property
    def lane(self) -> int: ...

    def gave_up(self) -> bool: ...


W = TypeVar("W", bound=Waiting)


class Lanes(Generic[W]):
    """Who waits, in which order.

    A turn (a chat) whose time has not come is parked, so that it holds nobody up; it comes back at the time it was
    parked for, or when `unpark` says that its answer came. Each operation costs a logarithm of who waits at most.
    """

    def __init__(self) -> None:
        self._waiting: tuple[dict[Hashable, deque[W]], ...] = ({}, {}, {})
        self._ready: tuple[deque[Hashable], ...] = (deque(), deque(), deque())
        self._parked: list[tuple[float, int, int, Hashable]] = []
        self._until_answered: dict[Hashable, list[int]] = {}
        self._order = count()
        self._passed_over = [0, 0, 0]

    def __bool__(self) -> bool:
        return any(self._waiting)

    def add(self, one: W) -> None:
        """Lets `one` wait behind those of its turn and lane."""
        queues = self._waiting[one.lane]
        queue = queues.get(one.turn)
        if queue is None:
            queue = queues[one.turn] = deque()
            self._ready[one.lane].append(one.turn)
        queue.append(one)

    def unpark(self, turn: Hashable, at: float) -> None:
        """The answer that `turn` waited for has come: it may go on at the time `at`."""
        for lane in self._until_answered.pop(turn, ()):
            heapq.heappush(self._parked, (at, next(self._order), lane, turn))

    def next_at(self) -> float:
        """When the first of the parked turns may go on; infinity where none is parked for a time."""
        return self._parked[0][0] if self._parked else math.inf

    def anybody(self, lanes: range) -> bool:
        """Whether a turn in one of `lanes` is thought to be ready."""
        return any(self._ready[lane] for lane in lanes)

    def take(self, free_at: Callable[[W, float], float], now: float, *, spread: bool) -> W | None:
        """The next that may go, or None. `free_at` says when one's chat allows it; `spread` lets only answers go."""
        while self._parked and self._parked[0][0] <= now:
            _, _, lane, turn = heapq.heappop(self._parked)
            self._ready[lane].append(turn)
        for lane in self._lanes_in_order(spread=spread):
            one = self._take_from(lane, free_at, now)
            if one is not None:
                self._count_who_was_passed_over(lane)
                return one
        return None

    def _lanes_in_order(self, *, spread: bool) -> tuple[int, ...]:
        if spread:
            return (ANSWER,)
        passed_over = self._passed_over
        if passed_over[ANNOUNCEMENT] >= _PATIENCE[ANNOUNCEMENT]:
            return _LAST_FIRST
        return _MIDDLE_FIRST if passed_over[NOTICE] >= _PATIENCE[NOTICE] else _IN_ORDER

    def _count_who_was_passed_over(self, taken: int) -> None:
        self._passed_over[taken] = 0
        for lane in (NOTICE, ANNOUNCEMENT):
            if lane != taken and self._ready[lane]:
                self._passed_over[lane] += 1

    def _take_from(self, lane: int, free_at: Callable[[W, float], float], now: float) -> W | None:
        ready, queues = self._ready[lane], self._waiting[lane]
        while ready:
            turn = ready.popleft()
            queue = queues[turn]
            while queue and queue[0].gave_up():
                queue.popleft()
            if not queue:
                del queues[turn]
                continue
            at = free_at(queue[0], now)
            if at > now:
                self._park(turn, lane, at)
                continue
            one = queue.popleft()
            if queue:
                ready.append(turn)
            else:
                del queues[turn]
            return one
        return None

    def _park(self, turn: Hashable, lane: int, at: float) -> None:
        if at == math.inf:
            self._until_answered.setdefault(turn, []).append(lane)
        else:
            heapq.heappush(self._parked, (at, next(self._order), lane, turn))
