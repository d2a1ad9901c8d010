"""Calendars that are subscribed to: fetched in their time, taken whole or not at all, their troubles told."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.cases import not_yours
from bot.core.activity_record import schedule_record
from bot.core.feed import (
    FaultKind,
    FeedContent,
    FeedEvent,
    FeedFault,
    Unread,
    activity_id,
    called_off,
    is_ours,
    listed,
    loses_too_much,
)
from bot.core.feed_activity import NoPlace, activity_of
from bot.core.model import Activity, Reader, Schedule
from bot.core.say import Button, Message, Text, label, say, say_many
from bot.core.topics import Topics
from bot.feeds.apart import read_apart
from bot.feeds.fetching import fetch
from bot.guide import Guide, load_guide
from bot.importing import tell_of_changes
from bot.services import Services
from bot.store import activities, feeds, signups
from bot.store.database import Database, Tx
from bot.store.feeds import Feed
from bot.topics import read_topics

log = structlog.get_logger(__name__)

EVERY = timedelta(hours=6)
SPREAD = timedelta(minutes=30)
WHOLE_AGAIN = timedelta(days=7)
"""After so long it is asked for whole, changed or not: series are known 400 days ahead, and the days go by."""

MOST_TITLES = 10
LOOKED_EVERY = 60.0
"""Seconds between two looks at what is due."""

SOONEST_AGAIN = timedelta(minutes=30)
LATEST_AGAIN = timedelta(days=1)
PASSING: frozenset[FaultKind] = frozenset({"down", "slow"})
"""What may be over at the next try, and is told only when it was not."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a reading of a feed changed: activities new, changed and gone, and people told of something."""

    new: int = 0
    changed: int = 0
    gone: int = 0
    told: int = 0
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class Trouble:
    """A calendar that needs a person: why it is not taken (None: it is), since when, and how many events are no use."""

    feed: str
    kind: FaultKind | None
    since: datetime | None
    unread: int


async def follow(services: Services) -> None:
    """Fetches what is due, and again a minute later, for ever: one that hangs keeps nobody waiting but calendars."""
    while True:
        try:
            await fetch_due(services)
        except Exception:  # whatever it is, the bot goes on and the next minute tries again
            log.exception("fetching calendars failed")
        await asyncio.sleep(LOOKED_EVERY)


async def fetch_due(services: Services) -> int:
    """Fetches every calendar whose time has come; gives how many. What stands in the way of one is logged."""
    database, community, now = services.database, services.community, services.clock()
    async with database.read() as tx:
        due = await feeds.due(tx, community, now)
    for feed in due:
        try:
            taken = await refresh(database, community, feed, now, inner=services.settings.inner_feeds)
        except FeedFault as fault:
            log.warning("a calendar could not be taken, nothing was changed", feed=feed.id, why=str(fault))
        else:
            if taken is not None:
                log.info("calendar taken", feed=feed.id, new=taken.new, changed=taken.changed, gone=taken.gone)
    return len(due)


async def refresh(
    database: Database, community: str, feed: Feed, now: datetime, *, inner: bool, accept: bool = False
) -> Taken | None:
    """Fetches and takes one; None where it has not changed. Raises FeedFault when that is kept in its row.

    `accept` believes a feed that suddenly lacks most of what it had.
    """
    whole = accept or feed.fault is not None or feed.taken_at is None or now - feed.taken_at > WHOLE_AGAIN
    try:
        etag, modified = ("", "") if whole else (feed.etag, feed.modified)
        got = await fetch(feed.url, etag=etag, modified=modified, inner=inner)
        if got.content is None:
            async with database.write() as tx:
                await feeds.unchanged(tx, community, feed, now + _pause(feed))
            return None
        content = await read_apart(got.content, now)
        return await take(database, community, feed, content, now, accept=accept, etag=got.etag, modified=got.modified)
    except FeedFault as fault:
        again = now + min(SOONEST_AGAIN * 2**feed.failures, LATEST_AGAIN)
        async with database.write() as tx:
            await feeds.went_wrong(tx, community, feed, fault, now, again)
        raise


