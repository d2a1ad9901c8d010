"""Rows of what is counted: seats used, cases answered, first activities of who said yes to it, a period's figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, select, update

from bot.core.counting import Asked, FirstActivity
from bot.core.numbers import GROUPS, Group
from bot.store.activity_tables import attendance
from bot.store.case_tables import case_messages, cases
from bot.store.database import Tx, insert
from bot.store.network_tables import requests
from bot.store.number_tables import case_counts, first_activities, opt_ins, seat_counts
from bot.store.tables import needs, people, signups

KNOWN_FOR = timedelta(days=55)
"""From the first contact, within which a yes to statistics still finds every sign-up: they are deleted 60 days after
they were held. Later, nobody could say which activity was the first."""

Held = tuple[int, date]
"""An activity and a day of it."""


@dataclass(frozen=True, slots=True)
class SeatCount:
    """One time that something was held: how many seats there were (None: no limit), and how many were used."""

    activity: int
    day: date
    start: datetime
    organisation: str
    audience: str
    capacity: int | None
    used: int


async def going(tx: Tx, community: str, since: datetime, courses: Collection[int]) -> dict[Held, int]:
    """How many seats were taken and not ticked as empty, for times from `since` on and for these courses' first day."""
    rows = await tx.execute(
        select(signups.c.activity, signups.c.day, func.count())
        .where(
            signups.c.community == community,
            signups.c.state == "going",
            signups.c.came.is_not(False),
            (signups.c.start >= since) | signups.c.activity.in_(list(courses)),
        )
        .group_by(signups.c.activity, signups.c.day)
    )
    return {(row[0], row[1]): row[2] for row in rows}


async def stayed_away(tx: Tx, community: str, since: date) -> dict[Held, int]:
    """How many with a seat in a course were ticked as not having come, by the course's days."""
    rows = await tx.execute(
        select(attendance.c.activity, attendance.c.day, func.count())
        .where(attendance.c.community == community, attendance.c.came.is_(False), attendance.c.day >= since)
        .group_by(attendance.c.activity, attendance.c.day)
    )
    return {(row[0], row[1]): row[2] for row in rows}


async def keep_seats(tx: Tx, community: str, found: Iterable[SeatCount]) -> None:
    """Keeps the counts; counted again, the newest holds."""
    rows = [{"community": community, **{name: getattr(each, name) for name in SeatCount.__slots__}} for each in found]
    if not rows:
        return
    newest = insert(seat_counts, tx)
    key = ["community", "activity", "day"]
    counted = {name: newest.excluded[name] for name in SeatCount.__slots__ if name not in key}
    await tx.execute(newest.on_conflict_do_update(index_elements=key, set_=counted), rows)


async def last_counted(tx: Tx, community: str) -> datetime | None:
    """When the latest time was held whose seats are counted."""
    last: datetime | None = await tx.scalar(
        select(func.max(seat_counts.c.start)).where(seat_counts.c.community == community)
    )
    return last


async def seats(tx: Tx, community: str, start: datetime, end: datetime) -> tuple[SeatCount, ...]:
    rows = await tx.execute(
        select(*(seat_counts.c[name] for name in SeatCount.__slots__)).where(
            seat_counts.c.community == community, seat_counts.c.start >= start, seat_counts.c.start < end
        )
    )
    return tuple(SeatCount(*row) for row in rows)


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """A case that was not counted yet: when it was opened, first answered, closed."""

    id: int
    opened: datetime
    answered: datetime | None
    closed: datetime | None


async def not_counted(tx: Tx, community: str, opened_before: datetime) -> tuple[OpenedCase, ...]:
    first = (
        select(func.min(case_messages.c.at))
        .where(case_messages.c.case == cases.c.id, case_messages.c.side == "team")
        .scalar_subquery()
    )
    rows = await tx.execute(
        select(cases.c.id, cases.c.opened_at, first, cases.c.closed_at).where(
            cases.c.community == community, cases.c.counted.is_(False), cases.c.opened_at < opened_before
        )
    )
    return tuple(OpenedCase(*row) for row in rows)


async def mark_counted(tx: Tx, community: str, ids: Sequence[int]) -> frozenset[int]:
    """Marks cases as counted; gives those that nobody had marked before, so that each is counted once."""
    rows = await tx.execute(
        update(cases)
        .where(cases.c.community == community, cases.c.id.in_(list(ids)), cases.c.counted.is_(False))
        .values(counted=True)
        .returning(cases.c.id)
    )
    return frozenset(rows.scalars())


