"""The coordinator: who interprets and who is approved, and what somebody is still looked for."""

from __future__ import annotations

from datetime import datetime

from bot.cases import not_yours
from bot.core.interpreting.model import Interpreter, Task
from bot.core.model import Reader
from bot.core.say import Button, Line, Message, Span, Text, Word, label, say
from bot.core.schedule import local_day
from bot.interpreting.answering import step_back
from bot.interpreting.asking import standing
from bot.interpreting.finding import look_again
from bot.interpreting.words import about, closed
from bot.services import Services
from bot.store import interpreters, interpreting, notices
from bot.store.notices import NewNotice

AT_ONCE = 6
STATES = {
    # NOTE: The state of a task of interpreting, in a list.
    "looking": say("⏳ somebody is asked"),
    # NOTE: The state of a task of interpreting, in a list.
    "none": say("😔 nobody so far"),
    # NOTE: The state of a task of interpreting, in a list.
    "found": say("✅ somebody comes"),
}


async def overview(services: Services, reader: Reader, page: int, now: datetime) -> Message:
    """What is still ahead, and everybody who interprets, those to be spoken with first."""
    if not reader.coordinates:
        return not_yours()
    async with services.database.read() as tx:
        tasks = [each.task for each in await interpreting.open_tasks(tx, services.community)]
        everyone = await interpreters.list_all(tx, services.community, services.guide.point, local_day(now))
    # NOTE: Head of a coordinator's page.
    lines: list[Line] = [say("🗣 <b>Interpreters</b>")]
    shown = tasks[page * AT_ONCE : (page + 1) * AT_ONCE]
    for task in shown:
        lines += ["", *_line(task)]
    if not tasks:
        # NOTE: On a coordinator's page.
        lines.append(say("Nobody needs one at the moment."))
    rows = [tuple(_task(each) for each in shown[at : at + 3]) for at in range(0, len(shown), 3)]
    ordered = sorted(everyone, key=lambda each: (each.state != "new", each.since))
    people = [_person(each) for each in ordered[page * AT_ONCE : (page + 1) * AT_ONCE]]
    rows += [tuple(people[at : at + 2]) for at in range(0, len(people), 2)]
    paging = (
        *((Button(label("◀️ Back"), f"ID:{page - 1}"),) if page else ()),
        *(
            (Button(label("▶️ More"), f"ID:{page + 1}"),)
            if max(len(tasks), len(everyone)) > (page + 1) * AT_ONCE
            else ()
        ),
    )
    return Message(lines, (*rows, *((paging,) if paging else ()), (Button(label("🗂 Coordinate"), "k"),)))


def _line(task: Task) -> list[Text]:
    language = Word("language", task.language)
    return [
        # NOTE: In a list of a coordinator: {number} "3", {language} "Arabic", {state} "✅ somebody comes".
        say("No. {number} · {language}: {state}", number=task.id, language=language, state=STATES[task.state]),
        say("📅 {when}", when=Span(task.start, task.end)),
    ]


def _task(task: Task) -> Button:
    # NOTE: Button of a coordinator, opens a task of interpreting by its number.
    return Button(label("🗣 No. {number}", number=task.id), f"It:{task.id}")


def _person(each: Interpreter) -> Button:
    mark = "🆕" if each.state == "new" else "✖️" if each.state == "declined" else "👤"
    # NOTE: Button of a coordinator, opens an interpreter: {mark} 🆕 or 👤, {number} "7".
    return Button(label("{mark} No. {number}", mark=mark, number=each.person), f"Iw:{each.person}")


async def task(services: Services, reader: Reader, number: int, _now: datetime) -> Message:
    """One task, and how far it has come."""
    if not reader.coordinates:
        return not_yours()
    async with services.database.read() as tx:
        found = await interpreting.one_task(tx, services.community, number)
        if found is None or found.state not in STATES:
            return closed()
        return await standing(tx, services.guide, found, Button(label("◀️ Back"), "ID:0"))


async def show(services: Services, reader: Reader, person: int, now: datetime) -> Message:
    """One interpreter, with what can be decided."""
    if not reader.coordinates:
        return not_yours()
    async with services.database.read() as tx:
        found = await interpreters.one(tx, services.community, person, services.guide.point, local_day(now))
    if found is None:
        return closed()
    states = {
        "new": say("🆕 Not spoken with yet"),
        "approved": say("✅ Approved"),
        # NOTE: The state of somebody who had offered to interpret.
        "declined": say("✖️ Not an interpreter"),
    }
    # NOTE: To a coordinator; {number} stands for the name of somebody who interprets.
    lines: list[Line] = [say("🗣 Interpreter no. {number}", number=person), *about(found), states[found.state]]
    if found.children:
        # NOTE: To a coordinator. børneattest: the Danish police certificate for work with children.
        lines.append(say("👧 Also for children under 15: the børneattest is in order."))
    else:
        # NOTE: To a coordinator. The børneattest is kept with what somebody offers in Let's Network.
        lines.append(say("👧 Not for children under 15: no børneattest in Let's Network."))
    rows: list[tuple[Button, ...]] = []
    if found.state != "approved":
        rows.append((Button(label("✅ Approve"), f"IV:{person}:a", style="yes"),))
    if found.state != "declined":
        no = label("❌ Not now") if found.state == "new" else label("🗑 Remove")
        rows.append((Button(no, f"IV:{person}:d", style="no"), Button(label("✍️ Write to them"), f"Nq:{person}")))
    return Message(lines, (*rows, (Button(label("◀️ Back"), "ID:0"),)))


async def decide(services: Services, reader: Reader, person: int, now: datetime, *, yes: bool) -> Message:
    """A coordinator has spoken with them; nobody decides about themselves. What they had said yes to is looked for anew
    by the clock, where they are declined."""
    if not reader.coordinates or reader.person is None:
        return not_yours()
    if person == reader.person.id:
        # NOTE: To a coordinator who interprets too, and taps on their own page.
        return Message((say("Another coordinator decides about you."),), ((Button(label("◀️ Back"), "ID:0"),),))
    community, state = services.community, "approved" if yes else "declined"
    async with services.database.write() as tx:
        found = await interpreters.one(tx, community, person, services.guide.point, local_day(now))
        if found is None:
            return closed()
        if found.state != state:
            await interpreters.set_values(tx, community, person, now, state=state)
            told = NewNotice(person, "int_decided", f"interpreter{person}/{int(now.timestamp())}", now, {"yes": yes})
            await notices.add(tx, community, [told])
            await (look_again(tx, services.guide, now) if yes else step_back(tx, services.guide, person, now))
    services.hurry.set()
    return await show(services, reader, person, now)
