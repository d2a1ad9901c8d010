"""Rows of what stands in the network's papers: items of agendas, and the outcomes in minutes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select, update

from bot.core.meetings.model import Outcome, OutcomeKind, OutcomeState, Point, PointState
from bot.store.database import Tx, insert
from bot.store.meeting_tables import meeting_points, outcomes

# -- items of agendas -------------------------------------------------------------------------------------------------


async def add_point(
    tx: Tx,
    community: str,
    meeting: int | None,
    text: str,
    key: str,
    now: datetime,
    *,
    person: int | None,
    organisation: str = "",
    state: PointState = "proposed",
) -> None:
    """An item for a meeting, at the end; one of this key stays as it is."""
    of_meeting = meeting_points.c.community == community, meeting_points.c.meeting == meeting
    last = await tx.scalar(select(func.max(meeting_points.c.position)).where(*of_meeting)) or 0
    await tx.execute(
        insert(meeting_points, tx)
        .values(
            community=community,
            meeting=meeting,
            person=person,
            organisation=organisation,
            text=text,
            state=state,
            position=last + 1,
            made_at=now,
            key=key,
        )
        .on_conflict_do_nothing(index_elements=["community", "key"])
    )


async def points(tx: Tx, community: str, meeting: int, *, with_waiting: bool = False) -> tuple[Point, ...]:
    """The items of a meeting in their order; `with_waiting` also those that wait for the next one, whichever it is."""
    whose = meeting_points.c.meeting == meeting
    if with_waiting:
        whose = or_(whose, meeting_points.c.meeting.is_(None))
    query = select(meeting_points).where(meeting_points.c.community == community, whose)
    rows = await tx.execute(query.order_by(meeting_points.c.position, meeting_points.c.id))
    return tuple(_point(row) for row in rows)


async def one_point(tx: Tx, community: str, number: int) -> Point | None:
    query = select(meeting_points).where(meeting_points.c.community == community, meeting_points.c.id == number)
    row = (await tx.execute(query.with_for_update())).first()
    return None if row is None else _point(row)


async def set_point(tx: Tx, community: str, number: int, **values: Any) -> None:
    """`state`, `meeting` or `position` of an item."""
    await tx.execute(
        update(meeting_points)
        .where(meeting_points.c.community == community, meeting_points.c.id == number)
        .values(**values)
    )


async def let_wait(tx: Tx, community: str, meeting: int, *states: PointState) -> None:
    """Items of a meeting in these states wait for the next one instead."""
    await tx.execute(
        update(meeting_points)
        .where(
            meeting_points.c.community == community,
            meeting_points.c.meeting == meeting,
            meeting_points.c.state.in_(states),
        )
        .values(meeting=None, state="proposed")
    )


async def forget_waiting(tx: Tx, community: str, made: datetime) -> None:
    """Deletes items that have waited for a meeting since before `made`."""
    await tx.execute(
        meeting_points.delete().where(
            meeting_points.c.community == community,
            meeting_points.c.meeting.is_(None),
            meeting_points.c.made_at < made,
        )
    )


def _point(row: Any) -> Point:
    return Point(row.id, row.meeting, row.text, row.state, row.position, row.person, row.organisation, row.made_at)


# -- outcomes ---------------------------------------------------------------------------------------------------------


async def add_outcome(
    tx: Tx, community: str, meeting: int, kind: OutcomeKind, text: str, key: str, now: datetime
) -> int:
    """A line of the minutes; gives its number. One of this key stays as it is."""
    await tx.execute(
        insert(outcomes, tx)
        .values(community=community, meeting=meeting, kind=kind, text=text, whose="", made_at=now, key=key)
        .on_conflict_do_nothing(index_elements=["community", "key"])
    )
    query = select(outcomes.c.id).where(outcomes.c.community == community, outcomes.c.key == key)
    return int((await tx.execute(query)).scalar_one())


async def outcomes_of(tx: Tx, community: str, meeting: int) -> tuple[Outcome, ...]:
    """The minutes of a meeting, in the order in which they were written; what was taken out is not there."""
    query = select(outcomes).where(
        outcomes.c.community == community, outcomes.c.meeting == meeting, outcomes.c.state != "dropped"
    )
    return tuple(_outcome(row) for row in await tx.execute(query.order_by(outcomes.c.id)))


async def open_actions(tx: Tx, community: str) -> tuple[Outcome, ...]:
    """Every action that is not done, the one that is due first first."""
    query = select(outcomes).where(
        outcomes.c.community == community, outcomes.c.kind == "action", outcomes.c.state == "open"
    )
    return tuple(_outcome(row) for row in await tx.execute(query.order_by(outcomes.c.due, outcomes.c.id)))


async def one_outcome(tx: Tx, community: str, number: int) -> Outcome | None:
    query = select(outcomes).where(outcomes.c.community == community, outcomes.c.id == number)
    row = (await tx.execute(query.with_for_update())).first()
    return None if row is None else _outcome(row)


async def set_whose(tx: Tx, community: str, number: int, whose: str, person: int | None) -> None:
    """Whose an action is: a name, and the person where it is one that we know."""
    await _set(tx, community, number, whose=whose, person=person)


async def set_due(tx: Tx, community: str, number: int, due: date) -> None:
    await _set(tx, community, number, due=due)


async def set_state(tx: Tx, community: str, number: int, state: OutcomeState) -> None:
    await _set(tx, community, number, state=state)


async def forget_name(tx: Tx, community: str, person: int) -> None:
    """What the person took on stays, without their name: it is their organisation's where it is known."""
    query = select(outcomes.c.id, outcomes.c.whose).where(
        outcomes.c.community == community, outcomes.c.person == person
    )
    for row in (await tx.execute(query)).all():
        await _set(tx, community, row.id, whose=row.whose.partition(", ")[2] or "–")


async def _set(tx: Tx, community: str, number: int, **values: Any) -> None:
    await tx.execute(
        update(outcomes).where(outcomes.c.community == community, outcomes.c.id == number).values(**values)
    )


def _outcome(row: Any) -> Outcome:
    return Outcome(row.id, row.meeting, row.kind, row.text, row.made_at, row.whose, row.person, row.due, row.state)
