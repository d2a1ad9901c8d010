"""Those who have a seat in an activity that was changed: told what is new for them, their reminders moved with it."""

from __future__ import annotations

from datetime import date, datetime

from bot.core.model import Change, Occurrence
from bot.core.query import code
from bot.core.quiet import is_urgent
from bot.guide import Guide
from bot.reminders import move_asked
from bot.signups import replan, settle
from bot.store import communities, notices, signups
from bot.store.database import Tx
from bot.store.notices import NewNotice


async def tell_concerned(tx: Tx, old: Guide, new: Guide, number: int, now: datetime) -> int:
    """Compares each time with sign-ups as it was and as it will be; gives how many people are told of something.

    The caller holds the line. A day on which it is held no more counts as cancelled: a change keeps it, so that it
    can be told.
    """
    told = 0
    for day in await signups.days_of(tx, new.community.id, number):
        before = _time(old, number, day, now)
        if before is None or before.start <= now or before.state == "cancelled":
            continue
        after = _time(new, number, day, now)
        if after is None:
            lost = Change(number, before.day, before.start, before.end, cancelled=True)
            await communities.save_change(tx, new.community.id, lost)
            after = Occurrence(number, before.day, before.start, before.end, "cancelled")
        told += await _tell(tx, old, new, day, before, after, now)
        if after.state == "on":
            await settle(tx, new, number, day, now)
    return told


def _time(guide: Guide, number: int, day: date, now: datetime) -> Occurrence | None:
    """The time that a seat of this day is for: of a course, its next evening."""
    activity = guide.activities[number]
    if activity.sign_up != "course":
        return guide.occurrence(number, day)
    coming = guide.coming(number, now)
    return coming[0] if coming else None


async def _tell(
    tx: Tx, old: Guide, new: Guide, seat: date, before: Occurrence, after: Occurrence, now: datetime
) -> int:
    kinds = _news(old, new, before, after)
    if not kinds:
        return 0
    number, community = before.activity, new.community.id
    if "moved" in kinds and new.activities[number].sign_up != "course":
        await signups.move_start(tx, community, number, seat, after.start)
    await replan(tx, new, number, seat, now)
    await move_asked(tx, new, number, after.day, now)
    venue = old.activities[number].venue
    content = {
        "activity": number,
        "day": seat.isoformat(),
        "on": after.day.isoformat(),
        "old": before.start.isoformat(),
        "old_end": before.end.isoformat(),
        "old_place": f"{venue.name}, {venue.address}",
    }
    urgent = is_urgent(now, before.start)
    held = [
        each
        for each in await signups.of_occurrence(tx, community, number, seat)
        if each.state in ("going", "waiting", "offered")
    ]
    wanted = [
        NewNotice(each.person, kind, f"{number}/{after.day}/{kind}/{mark}", now, content, before.end, urgent=urgent)
        for each in held
        for kind, mark in kinds.items()
    ]
    await notices.add(tx, community, wanted)
    return len(held)


def _news(old: Guide, new: Guide, before: Occurrence, after: Occurrence) -> dict[str, str]:
    """What is told, with what makes its notice single."""
    if after.state == "cancelled":
        return {"cancelled": before.start.isoformat()}
    was, will = old.activities[before.activity], new.activities[before.activity]
    news = {}
    if (before.start, before.end) != (after.start, after.end):
        news["moved"] = f"{after.start.isoformat()}/{after.end:%H%M}"
    if (was.venue.name, was.venue.address) != (will.venue.name, will.venue.address):
        news["new_place"] = code(f"{will.venue.name}/{will.venue.address}", 6)
    return news
