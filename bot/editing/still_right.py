"""“Is it still right?”: the contact person is asked every 90 days; silence is shown, then the activity is paused."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.cases import not_yours
from bot.core.freshness import freshness
from bot.core.model import Activity, Person, Reader
from bot.core.rights import may_edit, organiser_of
from bot.core.say import Message, say
from bot.core.schedule import local_day
from bot.editing.looking import look
from bot.network.matches import tell_coordinators
from bot.services import Services
from bot.signups import gone
from bot.store import activities, communities, notices, people
from bot.store.database import Tx
from bot.store.notices import NewNotice


async def look_through(services: Services, now: datetime) -> None:
    """Once a day: whoever is a contact is asked; what nobody answered for is paused, and coordinators are told."""
    guide = services.guide
    changed = False
    async with services.database.write() as tx:
        asked = await activities.asked_since(tx, services.community)
        await activities.meet_new(tx, services.community, now)  # the guide of the next day will know
        for activity in guide.activities.values():
            if activity.state != "on" or not guide.coming(activity.number, now):
                continue
            where = freshness(activity.confirmed, asked.get(activity.number), now)
            if where == "pause":
                await activities.set_state(tx, services.community, activity.number, "paused")
                content, key = {"activity": activity.number}, f"{activity.number}/paused/{local_day(now)}"
                await tell_coordinators(tx, services.community, "paused_silent", key, content, now)
                changed = True
            elif where in ("ask", "silent") and activity.number not in asked:
                await _ask(tx, services, activity, now)
        if changed:
            await communities.touch(tx, services.community)
    if changed:
        await services.current.refresh(now)
    services.hurry.set()


async def _ask(tx: Tx, services: Services, activity: Activity, now: datetime) -> None:
    those = await contacts_of(tx, services, activity.organisation)
    if not those:
        return
    await activities.set_asked(tx, services.community, activity.number, now)
    key = f"{activity.number}/{local_day(now)}"
    wanted = [NewNotice(each.id, "still_right", key, now, {"activity": activity.number}) for each in those]
    await notices.add(tx, services.community, wanted)


async def contacts_of(tx: Tx, services: Services, organisation: str) -> Collection[Person]:
    """Who agreed to look after an organisation's activities, and may be written to."""
    found = await people.with_role(tx, services.community, organiser_of(organisation))
    return [each for each in found if each.state == "active"]


async def confirm(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """One tap: all of it is right. What was paused is on again."""
    activity = services.guide.activities.get(number)
    if activity is None or not may_edit(reader.person, activity.organisation):
        return gone() if activity is None else not_yours()
    async with services.database.write() as tx:
        await activities.confirm(tx, services.community, [number], now)
        await notices.drop(tx, services.community, f"{number}/", kinds=("still_right", "paused_silent"))
        await communities.touch(tx, services.community)
    await services.current.refresh(now)
    # NOTE: After a contact person said that an activity is still right.
    return await look(services, reader, number, now, [say("🙏 Thank you. It stays as it is.")])
