"""Rows of interpreting: tasks from the asking to the end, and who was asked for which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, delete, or_, select, update

from bot.core.interpreting.model import OPEN, Answer, Asked, Task, TaskState
from bot.store.case_tables import cases
from bot.store.database import Tx, insert
from bot.store.interpreting_tables import interpreters, interpreting_asked, interpreting_tasks
from bot.store.network_tables import matches
from bot.store.tables import signups


@dataclass(frozen=True, slots=True)
class Beside:
    """An open task with what stands beside it: the seat, the match and the interpreter that it hangs on."""

    task: Task
    seat_state: str | None
    seat_until: datetime | None
    match_state: str | None
    match_notes: dict[str, Any]
    interpreter_state: str | None


async def add_task(tx: Tx, community: str, key: str, task: Task, seat_day: date | None) -> Task:
    """Keeps a task; one of the same key that is open stays as it is, one that is over or called off begins anew."""
    before = (
        await tx.execute(select(interpreting_tasks).where(_c(community), interpreting_tasks.c.key == key))
    ).first()
    if before is not None:  # what calendars were told before is outdone
        task = replace(task, sequence=before.details.get("sequence", 0) + 1)
    row = {**_columns(task), "seat_day": seat_day, "person": task.person}
    if before is not None and before.state in OPEN:
        return _task(before)
    if before is not None:
        asked = interpreting_asked
        await tx.execute(delete(asked).where(asked.c.community == community, asked.c.task == before.id))
        await tx.execute(update(interpreting_tasks).where(interpreting_tasks.c.id == before.id).values(**row))
    else:
        await tx.execute(insert(interpreting_tasks, tx).values(community=community, key=key, **row))
    found = await by_key(tx, community, key)
    assert found is not None
    return found


async def save_task(tx: Tx, community: str, task: Task) -> None:
    """Writes what has changed of a task."""
    await tx.execute(
        update(interpreting_tasks).where(_c(community), interpreting_tasks.c.id == task.id).values(**_columns(task))
    )


async def hand_over(tx: Tx, community: str, number: int, person: int) -> None:
    """Who asked for it leaves; it is this person's from now on."""
    await tx.execute(
        update(interpreting_tasks).where(_c(community), interpreting_tasks.c.id == number).values(person=person)
    )


async def by_key(tx: Tx, community: str, key: str) -> Task | None:
    query = select(interpreting_tasks).where(_c(community), interpreting_tasks.c.key == key)
    row = (await tx.execute(query)).first()
    return None if row is None else _task(row)


async def one_task(tx: Tx, community: str, number: int, *, hold: bool = False) -> Task | None:
    """The task; `hold` keeps it until the transaction ends where several processes write."""
    query = select(interpreting_tasks).where(_c(community), interpreting_tasks.c.id == number)
    row = (await tx.execute(query.with_for_update() if hold else query)).first()
    return None if row is None else _task(row)


async def open_tasks(tx: Tx, community: str, number: int | None = None) -> tuple[Beside, ...]:
    """Every task that is not over, or the one, with what it hangs on; the next one first."""
    seat = and_(
        signups.c.activity == interpreting_tasks.c.activity,
        signups.c.day == interpreting_tasks.c.seat_day,
        signups.c.person == interpreting_tasks.c.person,
    )
    joined = (
        interpreting_tasks.outerjoin(signups, seat)
        .outerjoin(matches, matches.c.id == interpreting_tasks.c.match)
        .outerjoin(interpreters, interpreters.c.person == interpreting_tasks.c.interpreter)
    )
    only = () if number is None else (interpreting_tasks.c.id == number,)
    rows = await tx.execute(
        select(
            interpreting_tasks,
            signups.c.state.label("seat_state"),
            signups.c.until.label("seat_until"),
            matches.c.state.label("match_state"),
            matches.c.notes.label("match_notes"),
            interpreters.c.state.label("interpreter_state"),
        )
        .select_from(joined)
        .where(_c(community), interpreting_tasks.c.state.in_(OPEN), *only)
        .order_by(interpreting_tasks.c.start, interpreting_tasks.c.id)
    )
    return tuple(
        Beside(
            _task(row),
            row.seat_state,
            row.seat_until,
            row.match_state,
            row.match_notes or {},
            row.interpreter_state,
        )
        for row in rows
    )


async def of_interpreter(tx: Tx, community: str, person: int, now: datetime) -> tuple[Task, ...]:
    """What the person has said yes to and that is still ahead, the next one first."""
    query = (
        select(interpreting_tasks)
        .where(
            _c(community),
            interpreting_tasks.c.interpreter == person,
            interpreting_tasks.c.state == "found",
            interpreting_tasks.c.end > now,
        )
        .order_by(interpreting_tasks.c.start)
    )
    return tuple(map(_task, await tx.execute(query)))


