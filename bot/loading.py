"""Loading a pack into the database: as often as one likes, without touching sign-ups or texts written by hand."""

from __future__ import annotations

from bot.core.pack import Pack
from bot.store import activities, charters, communities
from bot.store.database import Database


async def load_pack(database: Database, pack: Pack) -> bool:
    """Makes the database hold the pack; false where it already did. One transaction: all of it or nothing."""
    community = pack.community.id
    async with database.write() as tx:
        if await communities.digest(tx, community) == pack.digest:
            return False
        await communities.save_community(tx, pack.community, pack.digest)
        await communities.save_places(tx, community, pack.places)
        await communities.save_organisations(tx, community, pack.organisations)
        await charters.save_charter(tx, community, pack.charter)
        for activity in pack.activities:
            await activities.save_activity(tx, community, activity)
        await activities.withdraw_missing(tx, community, [activity.id for activity in pack.activities])
    return True
