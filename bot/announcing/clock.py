"""What happens with announcements by itself: their time comes, deliveries are written, late joiners, their end."""

from __future__ import annotations

from datetime import datetime

from bot.announcing.reaching import resolve
from bot.core.announcing.model import Announcement
from bot.core.announcing.timing import is_time, life_of, planned_for
from bot.core.model import Occurrence
from bot.services import Services
from bot.store import announcements, audiences, deliveries, notices
from bot.store.database import Tx
from bot.store.notices import NewNotice


async def tick(services: Services, now: datetime) -> None:
    """Looks at what is awake. Each step is a transaction of its own, and goes on where a crash left it."""
    async with services.database.read() as tx:
        awake = await announcements.awake(tx, services.community, now)
    for each in awake:
        if each.state == "planned":
            await _its_time(services, each, now)
        elif each.state == "sending" and each.queued is None:
            await write_all(services, each, now)
        elif each.state in ("sending", "sent"):
            await _go_on(services, each, now)
    if awake:
        services.many.set()


def occurrence_of(services: Services, announcement: Announcement) -> Occurrence | None:
    """The occurrence that an announcement hangs on, as it stands now."""
    if announcement.activity is None or announcement.day is None:
        return None
    return services.guide.occurrence(announcement.activity, announcement.day)


async def _its_time(services: Services, announcement: Announcement, now: datetime) -> None:
    found = occurrence_of(services, announcement)
    at = planned_for(announcement, found)
    match is_time(at, now):
        case "off":
            async with services.database.write() as tx:
                await announcements.note(tx, announcement, state="cancelled", ended=now)
                await _tell_author(tx, announcement, "announcement_off", now)
            services.hurry.set()
        case "wait":
            if at != announcement.due:  # its activity was moved
                async with services.database.write() as tx:
                    await announcements.note(tx, announcement, due=at)
        case "now":
            await begin(services, announcement, now)


async def begin(services: Services, announcement: Announcement, now: datetime) -> None:
    """Sending begins: its life is fixed, and its deliveries are written."""
    async with services.database.write() as tx:
        current = await announcements.one(tx, services.community, announcement.id)
        if current is None or not current.is_open:
            return
        until = life_of(current, now, occurrence_of(services, current))
        begun = await announcements.note(tx, current, state="sending", started=now, until=until)
    await write_all(services, begun, now)


async def write_all(services: Services, announcement: Announcement, now: datetime) -> None:
    """Writes the deliveries in the order of the persons, a few thousand at once; a crash goes on after the last."""
    after = 0
    async with services.database.read() as tx:
        chosen = await resolve(tx, services, announcement)
    while True:
        async with services.database.write() as tx:
            upto = await audiences.next_range(tx, services.community, after)
            if upto is None:
                await announcements.note(tx, announcement, queued=after)
                break
            await audiences.write_deliveries(tx, services.database, announcement, chosen, now, after=after, upto=upto)
        after = upto
        services.many.set()
    services.many.set()


async def _go_on(services: Services, announcement: Announcement, now: datetime) -> None:
    """Late joiners come in, what is too late ends, and the author is told when nothing waits any more."""
    over = announcement.until is not None and announcement.until <= now
    if over or announcement.late_joiners:
        async with services.database.write() as tx:
            if over:
                await deliveries.end_all(tx, services.community, announcement.id, "late", now)
            elif await _let_in(tx, services, announcement, now) and announcement.state == "sent":
                await announcements.note(tx, announcement, state="sending", ended=None)
                return
    if announcement.state != "sending":
        return
    async with services.database.read() as tx:
        if await deliveries.any_open(tx, services.community, announcement.id):
            return
    async with services.database.write() as tx:
        await announcements.note(tx, announcement, state="sent", ended=now)
        await _tell_author(tx, announcement, "announced", now)
    services.hurry.set()


async def _let_in(tx: Tx, services: Services, announcement: Announcement, now: datetime) -> int:
    chosen = await resolve(tx, services, announcement)
    return await audiences.write_deliveries(
        tx, services.database, announcement, chosen, now, since=announcement.started
    )


async def _tell_author(tx: Tx, announcement: Announcement, kind: str, now: datetime) -> None:
    if announcement.author is None:
        return
    key, content = f"{announcement.id}", {"announcement": announcement.id}  # once, also when late joiners come
    await notices.add(tx, announcement.community, [NewNotice(announcement.author, kind, key, now, content)])
