"""The form of an activity: begun, left, gone on with, thrown away, and shown with all that it says so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.cases import not_yours
from bot.core.editing import STEPS, Edit, next_step, values_of, without_dates
from bot.core.model import Reader
from bot.core.rights import coordinates, may_edit, organisations
from bot.core.say import Button, Message, Rows, Text, label, say
from bot.core.schedule import local_day
from bot.editing.in_words import next_days, step_name, value_of
from bot.editing.questions import question
from bot.people import main_menu
from bot.services import Services
from bot.signups import gone
from bot.store import activities, edits, people

MOST_OPEN = 5
"""Forms that one person may have open at a time."""


async def opened(services: Services, reader: Reader, number: int) -> Edit | Message:
    """The reader's own open form, or in words why there is none."""
    if reader.person is None:
        return not_yours()
    async with services.database.read() as tx:
        found = await edits.one(tx, services.community, number)
    if found is None or found.person != reader.person.id:
        return finished()
    if found.state == "done" and found.number is not None:
        # NOTE: To a coordinator who tapped a button of an old form.
        return Message(
            (say("✅ This form is finished, and the activity is published."),),
            ((Button(label("🔎 See it"), f"ea:{found.number}"),),),
        )
    if found.state == "proposed":
        # NOTE: To somebody who tapped a button of a form that waits for a coordinator.
        return Message((say("📨 A coordinator is looking at your activity. You hear from us here."),), main_menu())
    return found


def finished() -> Message:
    # NOTE: To a coordinator who tapped a button of an old form.
    return Message((say("This form is not there any more."),), ((Button(label("🗂 Activities"), "ek:0"),),))


async def begin(services: Services, reader: Reader, key: str, now: datetime) -> Message:
    """A form for something new. Whoever may not publish proposes it, and a coordinator decides."""
    person = reader.person
    if person is None:
        return not_yours()
    own = organisations(person)
    values: dict[str, Any] = {"organisation": next(iter(own))} if len(own) == 1 and not coordinates(person) else {}
    async with services.database.write() as tx:
        mine = [each for each in await edits.of_person(tx, services.community, person.id) if each.state == "open"]
        edit = next((each for each in mine if each.is_new and each.values == values), None)
        if edit is None and len(mine) < MOST_OPEN:
            edit = await edits.begin(tx, services.community, person.id, f"new/{key}", now, values=values)
    if edit is None:
        # NOTE: To somebody who begins one form after another.
        return await drafts(services, reader, now, [say("You have several forms open. Finish one of them first.")])
    return await ask_next(services, reader, edit, now)


async def begin_change(
    services: Services, reader: Reader, number: int, key: str, now: datetime, *, copy: bool = False
) -> Message:
    """A form that begins with an activity as it is: to change it, or for a new one like it."""
    person = reader.person
    activity = services.guide.activities.get(number)
    if person is None or activity is None or not may_edit(person, activity.organisation):
        return not_yours() if activity is not None else gone()
    community = services.community
    async with services.database.write() as tx:
        current = await activities.load_one(tx, community, number)
        assert current is not None
        values = values_of(current)
        if copy:
            values = without_dates(values)
            edit = await edits.begin(tx, community, person.id, f"copy/{number}/{key}", now, values=values)
        else:
            mine = await edits.of_person(tx, community, person.id)
            edit = next((each for each in mine if each.number == number and each.state == "open"), None) or (
                await edits.begin(tx, community, person.id, f"edit/{number}/{key}", now, number=number, base=values)
            )
    return await (ask_next(services, reader, edit, now) if copy else show(services, reader, edit, now))


async def keep(services: Services, edit: Edit, now: datetime) -> None:
    async with services.database.write() as tx:
        await edits.save(tx, services.community, edit, now)


async def ask_next(
    services: Services, reader: Reader, edit: Edit, now: datetime, notes: Sequence[Text] = ()
) -> Message:
    """The next question of the form; the form itself where all are answered."""
    step = next_step(edit.values)
    if step is None:
        return await show(services, reader, edit, now, notes)
    return await ask(services, reader, edit, step, now, notes=notes)


async def ask(
    services: Services,
    reader: Reader,
    edit: Edit,
    step: str,
    now: datetime,
    *,
    page: int = 0,
    notes: Sequence[Text] = (),
) -> Message:
    """One question; the next text of this person is its answer."""
    await listen(services, reader, edit, step)
    return question(services.guide, reader, edit, step, local_day(now), page=page, notes=notes)


async def listen(services: Services, reader: Reader, edit: Edit, step: str) -> None:
    """From now on a text of this person answers this question; an empty one ends that."""
    assert reader.person is not None
    async with services.database.write() as tx:
        kept = {"edit": edit.id, "field": step} if step else None
        if kept is not None or (reader.person.step or {}).get("edit") is not None:
            await people.set_step(tx, services.community, reader.person.id, kept)


