"""The trainer's side: their cohorts, who sits there by number, writing to them, and ticking who came to a session."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.activities import spot
from bot.cases import not_yours
from bot.core.model import Reader
from bot.core.programmes.model import Attendance, Session
from bot.core.programmes.sessions import at_one_time, is_theirs
from bot.core.rights import cohorts_led, may_lead
from bot.core.say import Button, Line, Message, Moment, Text, label, say, say_many
from bot.programmes import standing
from bot.programmes.showing import gone
from bot.programmes.standing import Standing
from bot.programmes.words import called_off, name_of, when, where
from bot.services import Services
from bot.store import programmes
from bot.store.database import Tx

OPENS = timedelta(hours=2)
CLOSES = timedelta(days=14)
"""A session can be ticked from two hours before until two weeks after: a certificate hangs on it."""

STILL_SHOWN = timedelta(days=30)
AT_ONCE = 8


async def desk(services: Services, reader: Reader, now: datetime) -> Message:
    """The cohorts this person leads, the next first; a coordinator's are all of them."""
    guide = services.guide
    if not (reader.coordinates or cohorts_led(reader.person)):
        return not_yours()
    mine = [
        number
        for number, activity in guide.activities.items()
        if activity.programme and activity.state == "on" and may_lead(reader.person, activity)
    ]
    lasts = {number: max((each.occurrence.end for each in guide.sessions(number)), default=now) for number in mine}
    shown = sorted((number for number in mine if lasts[number] > now - STILL_SHOWN), key=lambda each: lasts[each])
    # NOTE: Head of a trainer's list: the groups they lead.
    lines: list[Line] = [say("🧑‍🏫 <b>My groups</b>")]
    buttons = []
    for at, number in enumerate(shown[:AT_ONCE], 1):
        activity = guide.activities[number]
        first = guide.sessions(number)[0].occurrence.start
        lines += [
            "",
            # NOTE: A group of a programme in a trainer's list: {number} "2", {title} "MindSpring", {town} "Ringe".
            say(
                "<b>{number}. {title}, {town}</b>",
                number=at,
                title=name_of(guide.programmes[activity.programme]),
                town=where(guide, activity),
            ),
            # NOTE: When a group began or begins: {when} "Tuesday 01/12 17:00".
            say("🚀 From {when}", when=Moment(first)),
        ]
        buttons.append(Button(label("{number}", number=at), f"PD:{number}"))
    if not shown:
        lines.append(say("Nothing is on."))
    rows = [tuple(buttons[at : at + 4]) for at in range(0, len(buttons), 4)]
    # NOTE: Button of a coordinator: invites somebody to lead groups of a programme.
    invite = ((Button(label("➕ Trainer"), "PR"),),) if reader.coordinates else ()
    return Message(lines, (*rows, *invite, (Button(label("◀️ Back"), "P"),)))


