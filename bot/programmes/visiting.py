"""Taking a missed theme in another cohort: when it is held again, a seat there, and not coming after all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.activities import spot, title, town
from bot.core import reminders
from bot.core.model import Occurrence, Reader
from bot.core.programmes.model import Attendance, Session
from bot.core.programmes.sessions import overlaps
from bot.core.say import Button, Line, Message, Moment, Rows, Span, Text, label, say
from bot.core.ways_on import PERSON
from bot.guide import Guide
from bot.people import consent
from bot.programmes import showing, standing
from bot.programmes.words import name_of
from bot.services import Services
from bot.signups import times
from bot.store import notices, programmes, signups
from bot.store.database import Tx
from bot.store.notices import NewNotice

MOST_OFFERED = 3


async def clash(tx: Tx, guide: Guide, person: int, held: Sequence[Session], now: datetime) -> list[Text]:
    """A warning where the person has something else at that time."""
    for seat in await signups.of_person(tx, guide.community.id, person, now):
        if seat.state != "going" or seat.activity not in guide.activities:
            continue
        for other in await _own_times(tx, guide, person, seat.activity, seat.day, now):
            if any(overlaps(each.occurrence, other) for each in held):
                what = title(guide.activities[other.activity])
                return [say("⚠️ At the same time: {title}, {when}", title=what, when=Span(other.start, other.end))]
    return []


async def _own_times(tx: Tx, guide: Guide, person: int, number: int, day: date, now: datetime) -> Sequence[Occurrence]:
    """The coming times of a seat: of a cohort, the person's own sessions."""
    here = await standing.of(tx, guide, number, person)
    if here is not None:
        return [each.occurrence for each in here.own if each.is_on and each.occurrence.start > now]
    return times(guide, number, day, now)


async def again(services: Services, reader: Reader, number: int, theme: str, now: datetime) -> Message:
    """When a missed theme is held again, to take it there."""
    if reader.person is None:
        return consent(services.guide)
    async with services.database.read() as tx:
        here = await standing.of(tx, services.guide, number, reader.person.id)
        found = await standing.again(tx, services.guide, here, theme, reader.person, now) if here else []
    about = here.programme.theme(theme) if here else None
    if here is None or about is None:
        return showing.gone()
    # NOTE: Above the times at which a missed theme is held again: {theme} "Home".
    lines: list[Line] = [say("🔁 <b>{theme}</b>", theme=name_of(about))]
    lines += offers_lines(services.guide, found)
    home = (Button(label("◀️ Back"), f"Pc:{number}"), PERSON)
    return Message(lines, (*offer_rows(found), home))


def offers_lines(guide: Guide, found: Sequence[Session]) -> list[Line]:
    """The times at which it is held again, or that we tell them later."""
    if not found:
        # NOTE: A theme that somebody missed is not planned again yet.
        return [say("It is not planned again yet. I write to you when it is.")]
    # NOTE: A theme that somebody missed is held in another group: {when} "Thursday 26/11 17:30–20:00", {town} "Ringe".
    return [
        say(
            "🔁 {when}, {town}",
            when=Span(each.occurrence.start, each.occurrence.end),
            town=town(guide.places[guide.activities[each.activity].place]),
        )
        for each in found[:MOST_OFFERED]
    ]


def offer_rows(found: Sequence[Session]) -> Rows:
    return tuple(
        # NOTE: Button, takes a missed theme in another group: {when} "Thursday 26/11 17:30".
        (Button(label("✅ {when}", when=Moment(each.occurrence.start)), f"Pv:{spot(each.activity, each.day)}"),)
        for each in found[:MOST_OFFERED]
    )


async def visit(services: Services, reader: Reader, number: int, day: date, now: datetime) -> Message:
    """A seat in one session of another cohort, for a theme that was missed. Twice is the same as once."""
    guide, person = services.guide, reader.person
    if person is None:
        return consent(guide)
    session = next((each for each in guide.sessions(number) if each.day == day), None)
    if session is None or not session.is_on or session.occurrence.start <= now:
        return showing.gone()
    programme = guide.activities[number].programme
    async with services.database.write() as tx:
        await signups.hold_line(tx, services.community)
        kept = await programmes.of_person(tx, services.community, person.id, programme)
        home = next(iter(await standing.mine(tx, guide, person.id, programme)), None)
        theirs = next((each for each in kept if (each.activity, each.day) == (number, day)), None)
        if home is None or home.activity == number:
            return await showing.cohort(services, reader, number, now)
        notes: list[Text] = []
        if theirs is None and not await standing.room(tx, guide, session):
            # NOTE: Somebody wanted to take a missed theme in another group.
            notes.append(say("All seats of this evening are taken now."))
        elif theirs is None:
            for other in kept:
                if other.visit and other.came is None and other.theme == session.theme.id and other.start > now:
                    await drop_visit(tx, guide, other)
            await programmes.keep(tx, services.community, [_planned(person.id, programme, session)])
            await plan_visit(tx, guide, person.id, session, now)
            notes += await clash(tx, guide, person.id, [session], now)
    # NOTE: After somebody takes a missed theme in another group: {when} "Thursday 26/11 17:30–20:00".
    done = say("👍 Done: {when}. We remind you.", when=Span(session.occurrence.start, session.occurrence.end))
    full = bool(notes) and theirs is None and notes[0].msgid.startswith("All")
    return await showing.cohort(services, reader, home.activity, now, notes if full else [done, *notes])


def _planned(person: int, programme: str, session: Session) -> Attendance:
    one = session.occurrence
    minutes = int((one.end - one.start).total_seconds() // 60)
    return Attendance(one.activity, one.day, person, programme, session.theme.id, one.start, minutes, visit=True)


async def plan_visit(tx: Tx, guide: Guide, person: int, session: Session, now: datetime) -> None:
    """Reminders of a visit: the day before and two hours before."""
    one = session.occurrence
    content = {"activity": one.activity, "day": one.day.isoformat()}
    wanted = [
        NewNotice(person, f"visit_{each.kind}", visit_key(one.activity, one.day), each.due, content, each.too_late)
        for each in reminders.plan(one, now)
        if each.kind != "follow_up"
    ]
    await notices.add(tx, guide.community.id, wanted)


def visit_key(number: int, day: date) -> str:
    return f"visit/{number}/{day}"


async def drop_visit(tx: Tx, guide: Guide, each: Attendance) -> None:
    await programmes.drop_visit(tx, guide.community.id, each.activity, each.day, each.person)
    await notices.drop(tx, guide.community.id, visit_key(each.activity, each.day), person=each.person)


async def leave_visit(services: Services, reader: Reader, number: int, day: date, now: datetime) -> Message:
    """Will not come to that one session after all; the theme is missing again."""
    if reader.person is None:
        return consent(services.guide)
    async with services.database.write() as tx:
        found = (await programmes.of_session(tx, services.community, number, day)).get(reader.person.id)
        if found is not None and found.visit and found.came is None:
            await drop_visit(tx, services.guide, found)
        programme = found.programme if found else ""
        home = next(iter(await standing.mine(tx, services.guide, reader.person.id, programme)), None)
    if home is None:
        return await showing.overview(services, reader, now)
    return await showing.cohort(services, reader, home.activity, now)
