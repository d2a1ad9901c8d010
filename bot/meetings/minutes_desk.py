"""The secretary writes the minutes: notes, decisions, and actions with a name and a date; then they are ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.core.meetings.model import Meeting, Outcome, OutcomeKind
from bot.core.meetings.stamps import stamp_of
from bot.core.model import Reader
from bot.core.query import day_code
from bot.core.rights import represents
from bot.core.say import Button, Day, Message, Moment, Text, label, say
from bot.core.schedule import local_day
from bot.meetings.asking import answered, ask, fits
from bot.meetings.audience import EVERYBODY, those
from bot.meetings.papers import ask_after, minutes, minutes_go_out, send_minutes
from bot.meetings.planning import keep
from bot.meetings.times import read_day
from bot.meetings.words import MOST_LINES, gone, organisation, outcome_line, runs, to_meeting
from bot.services import Services
from bot.store import colleagues, meeting_papers, meetings
from bot.store.database import Tx

KINDS: dict[str, OutcomeKind] = {"n": "note", "d": "decision", "a": "action"}
NAME_LONGEST = 40
AT_ONCE = 8
IN_DAYS = (7, 14, 28)
"""How far ahead the days lie that are offered for an action."""


async def write(services: Services, reader: Reader, number: int, now: datetime, notes: Sequence[Text] = ()) -> Message:
    """The minutes in the making, with the ways to add to them."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    async with services.database.read() as tx:
        meeting = await meetings.one(tx, services.community, number)
        if meeting is None or meeting.state != "planned" or meeting.start > now:
            return gone()
        found = await meeting_papers.outcomes_of(tx, services.community, number)
        lines = [*notes, *([""] if notes else []), *await minutes(tx, services.guide, meeting)]
    lines += ["", _when(services, meeting, now)]
    return Message(lines, _buttons(meeting, found))


def _when(services: Services, meeting: Meeting, now: datetime) -> Text:
    out = minutes_go_out(services.guide, meeting)
    if meeting.minutes_out is not None:
        # NOTE: To the secretary: {day} "Tuesday 16/2": on it the minutes of a meeting went out.
        return say("📝 The minutes went out {day}.", day=Day(local_day(meeting.minutes_out)))
    if meeting.minutes_ready is not None:
        # NOTE: To the secretary: {when} "Tuesday 16/2 09:00".
        return say("📝 The minutes are ready and go out {when}.", when=Moment(out))
    if out <= now:
        # NOTE: To the secretary: the minutes should have gone out.
        return say("⏳ They are late: they go out as soon as you say that they are ready.")
    # NOTE: To the secretary: {when} "Tuesday 16/2 09:00". They: the minutes.
    return say("⏳ They go out {when}, once you say that they are ready.", when=Moment(out))


def _buttons(meeting: Meeting, found: Sequence[Outcome]) -> tuple[tuple[Button, ...], ...]:
    each = [Button(label("✏️ {number}", number=at), f"Mq:{one.id}") for at, one in enumerate(ordered(found), 1)]
    rows = [tuple(each[at : at + 4]) for at in range(0, len(each), 4)]
    # NOTE: “➕ A note”, “⚖️ A decision”, “📌 An action”: the secretary adds it to the minutes.
    rows.append((Button(label("➕ A note"), f"Mb:{meeting.id}:n"), Button(label("⚖️ A decision"), f"Mb:{meeting.id}:d")))
    is_done = meeting.minutes_ready is not None and meeting.minutes_out is None
    ready = () if is_done else (Button(label("✅ It is ready"), f"Mz:{meeting.id}", style="yes"),)
    rows.append((Button(label("📌 An action"), f"Mb:{meeting.id}:a"), *ready))
    return (*rows, (to_meeting(meeting.id),))


def ordered(found: Sequence[Outcome]) -> list[Outcome]:
    """The lines as the minutes show them: notes, decisions, actions."""
    return [each for kind in ("note", "decision", "action") for each in found if each.kind == kind]


