"""What the notices about interpreting say: the question, who comes, that nobody does, a move, a reminder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from bot.core.interpreting.model import Task
from bot.core.say import Button, Line, Message, Moment, Rows, Span, Text, label, say
from bot.core.schedule import local_day
from bot.core.ways_on import PERSON
from bot.interpreting.answering import yours
from bot.interpreting.asking import said, write_to
from bot.interpreting.words import about, facts, in_calendar, mine
from bot.store import interpreters, interpreting

if TYPE_CHECKING:  # it imports us
    from bot.telling import Tell, Telling


async def _task(telling: Telling, *states: str) -> Task | None:
    found = await interpreting.one_task(telling.tx, telling.guide.community.id, int(telling.content["task"]))
    return found if found is not None and found.state in states else None


async def ask(telling: Telling) -> Message | None:
    """One interpreter is asked: languages, time and place, and no name."""
    task = await _task(telling, "looking")
    if task is None:
        return None
    asked = await interpreting.asked_for(telling.tx, telling.guide.community.id, task.id)
    own = next((each for each in asked if each.person == telling.person.id), None)
    if own is None or own.answer != "":
        return None
    lines: list[Line] = [
        # NOTE: Head of a question to somebody who interprets. Neutral: others see the phone.
        say("🗣 <b>Can you interpret?</b>"),
        *facts(telling.guide, task),
        "",
        # NOTE: To an interpreter who is asked: {when} "Thursday 26/11 12:00".
        say("Please answer before {when}. Then we ask the next one. A no is quite all right.", when=Moment(own.until)),
    ]
    return Message(lines, _answers(task))


def _answers(task: Task) -> Rows:
    return (
        (
            Button(label("✅ Yes"), f"Iy:{task.id}", style="yes"),
            # NOTE: Button: an interpreter says no to this one task.
            Button(label("❌ Not this time"), f"Iq:{task.id}", style="no"),
        ),
        # NOTE: Button: an interpreter wants no questions for a month.
        (Button(label("⏸ Not this month"), f"Ir:{task.id}"), PERSON),
    )


async def found(telling: Telling) -> Message | None:
    """To those it is for: who comes."""
    return await _standing(telling, ("found",))


async def nobody(telling: Telling) -> Message | None:
    """To those it is for: nobody so far, said in good time."""
    return await _standing(telling, ("looking", "none"))


async def _standing(telling: Telling, states: tuple[str, ...]) -> Message | None:
    task = await _task(telling, *states)
    if task is None:
        return None
    lines: list[Line] = [say("🗣 <b>Interpreter</b>"), *facts(telling.guide, task), ""]
    lines += await said(telling.tx, telling.guide.community.id, task)
    rows: Rows = ((Button(label("✖️ Not needed"), f"Io:{task.id}", style="no"), PERSON),)
    if telling.person.id == task.person:
        rows = (*write_to(task), *rows)
    return Message(lines, rows, protect=task.state == "found")


async def lost(telling: Telling) -> Message | None:
    """To those it is for: who had said yes cannot after all."""
    task = await _task(telling, "looking", "none")
    if task is None:
        return None
    lines: list[Line] = [
        # NOTE: To somebody who was told that an interpreter comes. Nobody's fault.
        say("🗣 <b>The interpreter cannot come after all.</b>"),
        *facts(telling.guide, task),
        "",
        # NOTE: After “The interpreter cannot come after all.”
        say("We look for somebody else at once, and write to you."),
    ]
    return Message(lines, ((Button(label("✖️ Not needed"), f"Io:{task.id}", style="no"), PERSON),))


async def nobody_for_coordinators(telling: Telling) -> Message | None:
    task = await _task(telling, "looking", "none")
    if task is None or task.person == telling.person.id:
        return None  # who asked is told by the other notice
    # NOTE: To a coordinator: no interpreter has said yes so far.
    lines: list[Line] = [say("😔 <b>No interpreter so far</b>"), *facts(telling.guide, task)]
    # NOTE: Button of a coordinator, opens who interprets and what is needed.
    return Message(lines, ((Button(label("🗣 Interpreters"), "ID:0"),),))


async def off(telling: Telling) -> Message | None:
    """To who was asked or had said yes. The task itself may be gone."""
    at = Span(datetime.fromisoformat(telling.content["start"]), datetime.fromisoformat(telling.content["end"]))
    calendar: Rows = ((in_calendar(telling.content["task"]),),) if "task" in telling.content else ()
    return Message(
        (
            # NOTE: To an interpreter: {when} "Thursday 26/11 17:30–20:00".
            say("🗣 <b>You need not interpret on {when}.</b>", when=at),
            # NOTE: To an interpreter, after it was called off or somebody else was found.
            say("It is called off, or somebody else comes. Thank you!"),
        ),
        (*calendar, (mine(), PERSON)),
    )


async def moved(telling: Telling) -> Message | None:
    """To who said yes, or is being asked: another time or place; they say again whether it fits."""
    task = await _task(telling, "looking", "found")
    if task is None:
        return None
    old = Span(datetime.fromisoformat(telling.content["old"]), datetime.fromisoformat(telling.content["old_end"]))
    lines: list[Line] = [
        # NOTE: To an interpreter: the activity or meeting is at another time or place. The new one follows.
        say("🔁 <b>What you interpret has moved.</b>"),
        *facts(telling.guide, task),
        # NOTE: The time before it was moved: {when} "Thursday 26/11 17:30–20:00".
        say("Before: {when}", when=old),
    ]
    if task.state == "looking":
        return Message(lines, _answers(task))
    if task.interpreter != telling.person.id:
        return None
    fits = Button(label("✅ That fits"), f"Iz:{task.id}", style="yes")
    return Message(
        lines, ((fits, Button(label("❌ I cannot come"), f"IX:{task.id}", style="no")), (in_calendar(task.id), PERSON))
    )


async def soon(telling: Telling) -> Message | None:
    task = await _task(telling, "found")
    if task is None or task.interpreter != telling.person.id:
        return None
    near = telling.content["near"] == "two_hours" and local_day(task.start) == local_day(telling.now)
    # NOTE: “⏰ Soon: …”: Head of a reminder to an interpreter two hours before. “⏰ Tomorrow: …”: the day before.
    head: Text = say("⏰ <b>Soon: you interpret</b>") if near else say("⏰ <b>Tomorrow: you interpret</b>")
    page = yours(telling.guide, task)
    return Message([head, *page.lines[1:-2]], page.buttons, protect=page.protect)


async def decided(telling: Telling) -> Message | None:
    yes = bool(telling.content["yes"])
    line = (
        # NOTE: To somebody who has offered to interpret.
        say("✅ <b>You are approved as an interpreter.</b>")
        if yes
        else say("🗣 We cannot use your help as an interpreter right now. A person is glad to explain.")
    )
    return Message((line,), ((mine(), PERSON),))


async def new(telling: Telling) -> Message | None:
    """To coordinators: somebody offers to interpret."""
    person = int(telling.content["interpreter"])
    found = await interpreters.one(
        telling.tx, telling.guide.community.id, person, telling.guide.point, local_day(telling.now)
    )
    if found is None or found.state != "new":
        return None
    # NOTE: To a coordinator: what they said of themselves follows.
    lines: list[Line] = [say("🆕 <b>Somebody would like to interpret</b>"), *about(found)]
    # NOTE: Button of a coordinator; {number} stands for a name.
    return Message(lines, ((Button(label("🗣 Interpreter no. {number}", number=person), f"Iw:{person}"),),))


KINDS: Mapping[str, Tell] = {
    "int_ask": ask,
    "int_found": found,
    "int_none": nobody,
    "int_lost": lost,
    "int_none_desk": nobody_for_coordinators,
    "int_off": off,
    "int_moved": moved,
    "int_soon": soon,
    "int_decided": decided,
    "int_new": new,
}
FOR_COORDINATORS = frozenset({"int_none_desk", "int_new"})
