"""Rows of attendance: on which of a course's days those with a seat came. A single time keeps it with its sign-up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, func, select

from bot.store.activity_tables import attendance
from bot.store.database import Tx, insert
from bot.store.tables import signups


async def set_came(
    tx: Tx, community: str, activity: int, seat: date, day: date, doors: Sequence[int], came: bool | None
) -> None:
    """Whether those with these numbers at the door came on that day; None where nobody has said. `seat` is the day that
    the course's seats are kept under."""
    rows = await tx.execute(
        select(signups.c.person).where(
            signups.c.community == community,
            signups.c.activity == activity,
            signups.c.day == seat,
            signups.c.state == "going",
            signups.c.door.in_(list(doors)),
        )
    )
    persons = [row.person for row in rows]
    if came is None:
        await tx.execute(
            delete(attendance).where(
                attendance.c.community == community,
                attendance.c.activity == activity,
                attendance.c.day == day,
                attendance.c.person.in_(persons),
            )
        )
    elif persons:
        where = {"community": community, "activity": activity, "day": day, "seat": seat, "came": came}
        await tx.execute(
            insert(attendance, tx)
            .values([{**where, "person": each} for each in persons])
            .on_conflict_do_update(index_elements=["activity", "day", "person"], set_={"came": came})
        )


async def of_day(tx: Tx, community: str, activity: int, day: date) -> dict[int, bool]:
    """Who came to that day of a course and who did not, by person; nobody of whom nobody has said it."""
    rows = await tx.execute(
        select(attendance.c.person, attendance.c.came).where(
            attendance.c.community == community, attendance.c.activity == activity, attendance.c.day == day
        )
    )
    return {row.person: row.came for row in rows}


async def missed(tx: Tx, community: str, person: int) -> int:
    """How often the person stayed away, from a single time or a day of a course, as far back as sign-ups are kept."""
    count = 0
    for table in (signups, attendance):
        rows = select(func.count()).where(
            table.c.community == community, table.c.person == person, table.c.came.is_(False)
        )
        count += await tx.scalar(rows) or 0
    return count
