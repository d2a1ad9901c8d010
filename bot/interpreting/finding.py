"""Looking for an interpreter: one is asked after the other; who asked hears in good time where nobody was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.core.interpreting.model import Asked, Task
from bot.core.interpreting.turns import answer_by, next_in_turn, next_look, tell_by
from bot.core.quiet import is_urgent
from bot.core.schedule import local_day
from bot.guide import Guide
from bot.network.matches import tell_coordinators
from bot.store import cases, interpreters, interpreting, network, notices, people
from bot.store.database import Tx
from bot.store.notices import NewNotice


def key(task: int, rest: str = "") -> str:
    """Begins the key of every notice about a task."""
    return f"int{task}/{rest}"


async def begin(tx: Tx, guide: Guide, name: str, task: Task, seat_day: date | None, now: datetime) -> Task:
    """Keeps a task under its natural key, and asks the first; asking twice is one task."""
    kept = await interpreting.add_task(tx, guide.community.id, name, task, seat_day)
    return await go_on(tx, guide, kept, now)


async def go_on(tx: Tx, guide: Guide, task: Task, now: datetime) -> Task:
    """Moves the looking on as far as it goes at `now`: the next is asked, or it is said that there is nobody."""
    community = guide.community.id
    if task.state not in ("looking", "none"):
        return task
    if task.start <= now:
        over = replace(task, state="over", until=None)
        await interpreting.save_task(tx, community, over)
        return over
    asked = await interpreting.asked_for(tx, community, task.id)
    late = [each.person for each in asked if each.answer == "" and each.until <= now]
    if late:
        await interpreting.answer(tx, community, task.id, late, "silent")
    pending = next((each for each in asked if each.answer == "" and each.until > now), None)
    pending = pending or await _ask_next(tx, guide, task, asked, now)
    after = replace(task, state="looking" if pending else "none")
    if not after.told and (pending is None or now >= tell_by(task.made, task.start)):
        await _say_nobody(tx, community, task, now)
        after = replace(after, told=True)
    after = replace(after, until=next_look(after, pending))
    await interpreting.save_task(tx, community, after)
    return after


async def _ask_next(tx: Tx, guide: Guide, task: Task, asked: Sequence[Asked], now: datetime) -> Asked | None:
    community = guide.community.id
    everyone = await interpreters.list_all(tx, community, guide.point, local_day(now))
    known = await people.by_ids(tx, community, [each.person for each in everyone])
    reached = [each for each in everyone if known[each.person].state == "active"]
    barred = {*await interpreting.busy(tx, community, task), *await concerned(tx, community, task)}
    chosen = next_in_turn(task, reached, asked, barred, now)
    if chosen is None:
        return None
    new = Asked(task.id, chosen.person, now, answer_by(now, task.start))
    await interpreting.ask(tx, community, new)
    await interpreters.set_values(tx, community, chosen.person, now, asked_at=now)
    name = key(task.id, f"ask/{int(now.timestamp())}")
    await notices.add(
        tx, community, [NewNotice(chosen.person, "int_ask", name, now, {"task": task.id}, too_late=new.until)]
    )
    return new


async def concerned(tx: Tx, community: str, task: Task) -> tuple[int, ...]:
    """Whom it matters to whether somebody comes: who asked, the two of the match, the person of the case."""
    found = [task.person]
    if task.match is not None:
        match = await network.find_match(tx, community, task.match)
        found += [match.newcomer, match.volunteer] if match else []
    if task.case is not None:
        case = await cases.one(tx, community, task.case)
        found += [case.person] if case else []
    return tuple(dict.fromkeys(found))


async def tell_concerned(tx: Tx, community: str, task: Task, kind: str, now: datetime) -> None:
    """One notice for each of them; at night only where it begins soon."""
    content, name = {"task": task.id}, key(task.id, f"{kind}/{int(now.timestamp())}")
    urgent = is_urgent(now, task.start)
    wanted = [
        NewNotice(each, kind, name, now, content, task.end, urgent=urgent)
        for each in await concerned(tx, community, task)
    ]
    await notices.add(tx, community, wanted)


async def _say_nobody(tx: Tx, community: str, task: Task, now: datetime) -> None:
    await tell_concerned(tx, community, task, "int_none", now)
    name, urgent = key(task.id, f"desk/{int(now.timestamp())}"), is_urgent(now, task.start)
    await tell_coordinators(tx, community, "int_none_desk", name, {"task": task.id}, now, urgent=urgent)


async def look_again(tx: Tx, guide: Guide, now: datetime) -> None:
    """Somebody was approved, or can more than before: what found nobody is gone through once more."""
    for beside in await interpreting.open_tasks(tx, guide.community.id):
        if beside.task.state == "none":
            await go_on(tx, guide, beside.task, now)
