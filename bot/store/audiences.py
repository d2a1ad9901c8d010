"""Whom an announcement is for, as a condition on the rows of people: counted, and written as deliveries in bulk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    case,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from bot.core.announcing.model import Announcement, Role
from bot.core.quiet import PER_SEVEN_DAYS
from bot.store.announcement_tables import deliveries
from bot.store.database import Database, Tx, insert
from bot.store.network_tables import requests, volunteers
from bot.store.tables import notices, people, signups

AT_ONCE = 5_000
"""Persons whose deliveries are written in one transaction: others write in between."""

_TAKING_PART = ("going", "waiting", "offered")


@dataclass(frozen=True, slots=True)
class Chosen:
    """An audience with its towns and activities looked up. None excludes nobody; an empty set excludes everyone."""

    languages: tuple[str, ...] = ()
    places: frozenset[str] | None = None
    role: Role = ""
    persons: frozenset[int] | None = None
    activities: frozenset[int] | None = None
    day: date | None = None
    but: int | None = None


async def with_band(tx: Tx, community: str, band: str) -> frozenset[int]:
    """Who told this age band in Let's Network, for themselves or their child. It is encrypted, so all are read."""
    rows = await tx.execute(
        select(requests.c.person, requests.c.details).where(
            requests.c.community == community, requests.c.state.in_(("waiting", "paused", "matched"))
        )
    )
    return frozenset(row.person for row in rows if row.details.get("band") == band)


async def bands(tx: Tx, community: str) -> Mapping[str, int]:
    """The age bands that were told, and by how many."""
    rows = await tx.execute(
        select(requests.c.person, requests.c.details).where(
            requests.c.community == community, requests.c.state.in_(("waiting", "paused", "matched"))
        )
    )
    found: dict[str, set[int]] = {}
    for row in rows:
        found.setdefault(str(row.details.get("band", "")), set()).add(row.person)
    return {band: len(persons) for band, persons in sorted(found.items()) if band}


async def reach(
    tx: Tx, database: Database, community: str, chosen: Chosen, today: datetime, week: datetime
) -> list[tuple[str, str, int, int]]:
    """Language, state, how many, and how many of them have had what they may get unasked.

    `today` is when the local day began, `week` when the first of the seven days did.
    """
    had = _unasked(community, week).subquery()
    full = (
        select(had.c.person)
        .group_by(had.c.person)
        .having(
            or_(
                func.max(had.c.settled_at) >= literal(today, deliveries.c.settled_at.type),
                func.count() >= PER_SEVEN_DAYS,
            )
        )
        .subquery()
    )
    capped = func.sum(case((full.c.person.is_(None), 0), else_=1))
    rows = await tx.execute(
        select(people.c.language, people.c.state, func.count(), capped)
        .select_from(people.outerjoin(full, full.c.person == people.c.id))
        .where(*_condition(database, community, chosen))
        .group_by(people.c.language, people.c.state)
    )
    return [(language, state, int(count), int(held or 0)) for language, state, count, held in rows]


def _unasked(community: str, since: datetime) -> Any:
    said = select(notices.c.person, notices.c.settled_at).where(
        notices.c.community == community,
        notices.c.state == "sent",
        notices.c.asked.is_(False),
        notices.c.settled_at >= since,
    )
    announced = select(deliveries.c.person, deliveries.c.settled_at).where(
        deliveries.c.community == community, deliveries.c.state == "sent", deliveries.c.settled_at >= since
    )
    return union_all(said, announced)


async def unasked_since(tx: Tx, community: str, persons: list[int], since: datetime) -> dict[int, list[datetime]]:
    """When each person was last sent what they had not asked for: notices and announcements alike."""
    found: dict[int, list[datetime]] = {}
    for table in (notices, deliveries):
        query = select(table.c.person, table.c.settled_at).where(
            table.c.community == community,
            table.c.person.in_(persons),
            table.c.state == "sent",
            table.c.settled_at >= since,
        )
        if table is notices:
            query = query.where(notices.c.asked.is_(False))
        for row in await tx.execute(query):
            found.setdefault(row.person, []).append(row.settled_at)
    return found


async def next_range(tx: Tx, community: str, after: int) -> int | None:
    """The id of the last of the next persons in line; None where there is nobody after `after`."""
    ids = select(people.c.id).where(people.c.community == community, people.c.id > after)
    found: int | None = await tx.scalar(select(func.max(ids.order_by(people.c.id).limit(AT_ONCE).subquery().c.id)))
    return found


