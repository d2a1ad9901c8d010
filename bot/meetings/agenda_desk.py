"""Items are proposed by members, and the secretary makes the agenda of them: taken on, put in order, made ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.core.meetings.model import Meeting, Point
from bot.core.meetings.stamps import stamp_of
from bot.core.meetings.standing import seats_of
from bot.core.model import Reader
from bot.core.say import Button, Day, Message, Moment, Text, label, say
from bot.core.schedule import local_day
from bot.meetings.asking import answered, ask, fits
from bot.meetings.pages import find
from bot.meetings.papers import agenda, agenda_goes_out, send_agenda
from bot.meetings.planning import keep
from bot.meetings.words import MOST_LINES, facts, gone, organisation, runs, to_meeting
from bot.services import Services
from bot.store import meeting_papers, meetings, notices
from bot.store.database import Tx
from bot.store.notices import NewNotice

MOST_PROPOSED = 5
"""Items that one person may propose for a meeting."""


async def ask_point(
    services: Services, reader: Reader, number: int, now: datetime, note: Text | None = None
) -> Message:
    """A member wants something talked about: the next text is the item."""
    async with services.database.read() as tx:
        seen = await find(tx, services.guide, reader, number, now)
    if seen is None or seen.standing == "orientation" or seen.meeting.state != "planned":
        return gone()
    lines = [
        *((note, "") if note else ()),
        # NOTE: To a member of the network who proposes something for a meeting's agenda.
        say("➕ <b>What shall we talk about?</b>"),
        *facts(services.guide, seen.meeting)[:2],
        # NOTE: To a member of the network who proposes something.
        say("Write one item, at most 160 characters. No names of newcomers."),
    ]
    return await ask(services, reader, "point", number, lines, to_meeting(number))


async def proposed(services: Services, reader: Reader, number: int, text: str, key: str, now: datetime) -> Message:
    """The item is kept; after the agenda is out it waits for the next meeting."""
    said, wrong = fits(text)
    if wrong is not None or not said:
        return await ask_point(services, reader, number, now, wrong)
    guide, community = services.guide, services.community
    async with services.database.write() as tx:
        seen = await find(tx, guide, reader, number, now)
        if seen is None or seen.standing == "orientation" or reader.person is None:
            return gone()
        await answered(tx, services, reader)
        meeting = seen.meeting
        late = meeting.agenda_out is not None or meeting.state != "planned" or meeting.start <= now
        kept = await meeting_papers.points(tx, community, number, with_waiting=True)
        if sum(each.person == reader.person.id and each.state == "proposed" for each in kept) >= MOST_PROPOSED:
            # NOTE: To a member of the network who has proposed five items.
            return Message(
                (say("You have proposed five items. That is enough for one meeting."),), ((to_meeting(number),),)
            )
        seats = seats_of(reader.person, guide.memberships, local_day(now))
        await meeting_papers.add_point(
            tx,
            community,
            None if late else number,
            said,
            f"p{reader.person.id}/{key}",
            now,
            person=reader.person.id,
            organisation=next((each for each in seats if not meeting.parties or each in meeting.parties), ""),
        )
    thanks = (
        # NOTE: After an item was proposed, when the agenda has gone out already.
        say("👍 Thank you. This agenda has gone out, so it waits for the next meeting.")
        if late
        # NOTE: After an item was proposed for an agenda.
        else say("👍 Thank you. The secretary sees it when the agenda is written.")
    )
    again = Button(label("➕ Propose an item"), f"Mp:{number}")
    return Message((thanks, say("“{text}”", text=said)), ((again, to_meeting(number)),))


async def write(services: Services, reader: Reader, number: int, now: datetime, notes: Sequence[Text] = ()) -> Message:
    """The agenda in the making: as members will see it, and below it what was proposed."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    async with services.database.read() as tx:
        meeting = await meetings.one(tx, services.community, number)
        if meeting is None or meeting.state != "planned" or meeting.start <= now:
            return gone()
        points = await meeting_papers.points(tx, services.community, number, with_waiting=True)
        lines = [*notes, *([""] if notes else []), *await agenda(tx, services.guide, meeting, now)]
        first = 2 if await meeting_papers.open_actions(tx, services.community) else 1
    taken = [each for each in points if each.state == "taken" and each.meeting == number]
    waiting = [each for each in points if each.state == "proposed"]
    for each in waiting:
        whose = organisation(services.guide, each.organisation) if each.organisation else "–"
        # NOTE: Under an agenda in the making: {organisation} "Fynsland" proposes {text}.
        lines += ["", say("💡 {organisation} proposes: {text}", organisation=whose, text=each.text)]
    lines += ["", _when(services, meeting, now)]
    return Message(lines, _buttons(meeting, taken, waiting, first))


