"""What a task hangs on changes: an activity moves, a seat or a match is left, who said yes interprets no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.interpreting.model import Subject, Task
from bot.core.quiet import is_urgent
from bot.guide import Guide
from bot.interpreting.answering import lose, remind, stand_down
from bot.interpreting.finding import go_on, key
from bot.services import Services
from bot.store import cases, interpreting, network, notices
from bot.store.database import Tx
from bot.store.interpreting import Beside
from bot.store.notices import NewNotice

FIRST_MEETING = timedelta(hours=1)
"""How long a first meeting takes: nobody says it."""


async def tick(services: Services, now: datetime) -> int:
    """Time has passed, or something has changed. Gives how many tasks moved."""
    async with services.database.read() as tx:
        found = await interpreting.open_tasks(tx, services.community)
    stale = [each.task.id for each in found if _is_stale(services.guide, each, now)]
    for number in stale:
        async with services.database.write() as tx:
            again = await interpreting.open_tasks(tx, services.community, number)
            for beside in again:
                await _follow(tx, services.guide, beside, now)
    if stale:
        services.hurry.set()
    return len(stale)


def _is_stale(guide: Guide, beside: Beside, now: datetime) -> bool:
    task = beside.task
    if task.until is not None and task.until <= now:
        return True
    return subject_of(guide, beside, now) != _as_kept(task) or _is_gone(beside)


def _is_gone(beside: Beside) -> bool:
    """Whether who said yes interprets no more: they stopped, were declined, or erased themselves."""
    return beside.task.state == "found" and beside.interpreter_state != "approved"


def _as_kept(task: Task) -> Subject:
    return Subject(True, task.start, task.end, task.where, task.point)


def subject_of(guide: Guide, beside: Beside, now: datetime) -> Subject:
    """What the task is for, as it is now. A seat that can still be taken back by its undo stands."""
    task, kept = beside.task, _as_kept(beside.task)
    if task.kind == "seat":
        found = guide.occurrence(task.activity or 0, task.day) if task.day else None
        undone = beside.seat_state == "cancelled" and beside.seat_until is not None and beside.seat_until > now
        if found is None or found.state != "on" or not (beside.seat_state == "going" or undone):
            return replace(kept, stands=False)
        venue = guide.activities[found.activity].venue
        return Subject(True, found.start, found.end, f"{venue.name}, {venue.address}", (venue.lat, venue.lon))
    if task.kind == "first":
        meeting = beside.match_notes.get("meeting")
        if beside.match_state != "active" or not isinstance(meeting, dict):
            return replace(kept, stands=False)
        start = datetime.fromisoformat(meeting["at"])
        where = f"{meeting['venue']}, {meeting['address']}"
        return replace(kept, start=start, end=start + FIRST_MEETING, where=where)
    return kept


async def _follow(tx: Tx, guide: Guide, beside: Beside, now: datetime) -> None:
    task, subject = beside.task, subject_of(guide, beside, now)
    if task.end <= now and subject.start == task.start:
        await interpreting.save_task(tx, guide.community.id, replace(task, state="over", until=None))
    elif not subject.stands:
        await call_off(tx, guide, task, now)
    elif subject != _as_kept(task):
        await _move(tx, guide, task, subject, now)
    elif _is_gone(beside):
        await lose(tx, guide, task, now)
    else:
        await go_on(tx, guide, task, now)


async def call_off(tx: Tx, guide: Guide, task: Task, now: datetime) -> None:
    """Nobody is needed any more: who was asked or had said yes is told."""
    await stand_down(tx, guide.community.id, task, now)
    await interpreting.save_task(
        tx,
        guide.community.id,
        replace(task, state="off", interpreter=None, until=None, name="", sequence=task.sequence + 1),
    )


async def _move(tx: Tx, guide: Guide, task: Task, subject: Subject, now: datetime) -> None:
    """Another time or place: who said yes hears it and can say no; who is being asked hears it too."""
    community = guide.community.id
    moved = replace(task, start=subject.start, end=subject.end, where=subject.where, point=subject.point)
    moved = replace(moved, sequence=task.sequence + 1)
    if moved.state == "found":
        moved = replace(moved, until=moved.end)
    await interpreting.save_task(tx, community, moved)
    asked = await interpreting.asked_for(tx, community, task.id)
    concerned = [each.person for each in asked if each.answer == "" or each.person == task.interpreter]
    content = {"task": task.id, "old": task.start.isoformat(), "old_end": task.end.isoformat()}
    name, urgent = key(task.id, f"moved/{int(now.timestamp())}"), is_urgent(now, min(task.start, moved.start))
    await notices.drop(tx, community, key(task.id), kinds=("int_soon",))
    wanted = [NewNotice(each, "int_moved", name, now, content, moved.end, urgent=urgent) for each in concerned]
    await notices.add(tx, community, wanted)
    await remind(tx, community, moved, now)
    await go_on(tx, guide, moved, now)


async def leave(tx: Tx, guide: Guide, person: int, now: datetime) -> None:
    """The person is about to be forgotten: their tasks go with them, and whoever was to come is told.

    What a coordinator had asked for others becomes theirs.
    """
    community = guide.community.id
    for task in await interpreting.touching(tx, community, person):
        heir = await _heir(tx, community, task, person)
        if heir is None:
            await call_off(tx, guide, task, now)
        else:
            await interpreting.hand_over(tx, community, task.id, heir)


async def _heir(tx: Tx, community: str, task: Task, person: int) -> int | None:
    if task.person != person or task.kind == "seat":
        return None
    if task.match is not None:
        match = await network.find_match(tx, community, task.match)
        return match.newcomer if match and person not in (match.newcomer, match.volunteer) else None
    case = await cases.one(tx, community, task.case) if task.case is not None else None
    return case.person if case and case.person != person else None