async def cohort(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """One cohort as its trainer sees it: seats, the line, each session with a way to tick it."""
    here = await _led(services, reader, number)
    if isinstance(here, Message):
        return here
    going = [each for each in here.seats if each.state == "going"]
    waiting = sum(each.state in ("waiting", "offered") for each in here.seats)
    lines: list[Line] = [
        say("🎓 <b>{title}</b>", title=name_of(here.programme)),
        say("📍 {place}", place=where(services.guide, here.activity)),
        say_many("👥 {n} has a seat", "👥 {n} have a seat", len(going)),
        say_many("⏳ {n} waits", "⏳ {n} wait", waiting),
        "",
    ]
    rows = []
    for at, session in enumerate(here.sessions, 1):
        lines.append(when(session) if session.is_on else called_off(session))
        if session.is_on:
            # NOTE: Button of a trainer, the door list of a session: {number} "2".
            rows.append(Button(label("🚪 {number}", number=at), f"Pa:{spot(number, session.day)}"))
    for one, other in at_one_time(here.sessions)[:2]:
        lines += [
            "",
            say("⚠️ At the same time: {theme}, {other}", theme=name_of(one.theme), other=name_of(other.theme)),
        ]
    grid = [tuple(rows[at : at + 4]) for at in range(0, len(rows), 4)]
    place = spot(number, (here.coming(now) or here.sessions[-1]).day)
    change = ((Button(label("📅 Another time"), f"k:{place}"),),) if reader.coordinates else ()
    write = (Button(label("✉️ Write to all"), f"eh:{place}"),)
    return Message(lines, (*grid, write, *change, (Button(label("◀️ Back"), "PD"),)))


async def _led(services: Services, reader: Reader, number: int) -> Standing | Message:
    async with services.database.read() as tx:
        here = await standing.of(tx, services.guide, number, None)
    if here is None or not here.sessions:
        return gone()
    return here if may_lead(reader.person, here.activity) else not_yours()


async def _expected(tx: Tx, services: Services, here: Standing, day: date) -> list[tuple[int, int, bool]]:
    """Who is expected: person, number at the door, whether from another cohort; in the order of numbers."""
    chosen = await programmes.choices_of(tx, services.community, here.number)
    own = [
        (seat.person, seat.door, False)
        for seat in here.seats
        if seat.state == "going" and is_theirs(here.programme, here.activity, day, chosen.get(seat.person, frozenset()))
    ]
    visitors = await programmes.of_session(tx, services.community, here.number, day)
    guests = [person for person, each in visitors.items() if each.visit]
    return sorted(own, key=lambda one: one[1]) + visitors_by_number(guests)


def visitors_by_number(visitors: Sequence[int]) -> list[tuple[int, int, bool]]:
    """Who comes from another cohort has numbers of their own, from 101 on: nobody else has them."""
    return [(person, 100 + at, True) for at, person in enumerate(sorted(visitors), 1)]


async def door(
    services: Services, reader: Reader, number: int, day: date, now: datetime, notes: Sequence[Text] = ()
) -> Message:
    """The door list of a session: a number for each who is expected, to be ticked while people come in."""
    here = await _led(services, reader, number)
    if isinstance(here, Message):
        return here
    session = next((each for each in here.sessions if each.day == day), None)
    if session is None:
        return gone()
    async with services.database.read() as tx:
        expected = await _expected(tx, services, here, day)
        known = await programmes.of_session(tx, services.community, number, day)
    guests = sum(guest for _, _, guest in expected)
    lines: list[Line] = [
        *notes,
        say("🚪 <b>At the door</b>"),
        when(session),
        # NOTE: To a trainer: how many are expected at a session.
        say_many("👥 {n} is expected", "👥 {n} are expected", len(expected)),
    ]
    if guests:
        # NOTE: To a trainer: people of another group who missed this theme there.
        lines.append(say_many("🔁 {n} comes from another group", "🔁 {n} come from another group", guests))
    back = (Button(label("◀️ Back"), f"PD:{number}"),)
    if not _open(session, now):
        # NOTE: To a trainer: when people can be ticked on the door list.
        lines += ["", say("You can tick from two hours before until two weeks after.")]
        return Message(lines, (back,))
    lines += ["", say("Each person has a number on their card. Tap it when they come.")]
    at = spot(number, day)
    marks = []
    for person, numbered, guest in expected[:90]:
        came = known[person].came if person in known else None
        mark = "✅" if came else "💛" if came is False else "🔁" if guest else "▫️"
        data = f"PI:{at}:{numbered}:{'n' if came else 'y'}"
        marks.append(Button(label("{mark} {number}", mark=mark, number=numbered), data))
    rows = [tuple(marks[one : one + 5]) for one in range(0, len(marks), 5)]
    if expected:
        rows.append((Button(label("✅ All came"), f"PJ:{at}:a"), Button(label("💾 Done"), f"PJ:{at}:d", style="yes")))
    return Message(lines, (*rows, back))


def _open(session: Session, now: datetime) -> bool:
    one = session.occurrence
    return session.is_on and one.start - OPENS <= now <= one.end + CLOSES


async def tick(
    services: Services, reader: Reader, number: int, day: date, numbered: int, now: datetime, *, yes: bool
) -> Message:
    """One person came, or was ticked by mistake. Setting it twice is the same as once."""
    return await _set(services, reader, number, day, now, {numbered}, came=True if yes else None)


async def finish(services: Services, reader: Reader, number: int, day: date, now: datetime, *, every: bool) -> Message:
    """Everybody came; or the list is done, and who is not ticked did not come."""
    return await _set(services, reader, number, day, now, None, came=every)


async def _set(
    services: Services,
    reader: Reader,
    number: int,
    day: date,
    now: datetime,
    numbers: set[int] | None,
    *,
    came: bool | None,
) -> Message:
    """Keeps it of these numbers; of None, of all (`came`) or of all who are not ticked (not)."""
    here = await _led(services, reader, number)
    if isinstance(here, Message):
        return here
    session = next((each for each in here.sessions if each.day == day), None)
    if session is None or not _open(session, now):
        return await door(services, reader, number, day, now)
    async with services.database.write() as tx:
        expected = await _expected(tx, services, here, day)
        known = await programmes.of_session(tx, services.community, number, day)
        wanted = []
        for person, numbered, guest in expected:
            ticked = person in known and bool(known[person].came)
            if (numbers is not None and numbered not in numbers) or (numbers is None and came is False and ticked):
                continue
            wanted.append(_row(here, session, person, guest=guest, came=came))
        await programmes.keep(tx, services.community, wanted)
    notes: list[Text] = []
    if numbers is None:
        came_now = len(expected) - (len(wanted) if came is False else 0)
        notes = [say_many("✅ {n} came", "✅ {n} came", came_now)]
        if came is False:
            notes.append(say_many("💛 {n} could not come", "💛 {n} could not come", len(wanted)))
    return await door(services, reader, number, day, now, notes)


def _row(here: Standing, session: Session, person: int, *, guest: bool, came: bool | None) -> Attendance:
    one = session.occurrence
    minutes = int((one.end - one.start).total_seconds() // 60)
    return Attendance(
        one.activity, one.day, person, here.programme.id, session.theme.id, one.start, minutes, visit=guest, came=came
    )