async def write_deliveries(
    tx: Tx,
    database: Database,
    announcement: Announcement,
    chosen: Chosen,
    now: datetime,
    *,
    after: int = 0,
    upto: int | None = None,
    since: datetime | None = None,
) -> int:
    """Writes a delivery for everyone it is for, in one statement; who has one keeps it. Gives how many are new.

    Only persons with ids from beyond `after` to `upto`; with `since`, only who came or signed up from then on.
    """
    within = [people.c.id > after, *([people.c.id <= upto] if upto is not None else [])]
    if chosen.persons is not None:  # as many as a statement may carry, which a range keeps it under
        chosen = _in_range(chosen, after, upto)
    if since is not None:
        within.append(_came_since(announcement.community, chosen, since))
    condition = (*_condition(database, announcement.community, chosen), *within)
    names = ("community", "announcement", "person", "state", "language", "due", "settled_at")
    written = insert(deliveries, tx).from_select(names, _rows(announcement, now).where(*condition))
    return (await tx.execute(written.on_conflict_do_nothing())).rowcount


def _rows(announcement: Announcement, now: datetime) -> Select[Any]:
    """A delivery's first state is the person's: who said stop is counted, and not written to."""
    state = case(
        (people.c.state == "stopped", "stopped"),
        (people.c.state == "blocked", "blocked"),
        else_=_first_state(announcement),
    )
    moment = deliveries.c.due.type
    return select(
        people.c.community,
        literal(announcement.id, deliveries.c.announcement.type),
        people.c.id,
        state,
        people.c.language,
        literal(now, moment),
        case((people.c.state == "stopped", literal(now, moment)), else_=null()),
    )


def _first_state(announcement: Announcement) -> Any:
    if announcement.missing == "fallback":
        return literal("waiting")
    return case((people.c.language.in_(announcement.ready), "waiting"), else_="held")


def _in_range(chosen: Chosen, after: int, upto: int | None) -> Chosen:
    assert chosen.persons is not None
    these = frozenset(each for each in chosen.persons if after < each and (upto is None or each <= upto))
    return Chosen(chosen.languages, chosen.places, chosen.role, these, chosen.activities, chosen.day, chosen.but)


def _came_since(community: str, chosen: Chosen, since: datetime) -> ColumnElement[bool]:
    came = people.c.consented_at >= since
    if chosen.activities is None:
        return came
    return or_(came, _taking_part(community, chosen, since))


def _taking_part(community: str, chosen: Chosen, since: datetime | None = None) -> ColumnElement[bool]:
    assert chosen.activities is not None
    query = select(signups.c.person).where(
        signups.c.community == community,
        signups.c.person == people.c.id,
        signups.c.activity.in_(sorted(chosen.activities)),
        signups.c.state.in_(_TAKING_PART),
    )
    if chosen.day is not None:
        query = query.where(signups.c.day == chosen.day)
    if since is not None:
        query = query.where(signups.c.joined >= since)
    return query.exists()


def _condition(database: Database, community: str, chosen: Chosen) -> tuple[ColumnElement[bool], ...]:
    found: list[ColumnElement[bool]] = [people.c.community == community]
    if chosen.but is not None:
        found.append(people.c.id != chosen.but)
    if chosen.languages:
        found.append(people.c.language.in_(chosen.languages))
    if chosen.places is not None:
        hashes = [database.keys.fingerprint(f"place {place}") for place in sorted(chosen.places)]
        found.append(people.c.place_hash.in_(hashes))
    if chosen.persons is not None:
        found.append(people.c.id.in_(sorted(chosen.persons)))
    if chosen.activities is not None:
        found.append(_taking_part(community, chosen))
    return (*found, *_has_role(community, chosen.role))


def _has_role(community: str, role: Role) -> tuple[ColumnElement[bool], ...]:
    helps = (
        select(volunteers.c.person)
        .where(
            volunteers.c.community == community,
            volunteers.c.person == people.c.id,
            volunteers.c.state == "approved",
        )
        .exists()
    )
    match role:
        case "coordinator":
            return (people.c.roles.contains("coordinator"),)
        case "volunteer":
            return (helps,)
        case "newcomer":
            return (people.c.roles == "", ~helps)
        case _:
            return ()