async def count_cases(tx: Tx, community: str, counts: Mapping[tuple[date, str], int]) -> None:
    """Adds to the months' counts, by month and verdict."""
    for (month, answered), count in counts.items():
        await tx.execute(
            insert(case_counts, tx)
            .values(community=community, month=month, answered=answered, count=count)
            .on_conflict_do_update(
                index_elements=["community", "month", "answered"], set_={"count": case_counts.c.count + count}
            )
        )


async def cases_answered(tx: Tx, community: str, first: date, after: date) -> dict[str, int]:
    rows = await tx.execute(
        select(case_counts.c.answered, func.sum(case_counts.c.count))
        .where(case_counts.c.community == community, case_counts.c.month >= first, case_counts.c.month < after)
        .group_by(case_counts.c.answered)
    )
    return {row[0]: int(row[1]) for row in rows}


async def needed(tx: Tx, community: str, column: str, first: date, after: date) -> dict[str, int]:
    """How often need was unmet in whole months, by `topic`, `place` or `language`."""
    group = needs.c[column]
    rows = await tx.execute(
        select(group, func.sum(needs.c.count))
        .where(needs.c.community == community, needs.c.month >= first, needs.c.month < after)
        .group_by(group)
    )
    return {row[0]: int(row[1]) for row in rows}


async def came_first(tx: Tx, community: str, before: datetime) -> dict[int, tuple[int, datetime]]:
    """Which activity was the first, and when, of each who said yes to statistics in time and has none noted."""
    rows = await tx.execute(
        select(signups.c.person, signups.c.activity, signups.c.start, people.c.consented_at, opt_ins.c.answered_at)
        .join(people, people.c.id == signups.c.person)
        .join(opt_ins, (opt_ins.c.person == signups.c.person) & (opt_ins.c.what == "statistics"))
        .outerjoin(first_activities, first_activities.c.person == signups.c.person)
        .where(
            signups.c.community == community,
            signups.c.state == "going",
            signups.c.came.is_not(False),
            signups.c.start < before,
            opt_ins.c.answer == "yes",
            first_activities.c.person.is_(None),
        )
        .order_by(signups.c.start.desc())
    )
    return {row.person: (row.activity, row.start) for row in rows if row.answered_at - row.consented_at <= KNOWN_FOR}


async def note_first(tx: Tx, community: str, person: int, at: datetime, group: Group) -> None:
    await tx.execute(
        insert(first_activities, tx)
        .values(community=community, person=person, at=at, audience=group)
        .on_conflict_do_nothing(index_elements=["community", "person"])
    )


async def forget_first(tx: Tx, community: str, person: int) -> None:
    await tx.execute(
        delete(first_activities).where(first_activities.c.community == community, first_activities.c.person == person)
    )


async def first_ones(tx: Tx, community: str) -> tuple[FirstActivity, ...]:
    """Of everyone who says yes to statistics."""
    rows = await tx.execute(
        select(people.c.consented_at, first_activities.c.at, first_activities.c.audience)
        .join(people, people.c.id == first_activities.c.person)
        .where(first_activities.c.community == community)
    )
    return tuple(FirstActivity(row[0], row[1], row[2] if row[2] in GROUPS else "others") for row in rows)


async def asked_for(tx: Tx, community: str, persons: Collection[int]) -> dict[int, Asked]:
    """The requests of these persons, whatever became of them."""
    rows = await tx.execute(
        select(requests.c.id, requests.c.made_at, requests.c.details).where(
            requests.c.community == community, requests.c.person.in_(list(persons))
        )
    )
    return {row.id: Asked(row.made_at, row.details["band"]) for row in rows}


async def forget_before(tx: Tx, community: str, start: datetime, month: date) -> int:
    """Deletes seats of times before, and cases of months before; gives how many rows."""
    gone = await tx.execute(
        delete(seat_counts).where(seat_counts.c.community == community, seat_counts.c.start < start)
    )
    lost = await tx.execute(
        delete(case_counts).where(case_counts.c.community == community, case_counts.c.month < month)
    )
    return gone.rowcount + lost.rowcount
