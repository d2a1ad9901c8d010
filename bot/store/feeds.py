"""Rows of feeds: which calendars are read, when next, and how the last reading went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from bot.core.activity_record import read_schedule
from bot.core.feed import FaultKind, FeedFault, Unread
from bot.core.feed_activity import Defaults
from bot.core.model import ActivityText, Schedule, Venue
from bot.store.database import Tx, insert
from bot.store.feed_tables import feeds
from bot.store.tables import activities, activity_texts


@dataclass(frozen=True, slots=True)
class Feed:
    """A subscription. `url` is empty for a calendar that is loaded from a file. `fault` is why it was not taken last,
    `failing_since` since when; `unread` are its events that cannot be used."""

    id: str
    url: str
    defaults: Defaults
    etag: str = ""
    modified: str = ""
    next_at: datetime | None = None
    taken_at: datetime | None = None
    fault: FaultKind | None = None
    told: str = ""
    failing_since: datetime | None = None
    failures: int = 0
    unread: tuple[Unread, ...] = ()


def origin(feed: str) -> str:
    """What an activity's row says of where it comes from."""
    return f"feed/{feed}"


async def add(tx: Tx, community: str, feed: str, url: str, defaults: Defaults, now: datetime) -> None:
    """Adds or changes a subscription; it is fetched at once."""
    row: dict[str, Any] = {"url": url or None, "record": _record(defaults), "next_at": now if url else None}
    anew = {"etag": "", "modified": "", **_SOUND}
    await tx.execute(
        insert(feeds, tx)
        .values(community=community, id=feed, **row)
        .on_conflict_do_update(index_elements=["community", "id"], set_={**row, **anew})
    )


async def remove(tx: Tx, community: str, feed: str) -> bool:
    done = await tx.execute(delete(feeds).where(feeds.c.community == community, feeds.c.id == feed))
    return bool(done.rowcount)


async def every(tx: Tx, community: str) -> tuple[Feed, ...]:
    rows = await tx.execute(select(feeds).where(feeds.c.community == community).order_by(feeds.c.id))
    return tuple(map(_feed, rows))


async def one(tx: Tx, community: str, feed: str) -> Feed | None:
    row = (await tx.execute(select(feeds).where(feeds.c.community == community, feeds.c.id == feed))).first()
    return None if row is None else _feed(row)


async def due(tx: Tx, community: str, now: datetime) -> tuple[Feed, ...]:
    """Those whose time to be fetched has come, the longest due first."""
    rows = await tx.execute(
        select(feeds).where(feeds.c.community == community, feeds.c.next_at <= now).order_by(feeds.c.next_at)
    )
    return tuple(map(_feed, rows))


async def in_trouble(tx: Tx, community: str) -> tuple[Feed, ...]:
    """Those that could not be taken, or hold events that cannot be used; the longest failing first."""
    rows = await tx.execute(select(feeds).where(feeds.c.community == community).order_by(feeds.c.failing_since))
    return tuple(each for each in map(_feed, rows) if each.fault or each.unread)


async def unchanged(tx: Tx, community: str, feed: Feed, next_at: datetime) -> None:
    """It was there and has not changed; what is known of it stays."""
    await _set(tx, community, feed.id, next_at=next_at, **_SOUND)


async def taken(
    tx: Tx, community: str, feed: Feed, now: datetime, next_at: datetime | None, unread: Sequence[Unread],
    *, etag: str = "", modified: str = "",
) -> None:  # fmt: skip
    """It was read, and what it says is what we know."""
    known_by = {"etag": etag, "modified": modified}
    plain = [[each.uid, each.title, each.why] for each in unread]
    await _set(tx, community, feed.id, next_at=next_at, taken_at=now, unread=plain, **known_by, **_SOUND)


_SOUND: Mapping[str, Any] = {"fault": None, "told": "", "failing_since": None, "failures": 0}


