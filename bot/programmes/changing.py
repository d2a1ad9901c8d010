"""A pack changes a cohort in which people sit: each is told once, reminders follow, and nothing they did is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from bot.core.model import Activity
from bot.core.pack import digest_of
from bot.guide import Guide
from bot.signups import replan, settle
from bot.store import notices, signups
from bot.store.database import Tx
from bot.store.notices import NewNotice

HELD = ("going", "waiting", "offered")


async def tell_of_changes(tx: Tx, before: Guide, after: Guide, now: datetime) -> int:
    """Compares every cohort with seats as it was and as it is; gives how many people are told of something."""
    told = 0
    known = {each.id: each.number for each in after.activities.values()}
    for old in before.activities.values():
        new = after.activities.get(known.get(old.id, 0))
        if not old.programme or new is None or old.state == "cancelled":
            continue
        changes = _changes(old, new, now)
        if changes:
            told += await _tell(tx, after, old, new, changes, now)
        if old.capacity != new.capacity and new.state == "on":
            await settle(tx, after, new.number, new.schedule.first, now)
    return told


def _changes(old: Activity, new: Activity, now: datetime) -> Mapping[str, object]:
    """What is new for those who take part: other sessions, another place, or that it is not held."""
    if new.state != "on":
        return {"off": True}
    found: dict[str, object] = {}
    was, will = _sessions(old, now), _sessions(new, now)
    if was != will:
        found["days"] = sorted(day.isoformat() for day in will if will[day] != was.get(day))
    if (old.venue.name, old.venue.address) != (new.venue.name, new.venue.address):
        found["venue"] = f"{new.venue.name}, {new.venue.address}"
    return found


def _sessions(activity: Activity, now: datetime) -> dict[date, tuple[str, datetime, datetime]]:
    """The sessions to come: theme, start and end by the day that names them."""
    return {
        day: (activity.themes.get(day, ""), held.start, held.end)
        for day, held in activity.schedule.listed.items()
        if held.start > now
    }


async def _tell(
    tx: Tx, guide: Guide, old: Activity, new: Activity, changes: Mapping[str, object], now: datetime
) -> int:
    community, number = guide.community.id, new.number
    seat_day, first = old.schedule.first, new.schedule.first
    if seat_day != first and new.state == "on":
        await signups.rename_day(tx, community, number, seat_day, first)
    held = [each for each in await signups.of_occurrence(tx, community, number, first) if each.state in HELD]
    for day in {seat_day, first}:
        await notices.drop(tx, community, f"{number}/{day}/", kinds=("day_before", "two_hours", "follow_up"))
    if new.state == "on":
        await replan(tx, guide, number, first, now)
    key = f"{number}/changed/{digest_of(changes, _kept(new))[:16]}"
    wanted = [NewNotice(each.person, "programme_changed", key, now, {"activity": number, **changes}) for each in held]
    await notices.add(tx, community, wanted)
    return len(held)


def _kept(activity: Activity) -> Iterable[tuple[str, str]]:
    """What makes this change of it another than the next."""
    return [(day.isoformat(), str(held.start)) for day, held in activity.schedule.listed.items()]
