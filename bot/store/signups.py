"""Rows of sign-ups: one table is both the door list and the waiting list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Case, Select, case, delete, func, select, update

from bot.core.model import SignUp, SignUpState
from bot.store.database import Tx, insert
from bot.store.tables import communities, people, signups

_HELD = ("going", "waiting", "offered")


async def hold_line(tx: Tx, community: str) -> None:
    """Until this transaction ends, nobody else changes who has a seat: on PostgreSQL two who tap at the same moment
    would both find the last one free. SQLite has one writer anyway. Rows that name the community may still be added.
    """
    await tx.execute(select(communities.c.id).where(communities.c.id == community).with_for_update(key_share=True))


async def of_occurrence(tx: Tx, community: str, activity: int, day: date) -> tuple[SignUp, ...]:
    """Everyone with a row for this occurrence, in the order they joined."""
    rows = await tx.execute(
        select(signups)
        .where(signups.c.community == community, signups.c.activity == activity, signups.c.day == day)
        .order_by(signups.c.joined, signups.c.person)
    )
    return tuple(map(_signup, rows))


async def days_of(tx: Tx, community: str, activity: int) -> tuple[date, ...]:
    """The days of an activity for which anybody has a seat or waits."""
    rows = await tx.execute(
        select(signups.c.day)
        .where(signups.c.community == community, signups.c.activity == activity, signups.c.state.in_(_HELD))
        .distinct()
        .order_by(signups.c.day)
    )
    return tuple(row.day for row in rows)


async def languages_of(tx: Tx, community: str, persons: Iterable[int]) -> Mapping[int, str]:
    """The language that each of the persons is spoken to in."""
    rows = await tx.execute(
        select(people.c.id, people.c.language).where(people.c.community == community, people.c.id.in_(list(persons)))
    )
    return {row.id: row.language for row in rows}


async def one(tx: Tx, community: str, activity: int, day: date, person: int) -> SignUp | None:
    row = (await tx.execute(_of(community, activity, day, person))).first()
    return None if row is None else _signup(row)


async def of_person(tx: Tx, community: str, person: int, since: datetime) -> tuple[SignUp, ...]:
    """What the person has a seat for or waits for, from `since` on, soonest first."""
    rows = await tx.execute(
        select(signups)
        .where(
            signups.c.community == community,
            signups.c.person == person,
            signups.c.start >= since,
            signups.c.state.in_(_HELD),
        )
        .order_by(signups.c.start)
    )
    return tuple(map(_signup, rows))


async def rename_day(tx: Tx, community: str, activity: int, old: date, new: date) -> None:
    """A course begins on another day: its seats are kept under that one."""
    await tx.execute(
        update(signups)
        .where(signups.c.community == community, signups.c.activity == activity, signups.c.day == old)
        .values(day=new)
    )


async def of_cohorts(tx: Tx, community: str, person: int, activities: Iterable[int]) -> tuple[SignUp, ...]:
    """The person's rows for these activities, whatever their state."""
    rows = await tx.execute(
        select(signups)
        .where(signups.c.community == community, signups.c.person == person, signups.c.activity.in_(list(activities)))
        .order_by(signups.c.start)
    )
    return tuple(map(_signup, rows))


async def save(tx: Tx, community: str, signup: SignUp, start: datetime) -> None:
    """Keeps the sign-up as it is now; the key is the person and the occurrence. Its number at the door stays."""
    others = signups.alias()
    door = (
        select(func.coalesce(func.max(others.c.door), 0) + 1)
        .where(others.c.community == community, others.c.activity == signup.activity, others.c.day == signup.day)
        .scalar_subquery()
    )
    row = {"state": signup.state, "joined": signup.joined, "until": signup.until, "start": start}
    await tx.execute(
        insert(signups, tx)
        .values(community=community, activity=signup.activity, day=signup.day, person=signup.person, door=door, **row)
        .on_conflict_do_update(
            index_elements=["activity", "day", "person"], set_={**row, "turns": _turns(signup.state)}
        )
    )


async def set_state(tx: Tx, community: str, signup: SignUp, state: SignUpState, until: datetime | None = None) -> None:
    await tx.execute(
        update(signups)
        .where(
            signups.c.community == community,
            signups.c.activity == signup.activity,
            signups.c.day == signup.day,
            signups.c.person == signup.person,
        )
        .values(state=state, until=until, turns=_turns(state))
    )


