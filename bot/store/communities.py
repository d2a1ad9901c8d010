"""Rows of a community: its record, places, organisations, activities with their texts, and changed occurrences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import case, delete, select, update

from bot.core.model import Activity, ActivityText, Change, Community, Organisation, Place, Schedule, Venue
from bot.store.database import Tx, insert
from bot.store.tables import activities, activity_texts, changes, communities, organisations, places


async def digest(tx: Tx, community: str) -> str | None:
    """The digest of the pack that was loaded last, None where none was."""
    found: str | None = await tx.scalar(select(communities.c.digest).where(communities.c.id == community))
    return found


async def version(tx: Tx, community: str) -> int:
    """Counts up whenever something of the community changed that people are shown; 0 where nothing is loaded."""
    return await tx.scalar(select(communities.c.version).where(communities.c.id == community)) or 0


async def touch(tx: Tx, community: str) -> None:
    """Says that what people are shown has changed."""
    await tx.execute(update(communities).where(communities.c.id == community).values(version=communities.c.version + 1))


async def save_community(tx: Tx, community: Community, digest: str) -> None:
    record = {
        "name": community.name,
        "languages": list(community.languages),
        "office_hours": {
            str(day): [start.isoformat("minutes"), end.isoformat("minutes")]
            for day, (start, end) in community.office_hours.items()
        },
        "centre": list(community.centre),
        "demo_starts": community.demo_starts.isoformat(),
        "coordinator_contact": dict(community.coordinator_contact),
    }
    row = {"id": community.id, "record": record, "digest": digest}
    await tx.execute(
        insert(communities, tx)
        .values(row)
        .on_conflict_do_update(
            index_elements=["id"],
            set_={"record": record, "digest": digest, "version": communities.c.version + 1},
        )
    )


async def load_community(tx: Tx, community: str) -> Community | None:
    row = (await tx.execute(select(communities.c.record).where(communities.c.id == community))).first()
    if row is None:
        return None
    record = row.record
    return Community(
        id=community,
        name=record["name"],
        languages=tuple(record["languages"]),
        office_hours={
            int(day): (time.fromisoformat(start), time.fromisoformat(end))
            for day, (start, end) in record["office_hours"].items()
        },
        centre=(record["centre"][0], record["centre"][1]),
        demo_starts=datetime.fromisoformat(record["demo_starts"]),
        coordinator_contact=record["coordinator_contact"],
    )


async def save_places(tx: Tx, community: str, wanted: Sequence[Place]) -> None:
    """Replaces the community's places."""
    await tx.execute(delete(places).where(places.c.community == community))
    if wanted:
        await tx.execute(
            places.insert(),
            [
                {
                    "community": community,
                    "id": place.id,
                    "name": place.name,
                    "kind": place.kind,
                    "lat": place.lat,
                    "lon": place.lon,
                    "names": {language: list(names) for language, names in place.names.items()},
                }
                for place in wanted
            ],
        )


async def load_places(tx: Tx, community: str) -> tuple[Place, ...]:
    rows = await tx.execute(select(places).where(places.c.community == community).order_by(places.c.name))
    return tuple(
        Place(
            row.id,
            row.name,
            row.lat,
            row.lon,
            {language: tuple(names) for language, names in row.names.items()},
            row.kind,
        )
        for row in rows
    )


async def save_organisations(tx: Tx, community: str, wanted: Sequence[Organisation]) -> None:
    """Replaces the community's organisations."""
    await tx.execute(delete(organisations).where(organisations.c.community == community))
    if wanted:
        await tx.execute(
            organisations.insert(),
            [
                {"community": community, "id": each.id, "name": each.name, "kind": each.kind, "level": each.level}
                for each in wanted
            ],
        )


async def load_organisations(tx: Tx, community: str) -> dict[str, Organisation]:
    rows = await tx.execute(select(organisations).where(organisations.c.community == community))
    return {row.id: Organisation(row.id, row.name, row.kind, row.level) for row in rows}


async def save_activity(tx: Tx, community: str, activity: Activity) -> int:
    """Adds or changes the activity of this id and gives its number. What was said by hand stays as it is.

    A capacity or cancellation set in chat stays too: the pack only sets them when the activity is new.
    """
    row = {
        "community": community,
        "id": activity.id,
        "organisation": activity.organisation,
        "place": activity.place,
        "record": _activity_record(activity),
        "capacity": activity.capacity,
        "state": activity.state,
    }
    number: int = await tx.scalar(
        insert(activities, tx)
        .values(row)
        .on_conflict_do_update(
            index_elements=["community", "id"],
            set_={
                **{name: row[name] for name in ("organisation", "place", "record")},
                "state": case((activities.c.state == "withdrawn", "on"), else_=activities.c.state),
            },
        )
        .returning(activities.c.number)
    )
    await _save_texts(tx, community, number, activity.texts)
    return number