def _when(services: Services, meeting: Meeting, now: datetime) -> Text:
    out = agenda_goes_out(services.guide, meeting)
    if meeting.agenda_out is not None:
        return say("📋 The agenda went out {day}.", day=Day(local_day(meeting.agenda_out)))
    if meeting.agenda_ready is not None:
        return say("📋 The agenda is ready and goes out {when}.", when=Moment(out))
    if out <= now:
        # NOTE: To the secretary: the agenda should have gone out.
        return say("⏳ It is late: it goes out as soon as you say that it is ready.")
    # NOTE: To the secretary: {when} "Tuesday 2/2 09:00".
    return say("⏳ It goes out {when}, once you say that it is ready.", when=Moment(out))


def _buttons(meeting: Meeting, taken: list[Point], waiting: list[Point], first: int) -> tuple[tuple[Button, ...], ...]:
    rows: list[tuple[Button, ...]] = []
    # NOTE: “✏️ {number}”: opens item {number} "2" of an agenda in the making. “💡 {number}”: opens what was proposed.
    own = [Button(label("✏️ {number}", number=at), f"Mi:{each.id}") for at, each in enumerate(taken, first)]
    others = [Button(label("💡 {number}", number=at), f"Mi:{each.id}") for at, each in enumerate(waiting, 1)]
    for buttons in (own, others):
        rows += [tuple(buttons[at : at + 4]) for at in range(0, len(buttons), 4)]
    # NOTE: “➕ An item”: the secretary adds an item. “✅ It is ready”: the agenda, or the minutes, may go out.
    add = Button(label("➕ An item"), f"Mn:{meeting.id}")
    is_done = meeting.agenda_ready is not None and meeting.agenda_out is None
    ready = () if is_done else (Button(label("✅ It is ready"), f"My:{meeting.id}", style="yes"),)
    return (*rows, (add, *ready), (to_meeting(meeting.id),))


async def ask_item(services: Services, reader: Reader, number: int, now: datetime, note: Text | None = None) -> Message:
    """The secretary adds an item: the next text is it."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    lines = [
        *((note, "") if note else ()),
        # NOTE: To the secretary, who adds an item to an agenda.
        say("➕ <b>Which item?</b>"),
        say("Write it, at most 160 characters."),
    ]
    return await ask(services, reader, "item", number, lines, Button(label("📋 The agenda"), f"Mw:{number}"))


async def item_added(services: Services, reader: Reader, number: int, text: str, key: str, now: datetime) -> Message:
    """The item stands on the agenda, at its end."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    said, wrong = fits(text)
    if wrong is not None or not said:
        return await ask_item(services, reader, number, now, wrong)
    async with services.database.write() as tx:
        meeting = await meetings.held(tx, services.community, number)
        if meeting is None or meeting.state != "planned" or reader.person is None:
            return gone()
        await answered(tx, services, reader)
        if not await _room(tx, services, number):
            return await _full(number)
        added = f"p{reader.person.id}/{key}"
        await meeting_papers.add_point(
            tx, services.community, number, said, added, now, person=reader.person.id, state="taken"
        )
    return await write(services, reader, number, now)


async def _room(tx: Tx, services: Services, number: int) -> bool:
    points = await meeting_papers.points(tx, services.community, number)
    return sum(each.state == "taken" for each in points) < MOST_LINES


async def _full(number: int) -> Message:
    # NOTE: To the secretary: an agenda or minutes with so many lines that no more fit.
    said = say("⚠️ No more fit on it. Take something away first.")
    return Message((said,), ((Button(label("📋 The agenda"), f"Mw:{number}"),),))