def _turns(state: SignUpState) -> Case[int]:
    """How often the sign-up was taken and left again: a later calendar file must outdo an earlier one."""
    return case((signups.c.state != state, signups.c.turns + 1), else_=signups.c.turns)


async def for_calendar(tx: Tx, community: str, person: int, since: datetime) -> tuple[tuple[SignUp, int], ...]:
    """The seats a person has or has left, from `since` on, soonest first, each with how often that changed."""
    rows = await tx.execute(
        select(signups)
        .where(
            signups.c.community == community,
            signups.c.person == person,
            signups.c.start >= since,
            signups.c.state.in_(("going", "cancelled")),
        )
        .order_by(signups.c.start)
    )
    return tuple((_signup(row), row.turns) for row in rows)


async def set_answer(tx: Tx, community: str, activity: int, day: date, person: int, answer: str) -> bool:
    """Keeps the answer to "was it good?"; false where the person has no seat there."""
    done = await tx.execute(
        update(signups)
        .where(
            signups.c.community == community,
            signups.c.activity == activity,
            signups.c.day == day,
            signups.c.person == person,
            signups.c.state == "going",
        )
        .values(answer=answer)
    )
    return bool(done.rowcount)


async def set_came(tx: Tx, community: str, activity: int, day: date, doors: Sequence[int], came: bool | None) -> None:
    """Whether those with these numbers at the door came; None where nobody has said."""
    await tx.execute(
        update(signups)
        .where(
            signups.c.community == community,
            signups.c.activity == activity,
            signups.c.day == day,
            signups.c.state == "going",
            signups.c.door.in_(list(doors)),
        )
        .values(came=came)
    )


async def move_start(tx: Tx, community: str, activity: int, day: date, start: datetime) -> None:
    """The occurrence begins at another time: its sign-ups are found there from now on."""
    await tx.execute(
        update(signups)
        .where(signups.c.community == community, signups.c.activity == activity, signups.c.day == day)
        .values(start=start)
    )


async def due(tx: Tx, community: str, now: datetime, limit: int = 200) -> tuple[tuple[int, date], ...]:
    """Occurrences where an offer or an undo window has run out by `now`, oldest first."""
    rows = await tx.execute(
        select(signups.c.activity, signups.c.day)
        .where(signups.c.community == community, signups.c.until.is_not(None), signups.c.until <= now)
        .order_by(signups.c.until)
        .limit(limit)
    )
    return tuple(dict.fromkeys((row.activity, row.day) for row in rows))


def soonest(community: str) -> Select[datetime]:
    """When the next offer or undo window runs out."""
    of = select(signups.c.until).where(signups.c.community == community, signups.c.until.is_not(None))
    return of.order_by(signups.c.until).limit(1)


async def busy(tx: Tx, community: str, persons: Iterable[int], activity: int, day: date) -> frozenset[int]:
    """Those of the persons who hold an open offer of another occurrence."""
    rows = await tx.execute(
        select(signups.c.person, signups.c.activity, signups.c.day).where(
            signups.c.community == community, signups.c.person.in_(list(persons)), signups.c.state == "offered"
        )
    )
    return frozenset(row.person for row in rows if (row.activity, row.day) != (activity, day))


async def counts(tx: Tx, community: str, since: datetime) -> Mapping[tuple[int, date], int]:
    """Seats taken by occurrence, from `since` on."""
    rows = await tx.execute(
        select(signups.c.activity, signups.c.day, signups.c.state).where(
            signups.c.community == community, signups.c.start >= since, signups.c.state.in_(("going", "offered"))
        )
    )
    found: dict[tuple[int, date], int] = {}
    for row in rows:
        found[row.activity, row.day] = found.get((row.activity, row.day), 0) + 1
    return found


async def forget_before(tx: Tx, community: str, start: datetime, but: Collection[int] = ()) -> int:
    """Deletes sign-ups of what was held before `start`, but for these activities; gives how many."""
    done = await tx.execute(
        delete(signups).where(
            signups.c.community == community, signups.c.start < start, signups.c.activity.not_in(list(but))
        )
    )
    return done.rowcount


def _of(community: str, activity: int, day: date, person: int) -> Select[Any]:
    return select(signups).where(
        signups.c.community == community,
        signups.c.activity == activity,
        signups.c.day == day,
        signups.c.person == person,
    )


def _signup(row: Any) -> SignUp:
    return SignUp(row.activity, row.day, row.person, row.state, row.joined, row.until, row.door or 0, row.came)
