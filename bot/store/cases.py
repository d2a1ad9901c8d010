"""Rows of cases: somebody asked for a person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from bot.store.database import Tx
from bot.store.tables import cases


@dataclass(frozen=True, slots=True)
class Case:
    """One person's wish to speak with a person. `taken_by` is the coordinator who answers."""

    id: int
    person: int
    question: str
    opened_at: datetime
    taken_by: int | None
    closed_at: datetime | None


async def open_case(tx: Tx, community: str, person: int, question: str, key: str, now: datetime) -> tuple[Case, bool]:
    """The person's open case, and whether it is new. A wish that comes twice finds the case it opened; `key` (the
    bubble) may ask again when that one was closed.
    """
    case = await open_of(tx, community, person)
    if case is not None:
        return case, False
    before = await of_person(tx, community, person)
    row = {"question": question, "opened_at": now, "key": f"{key}/{len(before)}"}
    number = await tx.scalar(cases.insert().values(community=community, person=person, **row).returning(cases.c.id))
    assert number is not None
    return Case(number, person, question, now, None, None), True


async def open_of(tx: Tx, community: str, person: int) -> Case | None:
    """The case of this person that is open."""
    number = await tx.scalar(
        select(cases.c.id).where(cases.c.community == community, cases.c.person == person, cases.c.closed_at.is_(None))
    )
    return None if number is None else await one(tx, community, number)


async def of_person(tx: Tx, community: str, person: int) -> tuple[int, ...]:
    """Every case of this person, open or closed."""
    rows = await tx.execute(select(cases.c.id).where(cases.c.community == community, cases.c.person == person))
    return tuple(row.id for row in rows)


async def one(tx: Tx, community: str, case: int) -> Case | None:
    row = (await tx.execute(select(cases).where(cases.c.community == community, cases.c.id == case))).first()
    return None if row is None else _case(row)


async def take(tx: Tx, community: str, case: int, coordinator: int) -> None:
    """The first who takes it has it."""
    await tx.execute(
        update(cases)
        .where(cases.c.community == community, cases.c.id == case, cases.c.taken_by.is_(None))
        .values(taken_by=coordinator)
    )


async def close(tx: Tx, community: str, case: int, now: datetime) -> None:
    await tx.execute(
        update(cases)
        .where(cases.c.community == community, cases.c.id == case, cases.c.closed_at.is_(None))
        .values(closed_at=now)
    )


async def release(tx: Tx, community: str, coordinator: int) -> tuple[Case, ...]:
    """The open cases of a coordinator who goes are nobody's again; gives them."""
    mine = (cases.c.community == community, cases.c.taken_by == coordinator, cases.c.closed_at.is_(None))
    found = tuple(map(_case, await tx.execute(select(cases).where(*mine))))
    await tx.execute(update(cases).where(*mine).values(taken_by=None))
    return tuple(replace(each, taken_by=None) for each in found)


async def forget_before(tx: Tx, community: str, ended: datetime) -> int:
    """Deletes cases that ended before; gives how many."""
    done = await tx.execute(delete(cases).where(cases.c.community == community, cases.c.closed_at < ended))
    return done.rowcount


def _case(row: Any) -> Case:
    return Case(row.id, row.person, row.question, row.opened_at, row.taken_by, row.closed_at)
