"""Telegram's pace: how many sends are accepted overall, in a private chat and in a group, in real time."""

from __future__ import annotations

import math
import time
from collections import defaultdict, deque
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What is accepted. Counted are methods that make messages; edits, answers and chat actions are not.

    `rate` a second overall (any window of one second), `chat` a second in a private chat, `group` a minute in a group.
    `hidden`, where set, is the true overall limit that nobody was told. `ban`: so many seconds after a 429 everything
    is refused. The numbers are those of Telegram's FAQ.
    """

    rate: int = 30
    chat: int = 1
    group: int = 20
    hidden: int | None = None
    ban: float = 0.0


class Gate:
    """Counts accepted sends against the limits. Times are monotonic seconds."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.banned_until = 0.0
        self._all: deque[float] = deque()
        self._chats: dict[int, deque[float]] = defaultdict(deque)
        self._since_sweep = 0

    def refuses(self, chat: int, weight: int = 1, *, group: bool) -> int:
        """0 where a send would be accepted now, else the whole seconds to wait (at least 1)."""
        now = time.monotonic()
        if now < self.banned_until:
            return _whole(self.banned_until - now)
        limits = self.limits
        overall = limits.rate if limits.hidden is None else min(limits.rate, limits.hidden)
        wait = _wait(self._all, now, overall, 1.0, weight)
        most, span = (limits.group, 60.0) if group else (limits.chat, 1.0)
        if most:
            wait = max(wait, _wait(self._chats[chat], now, most, span, min(weight, most)))
        if wait <= 0:
            return 0
        if limits.ban:
            self.banned_until = now + limits.ban
            wait = max(wait, limits.ban)
        return _whole(wait)

    def accepted(self, chat: int, weight: int = 1) -> None:
        """Remember a send that was accepted (an album is one for each item)."""
        now = time.monotonic()
        self._all.extend([now] * weight)
        if self.limits.group or self.limits.chat:
            self._chats[chat].extend([now] * weight)
        self._since_sweep += 1
        if self._since_sweep > 20_000:
            self._since_sweep = 0
            self._forget(now)

    def _forget(self, now: float) -> None:
        for chat in [chat for chat, times in self._chats.items() if not times or times[-1] < now - 60]:
            del self._chats[chat]


def _wait(times: deque[float], now: float, most: int, span: float, weight: int) -> float:
    """Seconds until `weight` more fit into `most` in any `span`; forgets what lies before it."""
    while times and times[0] <= now - span:
        times.popleft()
    over = len(times) + weight - most
    return 0.0 if over <= 0 else times[min(over, len(times)) - 1] + span - now if times else span


def _whole(seconds: float) -> int:
    return max(1, math.ceil(seconds))