async def ask_line(
    services: Services, reader: Reader, number: int, kind: str, now: datetime, note: Text | None = None
) -> Message:
    """The next text is a line of the minutes."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    head = {
        # NOTE: To the secretary, who writes the minutes of a meeting.
        "n": say("➕ <b>What was said?</b>"),
        # NOTE: To the secretary, who writes the minutes of a meeting.
        "d": say("⚖️ <b>What was decided?</b>"),
        # NOTE: To the secretary, who writes the minutes of a meeting. Who and when is asked next.
        "a": say("📌 <b>What is to be done?</b>"),
    }[kind]
    lines = [*((note, "") if note else ()), head, say("Write it, at most 160 characters.")]
    return await ask(services, reader, f"line:{kind}", number, lines, _back(number))


def _back(number: int) -> Button:
    return Button(label("📝 The minutes"), f"Mv:{number}")


async def line_added(
    services: Services, reader: Reader, number: int, kind: str, text: str, key: str, now: datetime
) -> Message:
    """The line stands in the minutes; of an action it is asked at once whose it is."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    said, wrong = fits(text)
    if wrong is not None or not said:
        return await ask_line(services, reader, number, kind, now, wrong)
    async with services.database.write() as tx:
        meeting = await meetings.held(tx, services.community, number)
        if meeting is None or meeting.state != "planned" or reader.person is None:
            return gone()
        await answered(tx, services, reader)
        if len(await meeting_papers.outcomes_of(tx, services.community, number)) >= MOST_LINES:
            return Message((say("⚠️ No more fit on it. Take something away first."),), ((_back(number),),))
        added = f"o{reader.person.id}/{key}"
        line = await meeting_papers.add_outcome(tx, services.community, number, KINDS[kind], said, added, now)
    if kind == "a":
        return await ask_whose(services, reader, line, now)
    return await write(services, reader, number, now)