def _pause(feed: Feed) -> timedelta:
    """Not all at the same minute."""
    return EVERY + SPREAD * (zlib.crc32(feed.id.encode()) % 100) / 100


async def take(
    database: Database, community: str, feed: Feed, content: FeedContent, now: datetime, *,
    accept: bool = False, etag: str = "", modified: str = "",
) -> Taken:  # fmt: skip
    """Makes the database hold what the calendar says, and tells those concerned. One transaction: all or nothing.

    What was changed in chat or written by hand wins, field by field (docs/decisions). Raises FeedFault.
    """
    if any(is_ours(each.uid, community) for each in content.events):
        raise FeedFault(
            "not_a_calendar",
            "It is Brobot's own calendar of this community: what is in it is here already. To change activities or to "
            "bring them back, use a sheet: python -m bot export activities.xlsx, and load it.",
        )
    topics = read_topics()
    async with database.write() as tx:
        await signups.hold_line(tx, community)
        before = await load_guide(tx, community, now, topics)
        if before is None:
            raise FeedFault("loses", f"The community {community} is not in the database. Load its pack first.")
        known = await feeds.known(tx, community, feed.id)
        fit, unread = _fitting(feed, content, known, before, now, topics)
        _believe(known, {*fit, *(activity_id(feed.id, each.uid) for each in unread)}, now, accept=accept)
        for activity in fit.values():
            await _save(tx, community, feed, activity, known)
        kept = {*fit, *(activity_id(feed.id, each.uid) for each in unread)}
        await _call_off(tx, community, {each: known[each] for each in known if each not in kept}, now)
        taken = await _tell(tx, before, now, known, {each for each in known if each not in kept})
        again = now + _pause(feed) if feed.url else None
        await feeds.taken(tx, community, feed, now, again, unread, etag=etag, modified=modified)
    return replace(taken, new=len(set(fit) - set(known)), unread=tuple(unread))


Known = Mapping[str, tuple[int, str, Schedule]]


def _fitting(
    feed: Feed, content: FeedContent, known: Known, guide: Guide, now: datetime, topics: Topics
) -> tuple[dict[str, Activity], list[Unread]]:
    """The activities of the events by id, and the events that cannot be one."""
    fit: dict[str, Activity] = {}
    unread = list(content.unread)
    for event in content.events:
        name = activity_id(feed.id, event.uid)
        schedule = listed(event.times, known[name][2] if name in known else None, now)
        if schedule is None:
            continue  # over before we knew it
        try:
            fit[name] = _activity(feed, event, name, schedule, guide, topics)
        except NoPlace as fault:
            unread.append(Unread(event.uid, event.title, str(fault)))
    return fit, unread


def _activity(feed: Feed, event: FeedEvent, name: str, schedule: Schedule, guide: Guide, topics: Topics) -> Activity:
    return activity_of(event, name, guide.community.id, schedule, feed.defaults, guide.places.values(), topics)


def _believe(known: Known, found: set[str], now: datetime, *, accept: bool) -> None:
    alive = {
        name
        for name, (_, state, schedule) in known.items()
        if state == "on" and any(held.start > now and not held.cancelled for held in schedule.listed.values())
    }
    if not accept and loses_too_much(alive, found):
        raise FeedFault(
            "loses",
            f"It lacks {len(alive - found)} of {len(alive)} activities that are still to come. If that is so: "
            "python -m bot feeds fetch --accept",
        )


async def _save(tx: Tx, community: str, feed: Feed, activity: Activity, known: Known) -> None:
    if activity.id in known:
        number = known[activity.id][0]
        await feeds.outdate_translations(tx, community, number, activity.source, activity.texts[activity.source])
    await activities.save_activity(tx, community, activity, feeds.origin(feed.id))


async def _call_off(tx: Tx, community: str, vanished: Known, now: datetime) -> None:
    for number, _, schedule in vanished.values():
        await feeds.set_schedule(tx, community, number, schedule_record(called_off(schedule, now)))


async def _tell(tx: Tx, before: Guide, now: datetime, known: Known, vanished: set[str]) -> Taken:
    changed, told = await tell_of_changes(tx, before, {name: number for name, (number, _, _) in known.items()}, now)
    gone = len(vanished & changed)
    return Taken(changed=len(changed) - gone, gone=gone, told=told)