async def touching(tx: Tx, community: str, person: int) -> tuple[Task, ...]:
    """Open tasks that go when this person is erased: theirs, their matches', their cases'."""
    joined = interpreting_tasks.outerjoin(matches, matches.c.id == interpreting_tasks.c.match).outerjoin(
        cases, cases.c.id == interpreting_tasks.c.case
    )
    query = (
        select(interpreting_tasks)
        .select_from(joined)
        .where(
            _c(community),
            interpreting_tasks.c.state.in_(OPEN),
            or_(
                interpreting_tasks.c.person == person,
                matches.c.newcomer == person,
                matches.c.volunteer == person,
                cases.c.person == person,
            ),
        )
    )
    return tuple(map(_task, await tx.execute(query)))


def soonest(community: str) -> Select[tuple[datetime | None]]:
    """The next moment at which a task wakes by itself; None where no task is open."""
    return (
        select(interpreting_tasks.c.until)
        .where(_c(community), interpreting_tasks.c.state.in_(OPEN), interpreting_tasks.c.until.is_not(None))
        .order_by(interpreting_tasks.c.until)
        .limit(1)
    )


async def forget_before(tx: Tx, community: str, ended: datetime) -> int:
    """Deletes tasks that were before; gives how many rows went."""
    gone = await tx.execute(delete(interpreting_tasks).where(_c(community), interpreting_tasks.c.end < ended))
    return gone.rowcount


def _c(community: str) -> Any:
    return interpreting_tasks.c.community == community


_DETAILS = ("language", "other", "where", "name", "guarded", "told")
"""Of the encrypted details; `sequence` is missing where the task was kept before there was one."""


def _columns(task: Task) -> dict[str, Any]:
    details = {name: getattr(task, name) for name in _DETAILS}
    return {
        "kind": task.kind,
        "activity": task.activity,
        "day": task.day,
        "match": task.match,
        "case": task.case,
        "details": {**details, "point": list(task.point), "sequence": task.sequence},
        "state": task.state,
        "interpreter": task.interpreter,
        "start": task.start,
        "end": task.end,
        "until": task.until,
        "made_at": task.made,
    }


def _task(row: Any) -> Task:
    state: TaskState = row.state
    return Task(
        id=row.id,
        kind=row.kind,
        person=row.person,
        start=row.start,
        end=row.end,
        state=state,
        made=row.made_at,
        point=(row.details["point"][0], row.details["point"][1]),
        activity=row.activity,
        day=row.day,
        match=row.match,
        case=row.case,
        interpreter=row.interpreter,
        until=row.until,
        sequence=row.details.get("sequence", 0),
        **{name: row.details[name] for name in _DETAILS},
    )


# -- who was asked ----------------------------------------------------------------------------------------------------


async def ask(tx: Tx, community: str, asked: Asked) -> None:
    """Somebody is asked; the same person again for the same task takes the new time."""
    row = {"at": asked.at, "until": asked.until, "answer": asked.answer}
    await tx.execute(
        insert(interpreting_asked, tx)
        .values(community=community, task=asked.task, person=asked.person, **row)
        .on_conflict_do_update(index_elements=["task", "person"], set_=row)
    )


async def asked_for(tx: Tx, community: str, task: int) -> tuple[Asked, ...]:
    """Who was asked for it, in the order in which they were."""
    rows = await tx.execute(
        select(interpreting_asked)
        .where(interpreting_asked.c.community == community, interpreting_asked.c.task == task)
        .order_by(interpreting_asked.c.at, interpreting_asked.c.person)
    )
    return tuple(Asked(row.task, row.person, row.at, row.until, row.answer, row.name or "") for row in rows)


async def answer(tx: Tx, community: str, task: int, persons: Sequence[int], said: Answer, name: str = "") -> None:
    """Keeps what they answered; a name only with a yes."""
    await tx.execute(
        update(interpreting_asked)
        .where(
            interpreting_asked.c.community == community,
            interpreting_asked.c.task == task,
            interpreting_asked.c.person.in_(list(persons)),
        )
        .values(answer=said, name=name or None)
    )


async def forget_silent(tx: Tx, community: str, task: int) -> None:
    """Who did not answer said no no: they may be asked once more for this task."""
    asked = interpreting_asked
    await tx.execute(
        delete(asked).where(asked.c.community == community, asked.c.task == task, asked.c.answer == "silent")
    )


async def busy(tx: Tx, community: str, task: Task) -> frozenset[int]:
    """Who interprets elsewhere at that time, or is being asked to. The same time of the same activity is not
    elsewhere."""
    overlapping = (
        _c(community),
        interpreting_tasks.c.id != task.id,
        interpreting_tasks.c.start < task.end,
        interpreting_tasks.c.end > task.start,
    )
    elsewhere = or_(
        interpreting_tasks.c.activity.is_(None),
        interpreting_tasks.c.activity != (task.activity or 0),
        interpreting_tasks.c.start != task.start,
    )
    found = await tx.execute(
        select(interpreting_tasks.c.interpreter).where(*overlapping, elsewhere, interpreting_tasks.c.state == "found")
    )
    pending = await tx.execute(
        select(interpreting_asked.c.person)
        .join(interpreting_tasks, interpreting_tasks.c.id == interpreting_asked.c.task)
        .where(*overlapping, interpreting_tasks.c.state == "looking", interpreting_asked.c.answer == "")
    )
    return frozenset({*(row[0] for row in found if row[0]), *(row[0] for row in pending)})