async def went_wrong(
    tx: Tx, community: str, feed: Feed, fault: FeedFault, now: datetime, next_at: datetime | None
) -> None:
    """It could not be taken, and nothing was changed."""
    since = feed.failing_since or now
    await _set(
        tx, community, feed.id, next_at=next_at, fault=fault.kind, told=str(fault)[:300], failing_since=since,
        failures=feed.failures + 1,
    )  # fmt: skip


async def _set(tx: Tx, community: str, feed: str, **values: Any) -> None:
    await tx.execute(update(feeds).where(feeds.c.community == community, feeds.c.id == feed).values(**values))


async def known(tx: Tx, community: str, feed: str) -> Mapping[str, tuple[int, str, Schedule]]:
    """Number, state and own schedule of each activity of the feed, by its id: what the feed says, not what was
    changed in chat."""
    rows = await tx.execute(
        select(activities.c.id, activities.c.number, activities.c.state, activities.c.record).where(
            activities.c.community == community, activities.c.origin == origin(feed)
        )
    )
    return {row.id: (row.number, row.state, read_schedule(row.record["schedule"])) for row in rows}


async def set_schedule(tx: Tx, community: str, number: int, schedule: Mapping[str, Any]) -> None:
    """The feed's own schedule of one of its activities."""
    mine = (activities.c.community == community, activities.c.number == number)
    record: dict[str, Any] = await tx.scalar(select(activities.c.record).where(*mine)) or {}
    await tx.execute(update(activities).where(*mine).values(record={**record, "schedule": dict(schedule)}))


async def give_away(tx: Tx, community: str, feed: str) -> None:
    """The feed's activities are the coordinators' own from now on."""
    await tx.execute(
        update(activities)
        .where(activities.c.community == community, activities.c.origin == origin(feed))
        .values(origin="chat")
    )


async def count_up(tx: Tx, community: str, number: int) -> None:
    """Calendars are told by a higher sequence that something about the activity changed."""
    await tx.execute(
        update(activities)
        .where(activities.c.community == community, activities.c.number == number)
        .values(sequence=activities.c.sequence + 1)
    )


async def outdate_translations(tx: Tx, community: str, number: int, language: str, said: ActivityText) -> None:
    """Where the feed is about to change the original, the other languages' texts are outdated; not where somebody
    has written the original by hand."""
    mine = (activity_texts.c.community == community, activity_texts.c.activity == number)
    row = (await tx.execute(select(activity_texts).where(*mine, activity_texts.c.language == language))).first()
    if row is None or row.by_hand or (row.title, row.about) == (said.title, said.about):
        return
    await tx.execute(update(activity_texts).where(*mine, activity_texts.c.language != language).values(stale=True))


_SINGLE = ("organisation", "place", "price", "capacity", "sign_up", "language")
_SEVERAL = ("topics", "audience", "languages")


def _record(defaults: Defaults) -> dict[str, Any]:
    venue = defaults.venue
    return {
        **{name: getattr(defaults, name) for name in _SINGLE},
        **{name: list(getattr(defaults, name)) for name in _SEVERAL},
        "contact": dict(defaults.contact),
        "venue": [venue.name, venue.address, venue.lat, venue.lon, venue.exact] if venue else None,
    }


def _defaults(record: Mapping[str, Any]) -> Defaults:
    several: dict[str, Any] = {name: tuple(record[name]) for name in _SEVERAL}
    single = {name: record[name] for name in _SINGLE}
    venue = Venue(*record["venue"]) if record["venue"] else None
    return Defaults(**single, **several, contact=record["contact"], venue=venue)


def _feed(row: Any) -> Feed:
    names = ("id", "etag", "modified", "next_at", "taken_at", "fault", "told", "failing_since", "failures")
    return Feed(
        url=row.url or "",
        defaults=_defaults(row.record),
        unread=tuple(Unread(*each) for each in row.unread),
        **{name: getattr(row, name) for name in names},
    )