async def remove(database: Database, community: str, feed: str, now: datetime, *, keep: bool) -> Taken | None:
    """Ends a subscription; None where there is none. Its activities are called off, or with `keep` become our own."""
    async with database.write() as tx:
        if not await feeds.remove(tx, community, feed):
            return None
        await signups.hold_line(tx, community)
        before = await load_guide(tx, community, now, read_topics())
        known = await feeds.known(tx, community, feed)
        taken = Taken()
        if before is not None and not keep:
            await _call_off(tx, community, known, now)
            taken = await _tell(tx, before, now, known, set(known))
        await feeds.give_away(tx, community, feed)
    return taken


async def troubles(tx: Tx, community: str) -> Sequence[Trouble]:
    """The calendars that need a person, the longest failing first: rows for the coordinators' list of to-dos."""
    found = [
        Trouble(each.id, each.fault, each.failing_since, len(each.unread))
        for each in await feeds.in_trouble(tx, community)
        if each.unread or each.fault not in PASSING or each.failures > 1
    ]
    return sorted(found, key=lambda each: (each.since is None, each.since or 0))


def trouble_line(trouble: Trouble) -> Text:
    """A trouble in a sentence, to a coordinator."""
    name = trouble.feed
    if trouble.kind is None:
        # NOTE: To a coordinator, of a calendar that is read by itself: {name} "ringe-boldklub". So many of its events
        # cannot be shown to people.
        return say_many(
            "Calendar {name}: {n} event cannot be used.", "Calendar {name}: {n} events cannot be used.", trouble.unread,
            name=name,
        )  # fmt: skip
    return {
        # NOTE: To a coordinator, of a calendar that is read by itself: {name} "ringe-boldklub".
        "gone": say("Calendar {name}: it is not there any more.", name=name),
        # NOTE: To a coordinator, of a calendar that is read by itself: {name} "ringe-boldklub".
        "refused": say("Calendar {name}: we may not read it any more.", name=name),
        # NOTE: To a coordinator, of a calendar that is read by itself: {name} "ringe-boldklub".
        "loses": say("Calendar {name}: most of its activities are gone. Is that so?", name=name),
        # NOTE: To a coordinator, of a calendar that is read by itself: {name} "ringe-boldklub".
        "moved": say("Calendar {name}: it has moved to another address.", name=name),
        # NOTE: To a coordinator, of a calendar that is read by itself: {name} "ringe-boldklub".
        "down": say("Calendar {name}: it does not answer.", name=name),
        # NOTE: To a coordinator, of a calendar that is read by itself: {name} "ringe-boldklub".
        "slow": say("Calendar {name}: it does not answer.", name=name),
        # NOTE: To a coordinator, of a calendar that is read by itself: {name} "ringe-boldklub".
    }.get(trouble.kind, say("Calendar {name}: what it sends is no calendar we can use.", name=name))


async def trouble_page(services: Services, reader: Reader, name: str) -> Message:
    """One calendar in trouble: what is wrong, and which of its events cannot be used. Only for coordinators."""
    if not reader.coordinates:
        return not_yours()
    async with services.database.read() as tx:
        found = next((each for each in await troubles(tx, services.community) if each.feed == name), None)
        feed = await feeds.one(tx, services.community, name)
    back = ((Button(label("◀️ Back"), "T:0"),),)
    if found is None or feed is None:
        # NOTE: To a coordinator, of a calendar that is read by itself: {name} "ringe-boldklub".
        return Message((say("Calendar {name}: all is well.", name=name),), back)
    lines: list[Text | str] = [trouble_line(found)]
    # NOTE: To a coordinator, before the titles of events of a calendar that cannot be shown to people.
    lines += ["", say("Not shown:"), *(each.title for each in feed.unread[:MOST_TITLES])] if feed.unread else []
    # NOTE: To a coordinator, of a calendar that cannot be read. Who runs the bot: the technician.
    lines += ["", say("Nothing was changed. Tell the organisation, or who runs the bot.")]
    return Message(lines, back)
