"""Whom an announcement reaches: its audience looked up in the guide, and counted as things stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.core.announcing.model import Announcement
from bot.core.announcing.plan import Reach
from bot.core.pack import km_between
from bot.core.schedule import local_day, moment
from bot.services import Services
from bot.store import audiences
from bot.store.audiences import Chosen
from bot.store.database import Tx

MIDNIGHT = time()


async def resolve(tx: Tx, services: Services, announcement: Announcement) -> Chosen:
    """The audience with its towns and activities looked up. Its author is left out: they have written it."""
    wanted, guide = announcement.audience, services.guide
    chosen = Chosen(languages=wanted.languages, role=wanted.role, day=wanted.day, but=announcement.author)
    if wanted.town:
        chosen = replace(chosen, places=_places(services, wanted.town, wanted.km))
    if wanted.band:
        chosen = replace(chosen, persons=await audiences.with_band(tx, services.community, wanted.band))
    if wanted.activity:
        return replace(chosen, activities=frozenset({wanted.activity}))
    if wanted.audience:
        fitting = {number for number, each in guide.activities.items() if wanted.audience in each.audience}
        chosen = replace(chosen, activities=frozenset(fitting))
    return chosen


def _places(services: Services, town: str, km: int) -> frozenset[str]:
    places = services.guide.places
    centre = places.get(town)
    if centre is None:
        return frozenset({town})
    here = (centre.lat, centre.lon)
    return frozenset({town} | {each.id for each in places.values() if km_between(here, (each.lat, each.lon)) <= km})


async def reach(tx: Tx, services: Services, announcement: Announcement, now: datetime) -> Reach:
    """How many would get it in each language, and who would not, as things stand."""
    today = local_day(now)
    rows = await audiences.reach(
        tx,
        services.database,
        services.community,
        await resolve(tx, services, announcement),
        moment(today, MIDNIGHT),
        moment(today - timedelta(days=6), MIDNIGHT),
    )
    return Reach(
        by_language={language: count for language, state, count, _ in rows if state == "active"},
        stopped=sum(count for _, state, count, _ in rows if state == "stopped"),
        blocked=sum(count for _, state, count, _ in rows if state == "blocked"),
        capped=sum(capped for _, state, _, capped in rows if state == "active"),
    )
