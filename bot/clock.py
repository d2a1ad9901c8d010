"""The clock: the only place that asks what time it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


def file_clock(path: Path) -> Clock:
    """A clock that another process moves: the system's, plus `offset_seconds` of the JSON file at `path`.

    The file is replaced atomically by whoever moves the clock (`bot.demo.clock`); it is read again when it changed.
    """
    seen: tuple[int, int] = (0, 0)
    offset = timedelta()

    def now() -> datetime:
        nonlocal seen, offset
        status = path.stat()
        stamp = (status.st_mtime_ns, status.st_ino)
        if stamp != seen:
            offset = timedelta(seconds=float(json.loads(path.read_text("utf-8"))["offset_seconds"]))
            seen = stamp
        return datetime.now(UTC) + offset

    return now