async def line(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """One line of the minutes: taken off, and of an action whose it is and by when."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    async with services.database.read() as tx:
        found = await meeting_papers.one_outcome(tx, services.community, number)
    if found is None or found.state == "dropped":
        return gone()
    rows = []
    if found.kind == "action":
        # NOTE: “👤 Who”, “📅 By when”: of an action in the minutes.
        rows.append((Button(label("👤 Who"), f"Mu:{number}"), Button(label("📅 By when"), f"Md:{number}:l")))
    rows.append((Button(label("🗑 Take it off"), f"MD:{number}", style="no"), _back(found.meeting)))
    return Message((outcome_line(found),), tuple(rows))


async def take_off(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    if (no := runs(services.guide, reader)) is not None:
        return no
    async with services.database.write() as tx:
        found = await meeting_papers.one_outcome(tx, services.community, number)
        if found is None:
            return gone()
        await meeting_papers.set_state(tx, services.community, number, "dropped")
        await ask_after(tx, services.guide, replace(found, state="dropped"), now)
    return await write(services, reader, found.meeting, now)


async def ask_whose(
    services: Services, reader: Reader, number: int, now: datetime, note: Text | None = None
) -> Message:
    """Who does it? Those of the network by a tap, anybody else by their name or role."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    async with services.database.read() as tx:
        found = await meeting_papers.one_outcome(tx, services.community, number)
        known = await names(tx, services, now)
    if found is None:
        return gone()
    lines = [
        *((note, "") if note else ()),
        # NOTE: To the secretary: an action of the minutes needs a name.
        say("👤 <b>Who does it?</b>"),
        outcome_line(found),
        # NOTE: To the secretary. Somebody may have no Telegram.
        say("Tap, or write a first name or a role."),
    ]
    asked = await ask(services, reader, "whose", number, lines, _back(found.meeting))
    # NOTE: Button, who does what was agreed on: {name} "Per (Fynsland)".
    buttons = [Button(label("{name}", name=name), f"MU:{number}:{person}") for person, name in known.items()]
    rows = [(each,) for each in buttons[:AT_ONCE]]
    return replace(asked, buttons=(*rows, *asked.buttons))


async def names(tx: Tx, services: Services, now: datetime) -> dict[int, str]:
    """Everybody of the network, by the first name that colleagues see and whom they represent."""
    whom = {each.id: each for each in await those(tx, services.guide, now, EVERYBODY)}
    found = {}
    for each in await colleagues.all_of(tx, services.community):
        if each.person in whom:
            bodies = ", ".join(organisation(services.guide, one) for one in sorted(represents(whom[each.person])))
            found[each.person] = f"{each.name}, {bodies}" if bodies and each.name else each.name or bodies
    return {person: name for person, name in found.items() if name}


async def whose(
    services: Services, reader: Reader, number: int, now: datetime, *, person: int | None = None, text: str = ""
) -> Message:
    """It is theirs; then it is asked by when."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    name, wrong = fits(text, NAME_LONGEST) if person is None else ("", None)
    if wrong is not None:
        return await ask_whose(services, reader, number, now, wrong)
    async with services.database.write() as tx:
        found = await meeting_papers.one_outcome(tx, services.community, number)
        known = await names(tx, services, now)
        if found is None or (person is not None and person not in known):
            return gone()
        name = known[person][:80] if person is not None else name
        await answered(tx, services, reader)
        await meeting_papers.set_whose(tx, services.community, number, name, person)
        if await _is_out(tx, services, found):
            await ask_after(tx, services.guide, replace(found, whose=name, person=person), now)
    return await ask_due(services, reader, number, now)


async def _is_out(tx: Tx, services: Services, found: Outcome) -> bool:
    meeting = await meetings.one(tx, services.community, found.meeting)
    return meeting is not None and meeting.minutes_out is not None


async def ask_due(services: Services, reader: Reader, number: int, now: datetime, note: Text | None = None) -> Message:
    """By when? Asked of the secretary, and of who wants another day for what is theirs."""
    async with services.database.read() as tx:
        found = await meeting_papers.one_outcome(tx, services.community, number)
    if found is None or found.state != "open" or not _may_set(services, reader, found):
        return gone()
    lines = [
        *((note, "") if note else ()),
        # NOTE: By which day something that was agreed on is to be done.
        say("📅 <b>By when?</b>"),
        outcome_line(found),
        say("Tap, or write it, such as: 24/6."),
    ]
    back = _back(found.meeting) if runs(services.guide, reader) is None else Button(label("📌 Actions"), "MA")
    asked = await ask(services, reader, "due", number, lines, back)
    days = [local_day(now) + timedelta(days=each) for each in IN_DAYS]
    row = tuple(Button(label("{day}", day=Day(each)), f"ME:{number}:{day_code(each)}") for each in days)
    return replace(asked, buttons=(*((each,) for each in row), *asked.buttons))


def _may_set(services: Services, reader: Reader, found: Outcome) -> bool:
    is_own = reader.person is not None and reader.person.id == found.person
    return is_own or runs(services.guide, reader) is None


async def due_typed(services: Services, reader: Reader, number: int, text: str, now: datetime) -> Message:
    day = read_day(services, reader, text, now)
    if day is None:
        return await ask_due(services, reader, number, now, say("⚠️ I do not know that day. Write it such as: 3/12."))
    return await due(services, reader, number, day, now)


async def due(services: Services, reader: Reader, number: int, day: date, now: datetime) -> Message:
    """The day by which it is to be done; where the minutes are out, it is asked after by that day."""
    if day < local_day(now):
        return await ask_due(services, reader, number, now, say("⚠️ {day} is over.", day=Day(day)))
    async with services.database.write() as tx:
        found = await meeting_papers.one_outcome(tx, services.community, number)
        if found is None or found.state != "open" or not _may_set(services, reader, found):
            return gone()
        await answered(tx, services, reader)
        await meeting_papers.set_due(tx, services.community, number, day)
        is_out = await _is_out(tx, services, found)
        if is_out:
            await ask_after(tx, services.guide, replace(found, due=day), now)
    if is_out or runs(services.guide, reader) is not None:
        return Message(
            # NOTE: After another day was set for what somebody took on: {day} "Friday 5/3".
            (say("📌 I ask again before {day}.", day=Day(day)),),
            ((Button(label("📌 Actions"), "MA"),),),
        )
    return await write(services, reader, found.meeting, now)


async def ready(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """The minutes may go out: by themselves a week after, or now where that has passed. Said twice, they go once."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    async with services.database.write() as tx:
        meeting = await meetings.held(tx, services.community, number)
        if meeting is None or meeting.state != "planned" or meeting.start > now:
            return gone()
        found = await meeting_papers.outcomes_of(tx, services.community, number)
        note = _lack(found)
        if note is None and meeting.minutes_out is not None and stamp_of(found) == meeting.minutes_stamp:
            day = Day(local_day(meeting.minutes_out))
            # NOTE: To the secretary: {day} "Tuesday 16/2".
            note = say("✅ They went out {day}. Nobody gets them twice.", day=day)
        if note is None:
            note = await _made_ready(tx, services, meeting, now)
    services.hurry.set()
    return await write(services, reader, number, now, [note])


def _lack(found: Sequence[Outcome]) -> Text | None:
    """What the minutes still need; None for complete ones."""
    if not found:
        # NOTE: To the secretary, who said that empty minutes are ready.
        return say("⚠️ Nothing stands in them yet.")
    bare = next((each for each in found if each.kind == "action" and not (each.whose and each.due)), None)
    if bare is not None:
        # NOTE: To the secretary: an action of the minutes lacks a name or a date: {text} of the action.
        return say("⚠️ An action needs a name and a date: {text}", text=bare.text)
    return None


async def _made_ready(tx: Tx, services: Services, meeting: Meeting, now: datetime) -> Text:
    ready_now = replace(meeting, minutes_ready=now)
    out = minutes_go_out(services.guide, meeting)
    if out > now:
        await keep(tx, services.guide, ready_now, now)
        # NOTE: To the secretary: {when} "Tuesday 16/2 09:00". They: the minutes.
        return say("✅ Thank you. They go out by themselves {when}.", when=Moment(out))
    await keep(tx, services.guide, await send_minutes(tx, services.guide, ready_now, now), now)
    # NOTE: To the secretary, whose minutes go out at once.
    return say("✅ Thank you. They go out now.")
