"""Rows of wishes: what somebody wants to be told of when there is one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from bot.store.database import Tx, insert
from bot.store.tables import people, wishes

MOST = 20
"""Wishes of one person; the oldest makes room for the newest."""


async def add(tx: Tx, community: str, person: int, query: str, now: datetime) -> None:
    """Keeps the wish; making it again makes it younger."""
    await tx.execute(
        insert(wishes, tx)
        .values(community=community, person=person, query=query, made_at=now)
        .on_conflict_do_update(index_elements=["community", "person", "query"], set_={"made_at": now})
    )
    kept = (
        select(wishes.c.query)
        .where(wishes.c.community == community, wishes.c.person == person)
        .order_by(wishes.c.made_at.desc())
        .limit(MOST)
    )
    await tx.execute(
        delete(wishes).where(
            wishes.c.community == community, wishes.c.person == person, wishes.c.query.not_in(kept.scalar_subquery())
        )
    )


async def all_open(tx: Tx, community: str) -> tuple[tuple[int, str], ...]:
    """The wishes of all who want messages: person and query, the oldest first."""
    rows = await tx.execute(
        select(wishes.c.person, wishes.c.query)
        .join(people, people.c.id == wishes.c.person)
        .where(wishes.c.community == community, people.c.state == "active")
        .order_by(wishes.c.made_at)
    )
    return tuple((row.person, row.query) for row in rows)


async def of(tx: Tx, community: str, person: int) -> tuple[str, ...]:
    """One person's wishes, the oldest first."""
    rows = await tx.execute(
        select(wishes.c.query)
        .where(wishes.c.community == community, wishes.c.person == person)
        .order_by(wishes.c.made_at)
    )
    return tuple(rows.scalars())


async def remove(tx: Tx, community: str, person: int, query: str) -> None:
    await tx.execute(
        delete(wishes).where(wishes.c.community == community, wishes.c.person == person, wishes.c.query == query)
    )


async def forget_before(tx: Tx, community: str, made: datetime) -> int:
    """Deletes wishes made before; gives how many."""
    done = await tx.execute(delete(wishes).where(wishes.c.community == community, wishes.c.made_at < made))
    return done.rowcount
