"""Rows of a community: its record, places, organisations, and changed occurrences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import delete, select, update

from bot.core.model import Change, Community, Organisation, Place
from bot.store.database import Tx, insert
from bot.store.tables import activities, changes, communities, organisations, places


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
    """Replaces the community's organisations, but for those that came by chat."""
    of_packs = organisations.c.id.not_like("chat-%")
    await tx.execute(delete(organisations).where(organisations.c.community == community, of_packs))
    if wanted:
        await tx.execute(
            organisations.insert(),
            [
                {
                    "community": community,
                    "id": each.id,
                    "name": each.name,
                    "kind": each.kind,
                    "level": each.level,
                    "record": {"contact": dict(each.contact), "place": each.place, "topics": list(each.topics)},
                }
                for each in wanted
            ],
        )


async def add_organisation(tx: Tx, community: str, organisation: Organisation) -> None:
    """An organisation that came by chat; one of this id stays as it is."""
    row = {"id": organisation.id, "name": organisation.name, "kind": organisation.kind, "level": organisation.level}
    await tx.execute(
        insert(organisations, tx)
        .values(community=community, **row)
        .on_conflict_do_nothing(index_elements=["community", "id"])
    )


async def load_organisations(tx: Tx, community: str) -> dict[str, Organisation]:
    rows = await tx.execute(select(organisations).where(organisations.c.community == community))
    return {row.id: _organisation(row) for row in rows}


def _organisation(row: Any) -> Organisation:
    more = row.record
    return Organisation(
        row.id,
        row.name,
        row.kind,
        row.level,
        more.get("contact", {}),
        more.get("place", ""),
        tuple(more.get("topics", ())),
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
