"""The demo's clock: it ticks like the real one, and can be moved forward."""

from __future__ import annotations

import json
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path


class DemoClock:
    """Called, it gives the demo's now (aware, UTC): `start`, plus the real time since, plus what it was moved.

    With a `path` the offset is written there at once and at each move, whole or not at all (a new file renamed over
    the old), so that another process can follow it. The file is UTF-8 JSON:

        {"offset_seconds": 12345.678}

    and the demo's now is the system's UTC clock plus that many seconds (it may be negative). `frozen` stops the
    ticking, for tests; a frozen clock has no offset, so it takes no path.
    """

    def __init__(self, path: Path | None, start: datetime, *, frozen: bool = False) -> None:
        if start.tzinfo is None:
            raise ValueError("the demo's clock starts at an aware datetime")
        if frozen and path is not None:
            raise ValueError("a frozen clock cannot be followed through a file")
        self._path = path
        self._start = start.astimezone(UTC)
        self._at = self._start if frozen else None
        self._offset = 0.0
        self.restart()

    def __call__(self) -> datetime:
        if self._at is not None:
            return self._at
        return datetime.fromtimestamp(time.time() + self._offset, UTC)

    def set(self, at: datetime) -> None:
        """Move to `at` (aware). Raises ValueError where that lies in the past; a second late is not late."""
        now = self()
        if at < now - timedelta(seconds=1):
            raise ValueError("the clock only moves forward")
        if at > now:
            self._move(at.astimezone(UTC))

    def advance(self, delta: timedelta) -> None:
        """Move forward. Raises ValueError where `delta` is negative."""
        self.set(self() + delta)

    def restart(self) -> None:
        """Back to the start: only for a world that is emptied too."""
        self._move(self._start)

    def _move(self, at: datetime) -> None:
        if self._at is not None:
            self._at = at
            return
        self._offset = at.timestamp() - time.time()
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            new = self._path.with_name(f"{self._path.name}.{os.getpid()}.new")
            new.write_text(json.dumps({"offset_seconds": self._offset}), encoding="utf-8")
            new.replace(self._path)
