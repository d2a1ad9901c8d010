"""What an interpreter answers: yes, not this time, no more for a month; and that they cannot come after all."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core.interpreting.model import Asked, Task
from bot.core.model import Occurrence, Reader
from bot.core.quiet import is_urgent
from bot.core.reminders import plan
from bot.core.say import Button, Day, Line, Message, Text, label, say
from bot.core.schedule import local_day
from bot.core.ways_on import PERSON
from bot.guide import Guide
from bot.interpreting.finding import go_on, key, tell_concerned
from bot.interpreting.words import closed, facts, in_calendar, mine
from bot.network.matches import first_name
from bot.network.rules import network_rules
from bot.services import Services
from bot.store import interpreters, interpreting, notices
from bot.store.database import Tx
from bot.store.notices import NewNotice


async def answer(services: Services, reader: Reader, number: int, said: str, name: str, now: datetime) -> Message:
    """Yes (`y`), not this time (`n`), or ask me no more for a month (`m`). A late yes may still count."""
    guide, community = services.guide, services.community
    async with services.database.write() as tx:
        task = await interpreting.one_task(tx, community, number, hold=True)
        asked = await _asked(tx, community, number, reader)
        if task is None or asked is None:
            return closed()
        if said == "y":
            task = await _agree(tx, guide, task, asked, first_name(name), now)
        else:
            if said == "m":
                rests = local_day(now) + network_rules().waits["month"]
                await interpreters.set_values(tx, community, asked.person, now, rests=rests)
            if asked.answer == "" and task.state == "looking":
                await interpreting.answer(tx, community, number, [asked.person], "no")
                task = await go_on(tx, guide, task, now)
    services.hurry.set()
    return _answered(guide, task, asked, said, now)


async def _asked(tx: Tx, community: str, number: int, reader: Reader) -> Asked | None:
    found = await interpreting.asked_for(tx, community, number)
    return next((each for each in found if reader.person and each.person == reader.person.id), None)


async def _agree(tx: Tx, guide: Guide, task: Task, asked: Asked, name: str, now: datetime) -> Task:
    community = guide.community.id
    own = await interpreters.one(tx, community, asked.person, guide.point, local_day(now))
    if task.state not in ("looking", "none") or task.start <= now or own is None or own.state != "approved":
        return task
    if task.guarded and not own.children:
        return task
    found = replace(task, state="found", interpreter=asked.person, until=task.end)
    await interpreting.save_task(tx, community, found)
    await stand_down(tx, community, task, now, but=asked.person)
    await interpreting.answer(tx, community, task.id, [asked.person], "yes", name)
    await tell_concerned(tx, community, found, "int_found", now)
    await remind(tx, community, found, now)
    return found


async def remind(tx: Tx, community: str, task: Task, now: datetime) -> None:
    """A word to the interpreter the day before and two hours before, as to those who signed up."""
    if task.interpreter is None:
        return
    wanted = []
    for each in plan(Occurrence(0, local_day(task.start), task.start, task.end), now):
        if each.kind != "follow_up":
            name = key(task.id, f"soon/{each.kind}/{task.start:%Y-%m-%dT%H:%M}")
            content = {"task": task.id, "near": each.kind}
            wanted.append(NewNotice(task.interpreter, "int_soon", name, each.due, content, each.too_late))
    await notices.add(tx, community, wanted)


async def stand_down(tx: Tx, community: str, task: Task, now: datetime, *, but: int = 0) -> None:
    """Whoever has our question, or has said yes, hears that they are not needed; who has not read it yet, nothing."""
    found = await interpreting.asked_for(tx, community, task.id)
    unread = set()
    for each in found:
        waiting = await notices.of_person(tx, community, each.person, ("int_ask",))
        if any(one.content["task"] == task.id for one in waiting):
            unread.add(each.person)
    await notices.drop(tx, community, key(task.id))
    content: dict[str, str | int] = {"start": task.start.isoformat(), "end": task.end.isoformat()}
    name, urgent = key(task.id, f"off/{int(now.timestamp())}"), is_urgent(now, task.start)

    def had(each: int) -> dict[str, int]:
        """Who was to come may have it in their calendar."""
        return {"task": task.id} if each == task.interpreter else {}

    told = [each.person for each in found if each.answer == "" or each.person == task.interpreter]
    wanted = [
        NewNotice(each, "int_off", name, now, content | had(each), task.end, urgent=urgent)
        for each in told
        if each != but and each not in unread
    ]
    await notices.add(tx, community, wanted)
    await interpreting.answer(tx, community, task.id, [each for each in told if each != but], "silent")


def _answered(guide: Guide, task: Task, asked: Asked, said: str, now: datetime) -> Message:
    if task.state == "found" and task.interpreter == asked.person:
        return yours(guide, task)
    lines: list[Text]
    if said == "y":
        # NOTE: To an interpreter who said yes too late, or after it was called off.
        lines = [say("💛 Thank you. It is not needed any more: somebody else comes, or it was called off.")]
    elif said == "m":
        until = local_day(now) + network_rules().waits["month"]
        # NOTE: To an interpreter: {day} "Wednesday 23/12".
        lines = [say("💛 All right. We do not ask you before {day}.", day=Day(until))]
    else:
        # NOTE: To an interpreter who said “not this time”.
        lines = [say("💛 All right. Thank you for telling us. We ask the next one.")]
    return Message(lines, ((mine(), PERSON),))


def yours(guide: Guide, task: Task) -> Message:
    """What an interpreter has said yes to."""
    # NOTE: To an interpreter who has said yes; below are the time and the place.
    lines: list[Line] = [say("✅ <b>You interpret. Thank you!</b>"), *facts(guide, task)]
    if task.name:
        # NOTE: To an interpreter: {name} is the first name of who needs them, and who has said yes to this.
        lines.append(say("👋 You interpret for {name}.", name=task.name))
    if task.kind == "case":
        # NOTE: To an interpreter who has said yes to a conversation of a coordinator's, perhaps by phone.
        lines.append(say("✉️ The coordinator writes to you here about how it is done."))
    # NOTE: To an interpreter; “me” is the bot.
    lines += ["", say("I remind you. What is said there stays there.")]
    return Message(
        lines,
        (
            # NOTE: Button: an interpreter cannot come; it is asked once more.
            (Button(label("❌ I cannot come"), f"Ix:{task.id}", style="no"), in_calendar(task.id)),
            (mine(), PERSON),
        ),
        protect=bool(task.name),
    )


async def show(services: Services, reader: Reader, number: int, _now: datetime) -> Message:
    """A task of one's own."""
    async with services.database.read() as tx:
        task = await interpreting.one_task(tx, services.community, number)
    if task is None or reader.person is None or task.interpreter != reader.person.id or task.state != "found":
        return closed()
    return yours(services.guide, task)


