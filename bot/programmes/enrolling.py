"""A newcomer in a cohort: takes a seat, chooses themes, leaves, and takes a missed theme in another cohort."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot import signups
from bot.activities import town
from bot.core.model import Person, Reader
from bot.core.programmes.progress import wrong_choice
from bot.core.say import Button, Line, Message, Text, label, say
from bot.core.ways_on import PERSON
from bot.guide import Guide
from bot.people import consent
from bot.programmes import showing, standing, visiting
from bot.programmes.standing import Standing
from bot.programmes.words import about, name_of, when
from bot.services import Services
from bot.store import notices, programmes
from bot.store import signups as signup_rows
from bot.store.notices import NewNotice

NUDGE = timedelta(days=2)
"""After how long who has not chosen their themes is asked for it once."""


async def enrol(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """A seat or a place in line in the whole cohort; who is in another cohort of the programme is told so first."""
    if reader.person is None:
        return consent(services.guide)
    async with services.database.read() as tx:
        here = await standing.of(tx, services.guide, number, reader.person.id)
        others = await standing.mine(tx, services.guide, reader.person.id, here.programme.id) if here else ()
    coming = here.coming(now) if here else None
    if here is None or coming is None:
        return showing.gone()
    for other in others:
        if here.seat is None and other.activity != number and _goes_on(services.guide, other.activity, now):
            return _already(services.guide, here, other.activity)
    card = await signups.join(services, reader, number, coming.day, now)
    if here.programme.choose:
        await _nudge(services, reader.person, here, now)
    notes = [line for line in card.lines[:2] if isinstance(line, Text) and line.msgid.startswith(("👍", "All", "⚠️"))]
    return await showing.cohort(services, reader, number, now, notes)


def _goes_on(guide: Guide, number: int, now: datetime) -> bool:
    return any(each.occurrence.end > now for each in guide.sessions(number))


def _already(guide: Guide, here: Standing, other: int) -> Message:
    return Message(
        (
            # NOTE: To somebody who wants to take part in a programme twice: {title} "New in Denmark", {town} "Ringe".
            say(
                "You take part in {title} in {town} already. Leave that group first if you want to change.",
                title=name_of(here.programme),
                town=town(guide.places[guide.activities[other].place]),
            ),
        ),
        (
            # NOTE: Button, opens the group of a programme that the reader is in.
            (Button(label("🎓 My group"), f"Pc:{other}"),),
            (Button(label("◀️ Back"), f"Pc:{here.number}"), PERSON),
        ),
    )


async def _nudge(services: Services, person: Person, here: Standing, now: datetime) -> None:
    wanted = NewNotice(person.id, "choose_themes", f"{here.number}/themes", now + NUDGE, {"activity": here.number})
    async with services.database.write() as tx:
        await notices.add(tx, services.community, [wanted])


async def themes_page(
    services: Services, reader: Reader, number: int, now: datetime, notes: Sequence[Text] = ()
) -> Message:
    """The themes of choice with their times; a tap takes one or leaves it."""
    async with services.database.read() as tx:
        here = await standing.of(tx, services.guide, number, reader.person.id if reader.person else None)
    if here is None or here.seat is None or here.seat.state != "going":
        return await showing.cohort(services, reader, number, now)
    lines: list[Line] = [
        *notes,
        *([""] if notes else []),
        # NOTE: Above themes of a programme: {n} "3" are to be chosen, {taken} "1" is chosen so far.
        say("🎯 <b>Choose {n} themes.</b> You have {taken}.", n=here.programme.choose, taken=len(here.chosen)),
    ]
    rows = []
    for theme in here.programme.of_choice:
        held = [each for each in here.sessions if each.theme.id == theme.id and each.is_on]
        if not held:
            continue
        lines += ["", *(when(each) for each in held), say("{about}", about=about(theme))]
        if all(each.occurrence.start <= now for each in held):
            continue
        mark = "✅" if theme.id in here.chosen else "▫️"
        # NOTE: Button, takes a theme or leaves it: {mark} "✅", {theme} "Cycling".
        rows.append((Button(label("{mark} {theme}", mark=mark, theme=name_of(theme)), f"PT:{number}:{theme.id}"),))
    # NOTE: Button, back to the group of a programme.
    return Message(lines, (*rows, (Button(label("💾 Done"), f"Pc:{number}", style="yes"),)))


async def toggle(services: Services, reader: Reader, number: int, theme: str, now: datetime) -> Message:
    """Takes a theme or leaves it. One too many, one that is over and one at a bad time are answered."""
    if reader.person is None:
        return consent(services.guide)
    notes: list[Text] = []
    async with services.database.write() as tx:
        await signup_rows.hold_line(tx, services.community)
        here = await standing.of(tx, services.guide, number, reader.person.id)
        if here is None or here.seat is None or theme not in {each.id for each in here.programme.of_choice}:
            return await showing.cohort(services, reader, number, now)
        held = [each for each in here.sessions if each.theme.id == theme and each.occurrence.start > now]
        if not held:
            # NOTE: A theme of a programme that was held already.
            notes.append(say("This theme is over. Choose another one."))
        elif wrong_choice(here.programme, here.chosen, theme):
            # NOTE: {n} "3" themes are chosen already.
            notes.append(say("You have chosen {n}. Take one away first.", n=here.programme.choose))
        else:
            after = here.chosen ^ {theme}
            await programmes.choose(tx, services.community, number, reader.person.id, after, now)
            if theme in after:
                await signups.plan_reminders(tx, services.guide, reader.person.id, number, here.seat.day, now)
                notes += await visiting.clash(tx, services.guide, reader.person.id, held, now)
    return await themes_page(services, reader, number, now, notes)


def ask_leave(services: Services, reader: Reader, number: int) -> Message:
    """Leaving is asked once: the whole programme, not one evening."""
    activity = services.guide.activities.get(number)
    programme = services.guide.programmes.get(activity.programme) if activity else None
    if reader.person is None or programme is None:
        return showing.gone()
    return Message(
        (
            # NOTE: Before a seat in a programme is given back: {title} "New in Denmark".
            say("❌ <b>Leave {title}?</b>", title=name_of(programme)),
            # NOTE: Before a seat in a programme is given back.
            say("All evenings, not only one. Your seat goes to the next. What you attended is kept."),
        ),
        (
            # NOTE: Button, gives back the seat in a programme.
            (Button(label("❌ Yes, leave"), f"PX:{number}", style="no"),),
            (Button(label("◀️ No, go back"), f"Pc:{number}"),),
        ),
    )


async def leave(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """Gives the seat back, and the visits of this programme with it."""
    if reader.person is None:
        return consent(services.guide)
    async with services.database.write() as tx:
        here = await standing.of(tx, services.guide, number, reader.person.id)
        if here is not None:
            for each in here.kept:
                if each.visit and each.came is None and each.start > now:
                    await visiting.drop_visit(tx, services.guide, each)
            await notices.drop(tx, services.community, f"{number}/themes", person=reader.person.id)
    coming = here.coming(now) if here else None
    if here is None or coming is None:
        return showing.gone()
    return await signups.leave(services, reader, number, coming.day, now)
