"""When and how an announcement is sent: now, at a time, round an activity; held back or not; paused, cancelled."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.announcing import desk, words
from bot.announcing.choosing import ACTIVITIES_AT_ONCE, coming_up, occurrence_button
from bot.announcing.clock import occurrence_of
from bot.announcing.desk import GoneError, for_coordinators
from bot.core.announcing.model import Announcement
from bot.core.announcing.timing import OFFSETS, planned_for
from bot.core.model import Reader
from bot.core.query import base36, coded_day, day_code
from bot.core.say import Button, Day, Hour, Line, Message, Text, label, say
from bot.core.schedule import DAY, local_day, moment
from bot.services import Services
from bot.store import announcements, deliveries
from bot.store.database import Tx

DAYS = 8
HOURS = tuple(time(hour) for hour in range(8, 20))
LONGEST_AHEAD = timedelta(days=366)


@for_coordinators
async def when(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """Now, a day, or an activity."""
    async with services.database.read() as tx:
        found = await desk.open_one(tx, services, number)
    days = [local_day(now) + n * DAY for n in range(DAYS)]
    buttons = [Button(label("{day}", day=Day(each)), f"Bd:{number}:{day_code(each)}") for each in days]
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    return Message(
        # NOTE: To a coordinator: when an announcement is sent.
        (say("🕐 <b>When is it sent?</b>"), words.when(services, found)),
        (
            # NOTE: “📨 When I send it”: as soon as the coordinator taps. “📅 Round an activity”: so long before it.
            (
                Button(label("📨 When I send it"), f"BN:{number}"),
                Button(label("📅 Round an activity"), f"BT:{number}:0"),
            ),
            *rows,
            (Button(label("◀️ Back"), f"Bo:{number}"),),
        ),
    )


@for_coordinators
async def hours(services: Services, reader: Reader, number: int, code: str, now: datetime) -> Message:
    """The hours of a day that are still ahead, outside the quiet hours."""
    day = coded_day(code)
    buttons = [
        Button(
            label("{hour}", hour=Hour(moment(day, each))), f"Bu:{number}:{base36(int(moment(day, each).timestamp()))}"
        )
        for each in HOURS
        if moment(day, each) > now
    ]
    rows = [tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3)]
    return Message(
        # NOTE: {day} "Thursday 26/11": above the hours of that day.
        (say("🕐 {day}, at which hour?", day=Day(day)),),
        (*rows, (Button(label("◀️ Back"), f"Bt:{number}"),)),
    )


async def set_time(services: Services, reader: Reader, number: int, at: datetime | None, now: datetime) -> Message:
    """At this moment, or None for as soon as it is sent."""
    if at is not None and not now < at < now + LONGEST_AHEAD:
        return await when(services, reader, number, now)
    return await _set(services, reader, number, now, due=at, activity=None, day=None, offset=None)


@for_coordinators
async def activities(services: Services, reader: Reader, number: int, start: int, now: datetime) -> Message:
    """The occurrences that an announcement can hang on."""
    coming = coming_up(services.guide, now)
    shown = coming[start * ACTIVITIES_AT_ONCE : (start + 1) * ACTIVITIES_AT_ONCE]
    rows = [
        (occurrence_button(services.guide, each, f"BA:{number}:{each.activity}:{day_code(each.day)}"),)
        for each in shown
    ]
    paging = (
        *((Button(label("◀️ Back"), f"BT:{number}:{start - 1}"),) if start else ()),
        *(
            (Button(label("▶️ More"), f"BT:{number}:{start + 1}"),)
            if len(coming) > (start + 1) * ACTIVITIES_AT_ONCE
            else ()
        ),
    )
    # NOTE: To a coordinator: an announcement is sent before or after this activity.
    return Message((say("📅 <b>Round which activity?</b>"),), (*rows, *((paging,) if paging else ()), _back(number)))


def _back(number: int) -> tuple[Button, ...]:
    return (Button(label("◀️ Back"), f"Bt:{number}"),)


@for_coordinators
async def offsets(services: Services, reader: Reader, number: int, where: tuple[int, str], now: datetime) -> Message:
    """How long before or after it: what is still ahead."""
    activity, day = where
    found = services.guide.occurrence(activity, coded_day(day))
    if found is None:
        raise GoneError
    rows = [
        (Button(words.OFFSETS[letter], f"BO:{number}:{activity}:{day}:{letter}"),)
        for letter, offset in OFFSETS
        if found.start + offset > now
    ]
    return Message((say("🕐 <b>When is it sent?</b>"),), (*rows, _back(number)))


async def set_offset(
    services: Services, reader: Reader, number: int, where: tuple[int, str], letter: str, now: datetime
) -> Message:
    """So long before or after an occurrence, which it moves with."""
    activity, day = where[0], coded_day(where[1])
    found = services.guide.occurrence(activity, day)
    offset = dict(OFFSETS)[letter]
    if found is None or found.start + offset <= now:
        return await when(services, reader, number, now)
    due = found.start + offset
    return await _set(services, reader, number, now, due=due, activity=activity, day=day, offset=offset)


@for_coordinators
async def _set(services: Services, reader: Reader, number: int, now: datetime, /, **values: object) -> Message:
    async with services.database.write() as tx:
        found = await desk.open_one(tx, services, number)
        await announcements.change(tx, found, **values)
        return await desk.page(services, reader, number, now, tx=tx)


@for_coordinators
async def how(services: Services, reader: Reader, number: int) -> Message:
    """What happens without a version, at night, and with who comes later."""
    async with services.database.read() as tx:
        found = await desk.open_one(tx, services, number)
    lines: list[Line] = [say("⚙️ <b>How is it sent?</b>"), *words.options(services, found)[1:]]
    # NOTE: “Hold back”: who has no translation waits for one. “Another language”: they get it in English.
    missing = (
        label("🌍 No version: hold back") if found.missing == "fallback" else label("🌍 No version: other language")
    )
    # NOTE: “🚨 Urgent …”: sent at night too. “🌙 Not urgent”: it waits for the morning.
    urgent = label("🌙 Not urgent") if found.urgent else label("🚨 Urgent …")
    # NOTE: “➕ Late joiners too”: who comes after the sending gets it. “➖ No late joiners”: they do not.
    late = label("➖ No late joiners") if found.late_joiners else label("➕ Late joiners too")
    return Message(
        lines,
        (
            (Button(missing, f"Bm:{number}:m"),),
            (Button(late, f"Bm:{number}:l"), Button(urgent, f"Bm:{number}:{'u' if found.urgent else 'U'}")),
            (Button(label("◀️ Back"), f"Bo:{number}"),),
        ),
    )


@for_coordinators
async def switch(services: Services, reader: Reader, number: int, which: str) -> Message:
    """One of them the other way. Urgent is asked: it wakes people and goes over the limit that protects them."""
    if which == "U":
        return Message(
            (
                # NOTE: To a coordinator, before an announcement is marked as urgent.
                say("🚨 <b>Is it urgent?</b>"),
                say("It comes at night too, and to people who have had their message of the day."),
                say("Use it for what cannot wait until 08:00. Who said stop does not get it."),
            ),
            (
                # NOTE: Button: an announcement is urgent.
                (Button(label("🚨 Yes, urgent"), f"Bm:{number}:u", style="no"),),
                (Button(label("◀️ No, go back"), f"Bm:{number}"),),
            ),
        )
    async with services.database.write() as tx:
        found = await desk.open_one(tx, services, number)
        match which:
            case "m":
                await announcements.change(tx, found, missing="hold" if found.missing == "fallback" else "fallback")
            case "l":
                await announcements.change(tx, found, late_joiners=not found.late_joiners)
            case _:
                await announcements.change(tx, found, urgent=not found.urgent)
    return await how(services, reader, number)


async def plan(tx: Tx, services: Services, found: Announcement, now: datetime) -> datetime | None:
    """Its coordinator has said send: it waits for its time. None where that cannot be, as its activity is off."""
    at = planned_for(found, occurrence_of(services, found)) if found.offset is not None else found.due or now
    if at is None:
        return None
    await announcements.change(tx, found, state="planned", due=max(at, now))
    services.many.set()
    return max(at, now)


@for_coordinators
async def pause(services: Services, reader: Reader, number: int, now: datetime, *, yes: bool) -> Message:
    """What has not left stays; what is under way at this moment arrives. Or on again."""
    async with services.database.write() as tx:
        found = await desk.one(tx, services, number)
        if found.state != "sending":
            raise GoneError
        await announcements.note(tx, found, paused=yes)
    (services.hushed.add if yes else services.hushed.discard)(number)
    services.many.set()
    return await desk.page(services, reader, number, now)


@for_coordinators
async def ask_cancel(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """Before it is cancelled, or stopped on its way."""
    async with services.database.read() as tx:
        found = await desk.one(tx, services, number)
        counts = await deliveries.counts(tx, services.community, number)
    if found.is_over:
        raise GoneError
    note: Text = (
        # NOTE: To a coordinator who wants to stop an announcement: {n} people have it already.
        say("{n} have it already. Nobody else gets it.", n=counts.get("sent", 0))
        if found.state == "sending"
        # NOTE: To a coordinator who wants to cancel an announcement.
        else say("Nobody has it yet.")
    )
    return Message(
        # NOTE: To a coordinator, before an announcement is cancelled.
        (say("🗑 <b>Cancel this announcement?</b>"), note),
        (
            # NOTE: Button: an announcement is cancelled.
            (Button(label("🗑 Yes, cancel it"), f"BK:{number}", style="no"),),
            (Button(label("◀️ No, go back"), f"Bo:{number}"),),
        ),
    )


@for_coordinators
async def cancel(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """Nobody who does not have it gets it any more; twice is the same as once."""
    services.hushed.add(number)
    async with services.database.write() as tx:
        found = await desk.one(tx, services, number)
        if found.is_over:
            raise GoneError
        await deliveries.end_all(tx, services.community, number, "cancelled", now, states=("waiting", "held"))
        await announcements.change(tx, found, state="cancelled", ended=now)
        return await desk.page(services, reader, number, now, tx=tx)