async def ask_cannot(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """Somebody counts on them, so it is asked once."""
    found = await show(services, reader, number, now)
    if not found.buttons[0][0].data.startswith("Ix:"):
        return found
    return Message(
        (
            # NOTE: To an interpreter who had said yes and taps “I cannot come”.
            say("❌ <b>You cannot come?</b>"),
            # NOTE: To an interpreter before they take their yes back.
            say("We tell those who count on you, and ask the next one at once."),
        ),
        (
            # NOTE: Button: an interpreter takes their yes back.
            (Button(label("❌ I cannot come"), f"IX:{number}", style="no"),),
            (Button(label("◀️ No, go back"), f"Iz:{number}"),),
        ),
    )


async def cannot(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """The next is asked at once, and all who count on it know; twice is the same as once."""
    async with services.database.write() as tx:
        task = await interpreting.one_task(tx, services.community, number, hold=True)
        if task is None or reader.person is None:
            return closed()
        if task.state == "found" and task.interpreter == reader.person.id and task.end > now:
            await interpreting.answer(tx, services.community, number, [reader.person.id], "cannot")
            await lose(tx, services.guide, task, now)
    services.hurry.set()
    return Message(
        # NOTE: To an interpreter who took their yes back.
        (say("💛 All right. Thank you for telling us. We ask the next one."),),
        ((mine(), in_calendar(number)), (PERSON,)),
    )


async def step_back(tx: Tx, guide: Guide, person: int, now: datetime) -> None:
    """They interpret no more: what they are asked goes to the next; what they said yes to the clock sees."""
    community = guide.community.id
    for beside in await interpreting.open_tasks(tx, community):
        asked = await interpreting.asked_for(tx, community, beside.task.id)
        if any(each.person == person and each.answer == "" for each in asked):
            await notices.drop(tx, community, key(beside.task.id), person=person)
            await interpreting.answer(tx, community, beside.task.id, [person], "no")
            await go_on(tx, guide, beside.task, now)


async def lose(tx: Tx, guide: Guide, task: Task, now: datetime) -> None:
    """Who had said yes comes no more: it is looked for anew."""
    await notices.drop(tx, guide.community.id, key(task.id))
    open_again = replace(task, state="looking", interpreter=None, told=False, made=now, sequence=task.sequence + 1)
    await interpreting.save_task(tx, guide.community.id, open_again)
    await interpreting.forget_silent(tx, guide.community.id, task.id)
    await tell_concerned(tx, guide.community.id, open_again, "int_lost", now)
    await go_on(tx, guide, open_again, now)