async def show(services: Services, reader: Reader, edit: Edit, now: datetime, notes: Sequence[Text] = ()) -> Message:
    """All that the form says so far, with a button for each line."""
    await listen(services, reader, edit, "")
    guide = services.guide
    lines: list[Text | str] = [*notes, *([""] if notes else [])]
    # NOTE: “📝 <b>New activity</b>”, “📝 <b>Change an activity</b>”: Head of a coordinator's form.
    lines.append(say("📝 <b>New activity</b>") if edit.is_new else say("📝 <b>Change an activity</b>"))
    if edit.note:
        # NOTE: A coordinator's words to the association that proposed an activity.
        lines.append(say("💬 A coordinator wrote: {text}", text=edit.note))
    for step in STEPS:
        value = value_of(guide, edit.values, step)
        mark = "✏️" if step in _touched(edit) else "▫️"
        # NOTE: A line of a form: {what} "price", {value} "35 kroner".
        lines.append(
            say("{mark} {what}: {value}", mark=mark, what=step_name(step), value=value)
            if value is not None
            # NOTE: A line of a form that is not filled in: {what} "price".
            else say("❔ {what}", what=step_name(step))
        )
    coming = next_days(edit.values, local_day(now))
    if coming is not None and coming.items:
        # NOTE: The next days of a series: {days} "Thursday 26/11, Thursday 03/12".
        lines += ["", say("📅 Next: {days}", days=coming)]
    return Message(lines, _buttons(edit))


def _touched(edit: Edit) -> set[str]:
    """The questions whose answer differs from what the form began with."""
    if edit.is_new:
        return set()
    before, after = edit.base.get("schedule", {}), edit.values.get("schedule", {})
    parts = {"start": "hours", "end": "hours", "nth": "repeats", "skips": "first", "on_holidays": "first"}
    moved = {parts.get(name, name) for name in after if after[name] != before.get(name)}
    return {*edit.changed, *moved}


def _buttons(edit: Edit) -> Rows:
    steps = [
        Button(label("✏️ {what}", what=step_name(step)), f"ef:{edit.id}:{step}:0")
        for step in STEPS
        if step != "organisation" or edit.is_new
    ]
    rows = [tuple(steps[at : at + 2]) for at in range(0, len(steps), 2)]
    onward = next_step(edit.values)
    # NOTE: “▶️ Go on”: the next question of a form. “👀 Preview”: shows an activity as newcomers will see it.
    last = Button(label("👀 Preview"), f"ep:{edit.id}", style="yes") if onward is None else Button(
        label("▶️ Go on"), f"eg:{edit.id}", style="yes"
    )  # fmt: skip
    # NOTE: “🗑 Throw away”: a form is not wanted any more. “💾 Later”: a form is kept, to go on with another time.
    return (
        *rows,
        (last,),
        (Button(label("🗑 Throw away"), f"ex:{edit.id}", style="no"), Button(label("💾 Later"), f"el:{edit.id}")),
    )


async def later(services: Services, reader: Reader, edit: Edit) -> Message:
    """The form is left; it lies in the database and can be gone on with for 60 days."""
    await listen(services, reader, edit, "")
    return Message(
        # NOTE: After a form was left: nothing is lost.
        (say("💾 Kept. Go on with it whenever you like."),),
        ((Button(label("▶️ Go on"), f"e:{edit.id}"), Button(label("🗂 Activities"), "ek:0")),),
    )


def ask_away(edit: Edit) -> Message:
    return Message(
        # NOTE: Before a form is thrown away.
        (say("🗑 <b>Throw this form away?</b>"), say("What is published stays as it is.")),
        (
            (
                Button(label("🗑 Throw away"), f"eX:{edit.id}", style="no"),
                Button(label("◀️ No, go back"), f"e:{edit.id}"),
            ),
        ),
    )


async def throw_away(services: Services, reader: Reader, edit: Edit, now: datetime) -> Message:
    await listen(services, reader, edit, "")
    async with services.database.write() as tx:
        await edits.remove(tx, services.community, edit.id)
    # NOTE: After a form was thrown away.
    return await drafts(services, reader, now, [say("🗑 Thrown away.")])


async def drafts(services: Services, reader: Reader, now: datetime, notes: Sequence[Text] = ()) -> Message:
    """The forms that this person has open, the last one first."""
    if reader.person is None:
        return not_yours()
    async with services.database.read() as tx:
        found = await edits.of_person(tx, services.community, reader.person.id)
    rows = [
        # NOTE: Button, goes on with a form: {name} of its activity.
        (Button(label("📝 {name}", name=str(each.values.get("title") or "…")), f"e:{each.id}"),)
        for each in found
    ]
    head = say("📝 <b>Your forms</b>") if found else say("No form is open.")
    return Message((*notes, head), (*rows, (Button(label("🗂 Activities"), "ek:0"),)))


def with_values(edit: Edit, values: dict[str, Any]) -> Edit:
    """The form with other answers."""
    return replace(edit, values=values)
