"""What can be made hard: a lost network, flood control, lost answers, server errors."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass(slots=True)
class Trouble:
    """Counts of requests that will go wrong; each one takes one away. An outage may also last real seconds.

    `flood` refuses sends with 429 and `flood_seconds` to wait; `drop` delivers a send and loses the answer;
    `error` answers 500; `outage` cuts the line (every second time it answers 502 as a proxy does).
    """

    flood: int = 0
    flood_seconds: int = 2
    drop: int = 0
    error: int = 0
    outage: int = 0
    outage_until: float = 0.0
    _cuts: int = 0

    def start_outage(self, *, seconds: float = 0.0, count: int = 0) -> None:
        """Cut the line for so many real seconds, or for the next requests."""
        if seconds:
            self.outage_until = time.monotonic() + seconds
        self.outage += count

    def cuts(self) -> bool:
        """Whether this request finds no network."""
        if self.outage > 0:
            self.outage -= 1
            return True
        return bool(self.outage_until) and time.monotonic() < self.outage_until

    def as_proxy(self) -> bool:
        """Whether this cut is told by a proxy's 502 (every second one)."""
        self._cuts += 1
        return self._cuts % 2 == 0

    def takes(self, kind: str) -> bool:
        """Whether a request meets `flood`, `drop` or `error`; one less is left then."""
        left: int = getattr(self, kind)
        if left <= 0:
            return False
        setattr(self, kind, left - 1)
        return True
