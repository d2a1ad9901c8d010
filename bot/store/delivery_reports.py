"""What became of deliveries, counted, and who was not reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.core.announcing.model import DeliveryState
from bot.store.announcement_tables import deliveries
from bot.store.database import Tx


@dataclass(frozen=True, slots=True)
class Row:
    """How many deliveries are alike. `language` is their readers', `version` that in which it was said."""

    state: DeliveryState
    language: str
    version: str | None
    reason: str | None
    again: bool
    count: int


async def report(tx: Tx, community: str, announcement: int) -> list[Row]:
    """What became of an announcement, counted."""
    columns = (
        deliveries.c.state,
        deliveries.c.language,
        deliveries.c.version,
        deliveries.c.reason,
        deliveries.c.again,
    )
    rows = await tx.execute(
        select(*columns, func.count())
        .where(deliveries.c.community == community, deliveries.c.announcement == announcement)
        .group_by(*columns)
    )
    return [Row(*row) for row in rows]


async def not_reached(
    tx: Tx, community: str, announcement: int, states: Sequence[str], limit: int, skip: int = 0
) -> list[tuple[int, str, str | None]]:
    """Persons who were not reached: number, state, reason."""
    rows = await tx.execute(
        select(deliveries.c.person, deliveries.c.state, deliveries.c.reason)
        .where(
            deliveries.c.community == community,
            deliveries.c.announcement == announcement,
            deliveries.c.state.in_(states),
        )
        .order_by(deliveries.c.person)
        .limit(limit)
        .offset(skip)
    )
    return [(row.person, row.state, row.reason) for row in rows]
