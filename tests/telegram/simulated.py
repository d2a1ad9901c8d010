"""A Telegram in virtual time: hours of sending in a moment, its limits as strict as its FAQ can be read."""

from __future__ import annotations

import asyncio
import math
import random
import selectors
from collections import defaultdict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from telegram.error import RetryAfter

from bot.telegram.pace_state import Chat, is_group

_ROUNDING = 1e-9


class _NoWaiting(selectors.SelectSelector):
    """Waits by moving the loop's clock."""

    loop: VirtualLoop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready and timeout is None:
            raise RuntimeError("Everybody waits and nothing will ever happen: a deadlock")
        if not ready and timeout:
            self.loop.now += timeout
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose seconds cost nothing. A deadlock raises instead of hanging."""

    def __init__(self) -> None:
        self.now = 1000.0
        selector = _NoWaiting()
        selector.loop = self
        super().__init__(selector)

    def time(self) -> float:
        return self.now


def in_virtual_time(main: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Runs `main` in a loop of its own."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(main())


def now() -> float:
    """The loop's virtual time."""
    return asyncio.get_running_loop().time()


@dataclass(slots=True)
class Telegram:
    """Takes at most `limit` messages in any second, one a second for a chat, 20 in any minute for a group.

    `there` and `back` are the bounds of the way in seconds, each way drawn anew.
    """

    limit: int
    there: tuple[float, float] = (0.0, 0.0)
    back: tuple[float, float] = (0.0, 0.0)
    seed: int = 0
    accepted: list[tuple[float, Chat]] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    hurried: int = 0
    """Requests that left between a refusal's arrival and the time it named."""
    later: tuple[float, tuple[float, float], tuple[float, float]] | None = None
    """From this virtual time on the ways have these bounds."""
    _silences: list[tuple[float, float]] = field(default_factory=list)
    _recent: list[float] = field(default_factory=list)
    _of_chat: dict[Chat, list[float]] = field(default_factory=lambda: defaultdict(list))
    _random: random.Random = field(default_factory=random.Random)

    def __post_init__(self) -> None:
        self._random.seed(self.seed)

    async def send(self, chat: Chat, *, in_chat: bool = True) -> None:
        """One request, there and back. Raises `RetryAfter` where it is too many."""
        left = now()
        if self.later and left >= self.later[0]:
            _, self.there, self.back = self.later
        await asyncio.sleep(self._random.uniform(*self.there))
        wait = self._judge(chat, left, in_chat=in_chat)
        await asyncio.sleep(self._random.uniform(*self.back))
        if wait:
            self._silences.append((now(), now() + wait))
            raise RetryAfter(wait)

    def _judge(self, chat: Chat, left: float, *, in_chat: bool) -> int:
        """Accepts (0), or says how many whole seconds to wait."""
        at = now()
        if any(told < left < until - _ROUNDING for told, until in self._silences):
            self.hurried += 1
        self._recent = [t for t in self._recent if t > at - 1 + _ROUNDING]
        waits = [self._recent[-self.limit] + 1 - at] if len(self._recent) >= self.limit else []
        if in_chat:
            waits += self._chat_waits(chat, at)
        if waits:
            self.refused.append(at)
            return max(1, math.ceil(max(waits)))
        self._recent.append(at)
        self.accepted.append((at, chat))
        if in_chat:
            self._of_chat[chat].append(at)
        return 0

    def _chat_waits(self, chat: Chat, at: float) -> list[float]:
        times = self._of_chat[chat]
        waits = [times[-1] + 1 - at] if times and times[-1] > at - 1 + _ROUNDING else []
        if is_group(chat) and len(times) >= 20 and times[-20] > at - 60 + _ROUNDING:
            waits.append(times[-20] + 60 - at)
        return waits

    def most_in_a_second(self) -> int:
        """The largest number of messages accepted in any one second."""
        times = [at for at, _ in self.accepted]
        most, first = 0, 0
        for last, at in enumerate(times):
            while times[first] <= at - 1 + _ROUNDING:
                first += 1
            most = max(most, last - first + 1)
        return most
