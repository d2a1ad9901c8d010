"""Owns how long the way to Telegram and back takes at least, as learnt from what was answered. No clock, no await."""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, field

_GENERATION = 512
_GENERATION_SECONDS = 10.0
"""Round trips that are looked at together, and at full rate the seconds they last at least; those of the generation
before count too, older ones are forgotten. A shorter memory takes the second in which a machine stood still for how
long the way is: every message of it waited here, none on its way, and what then left too early was refused."""
_ENOUGH = 100
"""Round trips before which nothing is said."""
_FEW = 10
_DOUBT = 2
"""Twice as far as the tenth shortest lies above the shortest that was seen, the shortest there can be may lie below."""
_LONGEST = 0.25
"""Seconds beyond which nothing is made of it: so far away, other things than the way decide."""


@dataclass(slots=True)
class _Seen:
    count: int = 0
    total: float = 0.0
    shortest: list[float] = field(default_factory=list)
    """The shortest few, in order."""

    def add(self, seconds: float) -> None:
        self.count += 1
        self.total += seconds
        if len(self.shortest) < _FEW or seconds < self.shortest[-1]:
            insort(self.shortest, seconds)
            del self.shortest[_FEW:]


class Ways:
    """Round trips of late, of messages that leave at most at `rate` a second. Memory and time do not grow with them.

    `least` is the seconds that a round trip surely takes, 0 until enough is known; `mean` those it takes on average.
    """

    __slots__ = ("_before", "_generation", "_now", "least", "mean")

    def __init__(self, rate: float) -> None:
        self._generation = max(_GENERATION, rate * _GENERATION_SECONDS)
        self.forget()

    def forget(self) -> None:
        """What was learnt is not true any more."""
        self._now, self._before = _Seen(), _Seen()
        self.least = self.mean = 0.0

    def took(self, seconds: float) -> None:
        """A message was answered so long after it left."""
        if self._now.count >= self._generation:
            self._before, self._now = self._now, _Seen()
        self._now.add(seconds)
        count = self._now.count + self._before.count
        self.mean = (self._now.total + self._before.total) / count
        if count >= _ENOUGH:
            self.least = self._least()

    def _least(self) -> float:
        shortest = sorted((*self._now.shortest, *self._before.shortest))[:_FEW]
        return min(_LONGEST, max(0.0, shortest[0] - _DOUBT * (shortest[-1] - shortest[0])))
