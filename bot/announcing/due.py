"""When something next happens with announcements by itself."""

from __future__ import annotations

from datetime import datetime

from bot.core.quiet import after_quiet
from bot.store import announcements, deliveries
from bot.store.database import Tx


async def next_due(tx: Tx, community: str) -> datetime | None:
    """When an announcement next begins, or its next delivery is due outside the quiet hours."""
    planned = await announcements.next_due(tx, community)
    waiting = await deliveries.next_due(tx, community)
    delivery = None if waiting is None else waiting[0] if waiting[1] else after_quiet(waiting[0])
    return min((each for each in (planned, delivery) if each is not None), default=None)
