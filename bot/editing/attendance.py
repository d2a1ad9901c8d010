"""Who came: ticked on the phone at the door, by number and without a name; who did not is missed, not blamed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.activities import spot, title
from bot.coordination import of_theirs
from bot.core.model import Occurrence, Reader, SignUp
from bot.core.say import Button, Message, Span, Text, label, say, say_many
from bot.core.waiting_list import door_list
from bot.services import Services
from bot.store import attendance, signups

OPENS = timedelta(hours=2)
"""Ticking begins this long before the start."""

CLOSES = timedelta(days=3)
"""And ends this long after the end: later nobody remembers."""


async def _seats(services: Services, found: Occurrence) -> Sequence[SignUp]:
    async with services.database.read() as tx:
        seat = services.guide.seat_day(found)
        rows = await signups.of_occurrence(tx, services.community, found.activity, seat)
        if _is_course(services, found):
            came = await attendance.of_day(tx, services.community, found.activity, found.day)
            rows = tuple(replace(each, came=came.get(each.person)) for each in rows)
    return sorted((each for each in rows if each.state == "going"), key=lambda each: each.door)


def _is_course(services: Services, found: Occurrence) -> bool:
    """Whether its seats are for all days, so that who came is kept for each day apart."""
    return services.guide.activities[found.activity].sign_up == "course"


async def page(
    services: Services, reader: Reader, number: int, day: date, now: datetime, notes: Sequence[Text] = ()
) -> Message:
    """The door list: a number for each seat, to be ticked while people come in."""
    found = of_theirs(services, reader, number, day)
    if isinstance(found, Message):
        return found
    activity = services.guide.activities[number]
    seats = await _seats(services, found)
    lines: list[Text | str] = [
        *notes,
        # NOTE: Head of a door list: who has a seat, by number.
        say("🚪 <b>At the door</b>"),
        say("{title}, {when}", title=title(activity), when=Span(found.start, found.end)),
        say_many("👥 {n} has a seat", "👥 {n} have a seat", len(door_list(seats))),
    ]
    back = (Button(label("◀️ Back"), f"k:{spot(number, day)}"),)
    if not found.start - OPENS <= now <= found.end + CLOSES:
        # NOTE: To a coordinator: when people can be ticked on the door list.
        lines += ["", say("You can tick from two hours before until three days after.")]
        return Message(lines, (back,))
    # NOTE: To a coordinator at the door. Each person sees their own number on their card.
    lines += ["", say("Each person has a number on their card. Tap it when they come.")]
    return Message(lines, (*_ticks(number, day, seats), back))


def _ticks(number: int, day: date, seats: Sequence[SignUp]) -> tuple[tuple[Button, ...], ...]:
    where = spot(number, day)
    marks = [
        # NOTE: Button on a door list: {mark} "✅", {number} of a seat.
        Button(
            label("{mark} {number}", mark="✅" if each.came else "▫️", number=each.door),
            f"eI:{where}:{each.door}:{'n' if each.came else 'y'}",
        )
        for each in seats[:90]
    ]
    rows = [tuple(marks[at : at + 5]) for at in range(0, len(marks), 5)]
    if seats:
        # NOTE: “✅ All came”, “💾 Done”: Buttons on a door list; after the second who is not ticked did not come.
        rows.append(
            (Button(label("✅ All came"), f"eJ:{where}:a"), Button(label("💾 Done"), f"eJ:{where}:d", style="yes"))
        )
    return tuple(rows)


async def tick(
    services: Services, reader: Reader, number: int, day: date, door: int, now: datetime, *, yes: bool
) -> Message:
    """One person came, or was ticked by mistake. Setting it twice is the same as once."""
    found = of_theirs(services, reader, number, day)
    if isinstance(found, Message):
        return found
    await _set(services, found, [door], now, came=True if yes else None)
    return await page(services, reader, number, day, now)


async def finish(services: Services, reader: Reader, number: int, day: date, now: datetime, *, every: bool) -> Message:
    """Everybody came; or the list is done, and who is not ticked did not come."""
    found = of_theirs(services, reader, number, day)
    if isinstance(found, Message):
        return found
    seats = await _seats(services, found)
    if every:
        await _set(services, found, [each.door for each in seats], now, came=True)
        return await page(services, reader, number, day, now)
    absent = [each.door for each in seats if each.came is not True]
    await _set(services, found, absent, now, came=False)
    notes = [
        # NOTE: To a coordinator, after the door list is done.
        say_many("✅ {n} came", "✅ {n} came", len(seats) - len(absent)),
        # NOTE: To a coordinator, after the door list is done: people with a seat who stayed away. No blame.
        say_many("💛 {n} could not come", "💛 {n} could not come", len(absent)),
    ]
    return await page(services, reader, number, day, now, [*notes])


async def _set(
    services: Services, found: Occurrence, doors: Sequence[int], now: datetime, *, came: bool | None
) -> None:
    if not found.start - OPENS <= now <= found.end + CLOSES:
        return
    community, number = services.community, found.activity
    async with services.database.write() as tx:
        if _is_course(services, found):
            seat = services.guide.seat_day(found)
            await attendance.set_came(tx, community, number, seat, found.day, doors, came)
        else:
            await signups.set_came(tx, community, number, found.day, doors, came)
