"""Who runs meetings moves one, calls one off; everybody who was asked to it is told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core.meetings.dates import overlapping
from bot.core.meetings.model import Meeting
from bot.core.meetings.steps import agenda_day, moved
from bot.core.model import Reader
from bot.core.pack import LONGEST as LONGEST_MEETING
from bot.core.query import base36
from bot.core.say import Button, Day, Message, Span, Text, label, say
from bot.meetings.asking import answered, ask
from bot.meetings.pages import show
from bot.meetings.papers import agenda_goes_out
from bot.meetings.planning import cancel, move
from bot.meetings.times import read_spans
from bot.meetings.words import facts, gone, home, runs, title, to_meeting
from bot.services import Services
from bot.store import meetings
from bot.store.database import Tx


async def coming(tx: Tx, services: Services, number: int, now: datetime) -> Meeting | None:
    """The meeting, planned or being made, that has not begun."""
    found = await meetings.held(tx, services.community, number)
    return found if found is not None and found.state in ("draft", "planned") and found.start > now else None


# -- another time -----------------------------------------------------------------------------------------------------


async def ask_time(services: Services, reader: Reader, number: int, now: datetime, note: Text | None = None) -> Message:
    """To when? The next text is the answer."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    async with services.database.read() as tx:
        meeting = await meetings.one(tx, services.community, number)
    if meeting is None or meeting.state not in ("draft", "planned"):
        return gone()
    lines = [
        *((note, "") if note else ()),
        say("📅 <b>To when?</b>"),
        *facts(services.guide, meeting)[:2],
        say("Write the day, the time or both, such as: Friday 18-20."),
    ]
    return await ask(services, reader, "move", number, lines, to_meeting(number))


async def time_typed(services: Services, reader: Reader, number: int, text: str, now: datetime) -> Message:
    """What was written is shown as a time, with what it does to the agenda; a tap moves the meeting there."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    async with services.database.read() as tx:
        meeting = await meetings.one(tx, services.community, number)
        others = await meetings.since(tx, services.community, now)
    if meeting is None or meeting.state not in ("draft", "planned"):
        return gone()
    spans = read_spans(services, reader, text, now, (meeting.start, meeting.end))
    if not spans:
        return await ask_time(services, reader, number, now, unread())
    lines: list[Text | str] = [
        # NOTE: To who moves a meeting of the network, before it is moved.
        say("📅 <b>Move it for everyone?</b>"),
        *facts(services.guide, meeting)[:2],
        *_about_agenda(services, meeting, spans[0], now),
        *clashes(spans[0], others, number),
        # NOTE: To who moves a meeting of the network.
        say("Everyone who was asked to it is told at once."),
    ]
    seen = base36(int(meeting.start.timestamp()))
    rows = [
        (Button(label("✅ {when}", when=Span(*each)), f"MT:{number}:{coded(*each)}:{seen}", style="yes"),)
        for each in spans
    ]
    return Message(lines, (*rows, (Button(label("◀️ No, go back"), f"Mm:{number}"),)))


def unread() -> Text:
    """Nothing that could be a time was written."""
    # NOTE: To who plans or moves a meeting and wrote no time that can be.
    return say("⚠️ I do not know that time, or it is over. Write it such as: 3/12 17-19.")


def coded(start: datetime, end: datetime) -> str:
    """From and to, in a button."""
    return f"{base36(int(start.timestamp()))}:{base36(int(end.timestamp()))}"


def _about_agenda(services: Services, meeting: Meeting, span: tuple[datetime, datetime], now: datetime) -> list[Text]:
    """What the move does to the agenda, said before it is done."""
    charter = services.guide.charter
    if charter is None or meeting.state != "planned":
        return []
    new = moved(meeting, *span, charter, now)
    day = Day(agenda_day(new, charter))
    if agenda_goes_out(services.guide, new) > now:
        if meeting.agenda_out is not None:
            # NOTE: To who moves a meeting whose agenda has gone out: {day} "Tuesday 9/2".
            return [say("📋 The agenda has gone out. It goes out once more {day}.", day=day)]
        # NOTE: To who moves a meeting: {day} "Tuesday 9/2".
        return [say("📋 The agenda goes out {day} then.", day=day)]
    if meeting.agenda_out is not None:
        return [say("The agenda you have still holds.")]
    # NOTE: To who moves a meeting so near that its agenda is late: {day} "Tuesday 9/2".
    return [say("⚠️ The agenda would have had to go out {day}. It goes out as soon as it is ready.", day=day)]


def clashes(span: tuple[datetime, datetime], others: tuple[Meeting, ...], but: int = 0) -> list[Text]:
    """Other meetings at the same time, each said."""
    return [
        # NOTE: To who plans or moves a meeting: {title} "Network meeting", {when} "Tuesday 9/2 16:30–18:30".
        say("⚠️ At the same time: {title}, {when}", title=title(each), when=Span(each.start, each.end))
        for each in overlapping(*span, others, but)
    ]


async def move_to(
    services: Services, reader: Reader, number: int, start: datetime, end: datetime, seen: str, now: datetime
) -> Message:
    """Moves it to a time that was shown before; from an old bubble nothing is moved twice."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    async with services.database.write() as tx:
        meeting = await coming(tx, services, number, now)
        if meeting is None:
            return gone()
        fits_in = now < start < end <= start + LONGEST_MEETING
        if base36(int(meeting.start.timestamp())) == seen and fits_in:
            await answered(tx, services, reader)
            if meeting.state == "draft":
                await meetings.save(tx, services.community, replace(meeting, start=start, end=end), None)
            else:
                await move(tx, services.guide, meeting, start, end, now)
    services.hurry.set()
    return await show(services, reader, number, now)


# -- called off -------------------------------------------------------------------------------------------------------


async def ask_cancel(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """Calling it off cannot be taken back, so it is asked."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    async with services.database.read() as tx:
        meeting = await meetings.one(tx, services.community, number)
    if meeting is None or meeting.state != "planned":
        return gone()
    return Message(
        (
            say("❌ <b>Cancel for everyone?</b>"),
            *facts(services.guide, meeting)[:2],
            say("Everyone who was asked to it is told at once."),
            say("Items for its agenda wait for the next meeting."),
        ),
        (
            (
                Button(label("❌ Yes, cancel"), f"MK:{number}:{base36(int(meeting.start.timestamp()))}", style="no"),
                Button(label("◀️ No, go back"), f"Mm:{number}"),
            ),
        ),
    )


async def cancel_it(services: Services, reader: Reader, number: int, seen: str, now: datetime) -> Message:
    """Calls it off, once; a draft is thrown away without a word to anybody."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    async with services.database.write() as tx:
        meeting = await coming(tx, services, number, now)
        if meeting is None:
            return gone()
        if meeting.state == "draft":
            await meetings.save(tx, services.community, replace(meeting, state="dropped"), None)
        elif base36(int(meeting.start.timestamp())) == seen:
            await cancel(tx, services.guide, meeting, now)
    services.hurry.set()
    if meeting.state == "draft":
        # NOTE: After the draft of a meeting was thrown away.
        return Message((say("🗑 Thrown away. Nobody was asked."),), ((home(),),))
    return await show(services, reader, number, now)
