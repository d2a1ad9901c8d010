"""Rows of calendar links: who has one, found by the keyed hash of what stands in it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from bot.store.database import Tx, insert
from bot.store.feed_tables import calendar_links


async def keep(tx: Tx, community: str, person: int, token_hash: bytes, now: datetime) -> None:
    """The person's link from now on; one they had before opens nothing any more."""
    row = {"token_hash": token_hash, "made_at": now}
    await tx.execute(
        insert(calendar_links, tx)
        .values(community=community, person=person, **row)
        .on_conflict_do_update(index_elements=["community", "person"], set_=row)
    )


async def remove(tx: Tx, community: str, person: int) -> None:
    await tx.execute(
        delete(calendar_links).where(calendar_links.c.community == community, calendar_links.c.person == person)
    )


async def made_at(tx: Tx, community: str, person: int) -> datetime | None:
    """When the person's link was made; None where they have none."""
    found: datetime | None = await tx.scalar(
        select(calendar_links.c.made_at).where(
            calendar_links.c.community == community, calendar_links.c.person == person
        )
    )
    return found


async def owner(tx: Tx, community: str, token_hash: bytes) -> int | None:
    """Whose link it is; None for one that was never made, or was turned off."""
    found: int | None = await tx.scalar(
        select(calendar_links.c.person).where(
            calendar_links.c.community == community, calendar_links.c.token_hash == token_hash
        )
    )
    return found
