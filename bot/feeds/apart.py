"""Reading a calendar in a process of its own: what would take for ever, or all memory, ends there."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.core.feed import FeedContent, FeedEvent, FeedFault, Unread
from bot.core.model import Held

ROOT = Path(__file__).parent.parent.parent
SECONDS = 20
MEMORY = 1_000_000_000
TOO_HARD = "Reading it takes too long or too much memory: one of its rules has no end."


async def read_apart(content: bytes, now: datetime, *, seconds: float = SECONDS) -> FeedContent:
    """As `bot.feeds.calendar.read_calendar`, within `seconds`. Raises FeedFault."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.feeds.apart", now.isoformat()),
        cwd=ROOT,
        env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT)},  # none of our secrets
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
    )
    try:
        async with asyncio.timeout(seconds):
            told, _ = await process.communicate(content)
    except TimeoutError:
        raise FeedFault("too_hard", TOO_HARD) from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise FeedFault("too_hard", TOO_HARD)
    return _from_plain(json.loads(told))


def _from_plain(plain: Mapping[str, Any]) -> FeedContent:
    if "fault" in plain:
        raise FeedFault(plain["kind"], plain["fault"])
    return FeedContent(
        tuple(
            FeedEvent(
                **{name: each[name] for name in ("uid", "title", "about", "location", "language")},
                times=tuple(
                    Held(datetime.fromisoformat(start), datetime.fromisoformat(end), off)
                    for start, end, off in each["times"]
                ),
                categories=tuple(each["categories"]),
                point=tuple(each["point"]) if each["point"] else None,
            )
            for each in plain["events"]
        ),
        tuple(Unread(*each) for each in plain["unread"]),
    )


def _plain(content: FeedContent) -> dict[str, Any]:
    return {
        "events": [
            {
                **{name: getattr(each, name) for name in ("uid", "title", "about", "location", "language")},
                "times": [[held.start.isoformat(), held.end.isoformat(), held.cancelled] for held in each.times],
                "categories": each.categories,
                "point": each.point,
            }
            for each in content.events
        ],
        "unread": [[each.uid, each.title, each.why] for each in content.unread],
    }


def main() -> None:
    """Reads the file on standard input, writes what it holds, as JSON, on standard output."""
    _limit()
    from bot.feeds.calendar import read_calendar  # noqa: PLC0415 # its library is loaded under the limits too

    try:
        told = _plain(read_calendar(sys.stdin.buffer.read(), datetime.fromisoformat(sys.argv[1])))
    except FeedFault as fault:
        told = {"kind": fault.kind, "fault": str(fault)}
    sys.stdout.write(json.dumps(told))


def _limit() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 # not made for Windows

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
