"""When something next happens by itself, and what."""

from __future__ import annotations

from datetime import datetime

from bot.core.quiet import after_quiet
from bot.core.schedule import local_day
from bot.store import announcements, deliveries, due, notices
from bot.store.database import Tx


async def next_due(tx: Tx, community: str, now: datetime) -> tuple[datetime, str] | None:
    """The next moment, and the kind of a notice or the family of rows; None where nothing is planned.

    Notices are read last: what else falls due becomes one, perhaps while this is read.
    """
    pending = await due.pending(tx, community, now, local_day(now))
    others = (
        (pending.seat, "waiting_list"),
        (pending.case, "case"),
        (pending.match, "match"),
        (pending.interpreting, "interpreter"),
        (await announcements.next_due(tx, community), "announcement"),
        (await _next_delivery(tx, community), "announcement"),
        (pending.meeting, "meeting"),
        (pending.mandate, "meeting"),
    )
    notice = await notices.next_due(tx, community)
    moments = [each for each in (notice, *((at, what) for at, what in others if at)) if each]
    return min(moments, default=None)


async def _next_delivery(tx: Tx, community: str) -> datetime | None:
    """When the next delivery is due, outside the quiet hours where it is not urgent."""
    waiting = await deliveries.next_due(tx, community)
    if waiting is None:
        return None
    at, urgent = waiting
    return at if urgent else after_quiet(at)
