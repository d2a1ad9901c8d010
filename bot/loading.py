"""Loading a pack into the database: as often as one likes, without touching sign-ups or texts written by hand."""

from __future__ import annotations

from datetime import datetime

from bot.clock import system_clock
from bot.core.pack import Pack
from bot.guide import load_guide
from bot.programmes.changing import tell_of_changes
from bot.store import activities, charters, communities, first_steps, programmes, signups
from bot.store.database import Database
from bot.topics import read_topics


async def load_pack(database: Database, pack: Pack, now: datetime | None = None) -> bool:
    """Makes the database hold the pack; false where it already did. One transaction: all of it or nothing.

    Who takes part in a cohort that it changes is told; `now` (aware) is the real time where nobody says another.
    """
    community, at = pack.community.id, now or system_clock()
    async with database.write() as tx:
        if await communities.digest(tx, community) == pack.digest:
            return False
        before = await load_guide(tx, community, at, read_topics())
        await communities.save_community(tx, pack.community, pack.digest)
        await communities.save_places(tx, community, pack.places)
        await communities.save_organisations(tx, community, pack.organisations)
        await charters.save_charter(tx, community, pack.charter)
        await first_steps.save_steps(tx, community, pack.first_steps)
        await programmes.save_programmes(tx, community, pack.programmes)
        for activity in pack.activities:
            await activities.save_activity(tx, community, activity)
        await activities.withdraw_missing(tx, community, [activity.id for activity in pack.activities])
        after = await load_guide(tx, community, at, read_topics()) if before and before.programmes else None
        if before is not None and after is not None:
            await signups.hold_line(tx, community)
            await tell_of_changes(tx, before, after, at)
    return True