async def _save_texts(tx: Tx, community: str, number: int, texts: Mapping[str, ActivityText]) -> None:
    for language, said in texts.items():
        row = {"title": said.title, "about": said.about, "state": said.state}
        await tx.execute(
            insert(activity_texts, tx)
            .values(community=community, activity=number, language=language, **row)
            .on_conflict_do_update(
                index_elements=["activity", "language"], set_=row, where=activity_texts.c.by_hand.is_(False)
            )
        )


async def load_activities(tx: Tx, community: str) -> dict[int, Activity]:
    """All activities of the community by number, with their texts."""
    texts: dict[int, dict[str, ActivityText]] = {}
    for row in await tx.execute(select(activity_texts).where(activity_texts.c.community == community)):
        texts.setdefault(row.activity, {})[row.language] = ActivityText(row.title, row.about, row.state)
    rows = await tx.execute(select(activities).where(activities.c.community == community).order_by(activities.c.number))
    return {row.number: _activity(row, texts.get(row.number, {})) for row in rows}


async def withdraw_missing(tx: Tx, community: str, kept: Iterable[str]) -> None:
    """Withdraws activities that the pack no longer holds: they count as cancelled, and sign-ups keep their rows."""
    await tx.execute(
        update(activities)
        .where(activities.c.community == community, activities.c.state == "on", activities.c.id.not_in(list(kept)))
        .values(state="withdrawn", sequence=activities.c.sequence + 1)
    )


async def set_capacity(tx: Tx, community: str, number: int, capacity: int | None) -> None:
    await tx.execute(
        update(activities)
        .where(activities.c.community == community, activities.c.number == number)
        .values(capacity=capacity)
    )


async def save_change(tx: Tx, community: str, change: Change) -> None:
    """Keeps what was changed of one occurrence, and counts the activity's sequence up for calendars."""
    row = {"start": change.start, "end": change.end, "cancelled": change.cancelled, "capacity": change.capacity}
    await tx.execute(
        insert(changes, tx)
        .values(community=community, activity=change.activity, day=change.day, **row)
        .on_conflict_do_update(index_elements=["activity", "day"], set_=row)
    )
    await tx.execute(
        update(activities)
        .where(activities.c.community == community, activities.c.number == change.activity)
        .values(sequence=activities.c.sequence + 1)
    )


async def load_changes(tx: Tx, community: str) -> dict[int, dict[date, Change]]:
    """Changed occurrences by activity and day."""
    found: dict[int, dict[date, Change]] = {}
    for row in await tx.execute(select(changes).where(changes.c.community == community)):
        found.setdefault(row.activity, {})[row.day] = Change(
            row.activity, row.day, row.start, row.end, row.cancelled, row.capacity
        )
    return found


def _activity_record(activity: Activity) -> dict[str, Any]:
    schedule = activity.schedule
    return {
        "venue": [activity.venue.name, activity.venue.address, activity.venue.lat, activity.venue.lon],
        "schedule": {
            "first": schedule.first.isoformat(),
            "start": schedule.start.isoformat("minutes"),
            "end": schedule.end.isoformat("minutes"),
            "repeats": schedule.repeats,
            "nth": schedule.nth,
            "until": schedule.until.isoformat() if schedule.until else None,
            "skips": sorted(day.isoformat() for day in schedule.skips),
            "on_holidays": schedule.on_holidays,
        },
        "source": activity.source,
        "topics": list(activity.topics),
        "audience": list(activity.audience),
        "languages": list(activity.languages),
        "price": activity.price,
        "contact": dict(activity.contact),
        "sign_up": activity.sign_up,
        "example": activity.example,
    }


def _activity(row: Any, texts: Mapping[str, ActivityText]) -> Activity:
    record = row.record
    schedule = record["schedule"]
    return Activity(
        number=row.number,
        id=row.id,
        community=row.community,
        organisation=row.organisation,
        place=row.place,
        venue=Venue(*record["venue"]),
        schedule=Schedule(
            first=date.fromisoformat(schedule["first"]),
            start=time.fromisoformat(schedule["start"]),
            end=time.fromisoformat(schedule["end"]),
            repeats=schedule["repeats"],
            nth=schedule["nth"],
            until=date.fromisoformat(schedule["until"]) if schedule["until"] else None,
            skips=frozenset(date.fromisoformat(day) for day in schedule["skips"]),
            on_holidays=schedule["on_holidays"],
        ),
        texts=texts,
        source=record["source"],
        topics=tuple(record["topics"]),
        audience=tuple(record["audience"]),
        languages=tuple(record["languages"]),
        price=record["price"],
        capacity=row.capacity,
        contact=record["contact"],
        sign_up=record["sign_up"],
        state="on" if row.state == "on" else "cancelled",
        sequence=row.sequence,
        example=record["example"],
    )