async def item(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """One item: what was proposed is taken on or not; what stands there goes up or away."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    async with services.database.read() as tx:
        point = await meeting_papers.one_point(tx, services.community, number)
        meeting = await _for(tx, services, point, now)
    if point is None or meeting is None or point.state == "declined":
        return gone()
    lines: list[Text | str] = [say("“{text}”", text=point.text)]
    if point.organisation:
        # NOTE: Under an item that was proposed for an agenda: {organisation} "Fynsland".
        lines.append(say("Proposed by {organisation}", organisation=organisation(services.guide, point.organisation)))
    back = (Button(label("📋 The agenda"), f"Mw:{meeting.id}"),)
    if point.state == "proposed":
        return Message(
            lines,
            (
                # NOTE: “✅ Take it on”: a proposed item comes on the agenda. “❌ Not this time”: it does not, and its
                # proposer is told kindly.
                (
                    Button(label("✅ Take it on"), f"Mj:{number}:y:{meeting.id}", style="yes"),
                    Button(label("❌ Not this time"), f"Mj:{number}:n:{meeting.id}", style="no"),
                ),
                back,
            ),
        )
    # NOTE: “⬆️ Up”: an item moves up on an agenda. “🗑 Take it off”: it leaves the agenda, or the minutes.
    up, off = label("⬆️ Up"), label("🗑 Take it off")
    return Message(
        lines,
        ((Button(up, f"Mj:{number}:u:{meeting.id}"), Button(off, f"Mj:{number}:o:{meeting.id}", style="no")), back),
    )


async def _for(tx: Tx, services: Services, point: Point | None, now: datetime) -> Meeting | None:
    """The meeting an item is for: its own, or for one that waits the next whose agenda is not out."""
    if point is None:
        return None
    if point.meeting is not None:
        return await meetings.one(tx, services.community, point.meeting)
    coming = await meetings.since(tx, services.community, now)
    return next((each for each in coming if each.state == "planned" and each.agenda_out is None), None)


async def decide(services: Services, reader: Reader, number: int, what: str, meeting: int, now: datetime) -> Message:
    """`y` takes a proposed item on, `n` does not; `u` moves one up, `o` takes it off again. Twice is as once."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    community = services.community
    async with services.database.write() as tx:
        held = await meetings.held(tx, community, meeting)
        point = await meeting_papers.one_point(tx, community, number)
        if held is None or point is None or held.state != "planned" or point.meeting not in (None, meeting):
            return gone()
        if what == "y" and point.state == "proposed":
            if not await _room(tx, services, meeting):
                return await _full(meeting)
            await meeting_papers.set_point(tx, community, number, state="taken", meeting=meeting)
        elif what == "n" and point.state == "proposed":
            await meeting_papers.set_point(tx, community, number, state="declined", meeting=meeting)
            if point.person is not None:
                told = NewNotice(point.person, "meeting_declined", f"P{number}", now, {"text": point.text})
                await notices.add(tx, community, [told])
        elif what == "u" and point.state == "taken":
            await _up(tx, services, point, meeting)
        elif what == "o" and point.state == "taken":
            await meeting_papers.set_point(
                tx, community, number, state="proposed" if point.organisation else "declined"
            )
    services.hurry.set()
    return await write(services, reader, meeting, now)


async def _up(tx: Tx, services: Services, point: Point, meeting: int) -> None:
    """Changes places with the item before it."""
    found = [each for each in await meeting_papers.points(tx, services.community, meeting) if each.state == "taken"]
    at = next((at for at, each in enumerate(found) if each.id == point.id), 0)
    if at:
        order = [*found[: at - 1], found[at], found[at - 1], *found[at + 1 :]]
        for position, each in enumerate(order, 1):
            await meeting_papers.set_point(tx, services.community, each.id, position=position)


async def ready(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """The agenda may go out: by itself on its day, or now where that has passed. Said twice, it still goes once."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    async with services.database.write() as tx:
        meeting = await meetings.held(tx, services.community, number)
        if meeting is None or meeting.state != "planned" or meeting.start <= now:
            return gone()
        points = await meeting_papers.points(tx, services.community, number)
        if not any(each.state == "taken" for each in points):
            # NOTE: To the secretary, who said that an empty agenda is ready.
            note = say("⚠️ There is no item on it yet.")
        elif meeting.agenda_out is not None and stamp_of(points) == meeting.agenda_stamp:
            # NOTE: To the secretary: {day} "Tuesday 2/2". Nobody gets an agenda, or minutes, twice.
            note = say("✅ It went out {day}. Nobody gets it twice.", day=Day(local_day(meeting.agenda_out)))
        else:
            note = await _made_ready(tx, services, meeting, now)
    services.hurry.set()
    return await write(services, reader, number, now, [note])


async def _made_ready(tx: Tx, services: Services, meeting: Meeting, now: datetime) -> Text:
    ready_now = replace(meeting, agenda_ready=now)
    out = agenda_goes_out(services.guide, meeting)
    if out > now:
        await keep(tx, services.guide, ready_now, now)
        # NOTE: To the secretary: {when} "Tuesday 2/2 09:00".
        return say("✅ Thank you. It goes out by itself {when}.", when=Moment(out))
    await keep(tx, services.guide, await send_agenda(tx, services.guide, ready_now, now), now)
    # NOTE: To the secretary, whose agenda, or minutes, go out at once.
    return say("✅ Thank you. It goes out now.")
