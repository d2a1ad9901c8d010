"""The network's people themselves: where they live now, and who of them can be reached at all."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update

from bot.store.database import Tx
from bot.store.network_tables import requests, volunteers
from bot.store.tables import people


async def move(tx: Tx, community: str, person: int, place: str, now: datetime) -> bool:
    """Writes the new town into the person's open requests and their offer. False where nothing was elsewhere."""
    mine = (requests.c.community == community, requests.c.person == person)
    rows = [
        (requests, requests.c.id == row.id, row.details)
        for row in await tx.execute(
            select(requests.c.id, requests.c.details).where(
                *mine, requests.c.state.in_(("waiting", "paused", "matched"))
            )
        )
    ]
    offer = (volunteers.c.community == community) & (volunteers.c.person == person)
    rows += [
        (volunteers, offer, row.details)
        for row in await tx.execute(select(volunteers.c.details).where(offer, volunteers.c.state != "removed"))
    ]
    changed = [each for each in rows if each[2]["place"] != place]
    for table, which, details in changed:
        values = {"details": {**details, "place": place}, "changed_at": now}
        await tx.execute(update(table).where(table.c.community == community, which).values(**values))
    return bool(changed)


async def out_of_reach(tx: Tx, community: str) -> Collection[int]:
    """Persons of the network who said stop or blocked the bot: nobody can ask them anything now."""
    theirs = select(requests.c.person).where(requests.c.community == community)
    helping = select(volunteers.c.person).where(volunteers.c.community == community)
    rows = await tx.execute(
        select(people.c.id).where(
            people.c.community == community,
            people.c.state != "active",
            people.c.id.in_(theirs.union(helping)),
        )
    )
    return set(rows.scalars())
