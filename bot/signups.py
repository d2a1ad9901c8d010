"""Signing up: a seat or a place in line, leaving, undoing, offers, the door list. One table is the truth for all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.activities import card, spot, title
from bot.core import reminders, waiting_list
from bot.core.model import Occurrence, Person, Reader, SignUp
from bot.core.query import base36
from bot.core.say import Button, Message, Span, Text, label, say
from bot.core.ways_on import FIND, MY_PLANS, PERSON
from bot.guide import Guide
from bot.services import Services
from bot.store import laid_by, notices, signups
from bot.store.database import Tx
from bot.store.notices import NewNotice

COURSE_AHEAD = timedelta(days=366)
"""A course's evenings are reminded of for a year from the sign-up; none is longer."""


async def show(services: Services, reader: Reader, number: int, day: date, now: datetime, back: str = "") -> Message:
    """The card of an occurrence as it is now."""
    found = services.guide.occurrence(number, day)
    if found is None:
        return gone()
    seats: tuple[SignUp, ...] = ()
    async with services.database.read() as tx:
        seats = await signups.of_occurrence(tx, services.community, number, services.guide.seat_day(found))
    return card(services.guide, reader, found, seats, now, username=services.username, back=back)


def gone() -> Message:
    return Message(
        # NOTE: After a tap on the button of an activity that is gone.
        (say("This activity is not there any more."),),
        ((Button(label("🔎 More activities"), "near"), PERSON),),
    )


async def join(
    services: Services, reader: Reader, number: int, day: date, now: datetime, *, undo: bool = False
) -> Message:
    """A seat, or a place in line. Doing it twice, from an old bubble or from two phones changes nothing."""
    guide, person = services.guide, reader.person
    found = guide.occurrence(number, day)
    if found is None:
        return gone()
    activity = guide.activities[number]
    shut = found.state == "cancelled" or found.start <= now or activity.sign_up == "none"
    if person is None or shut or (activity.state == "paused" and not undo):
        return await show(services, reader, number, day, now)
    seat = guide.seat_day(found)
    async with services.database.write() as tx:
        await signups.hold_line(tx, services.community)
        seats = await settle(tx, guide, number, seat, now)
        new = SignUp(number, seat, person.id, "going", now)
        mine = waiting_list.join(seats, guide.capacity(number, seat), new, found.start, undo=undo)
        await signups.save(tx, services.community, mine, last_start(guide, found))
        if undo:
            await laid_by.bring_back(tx, services.community, f"{number}/{seat}/", person=person.id, kind="asked")
        if mine.state == "going":
            await plan_reminders(tx, guide, person.id, number, seat, now)
        seats = await settle(tx, guide, number, seat, now)
        clashes = await _clashes(tx, guide, person.id, found, now)
    services.hurry.set()
    return card(guide, reader, found, seats, now, username=services.username, notes=_joined_notes(guide, mine, clashes))


def _joined_notes(guide: Guide, mine: SignUp, clashes: Sequence[Occurrence]) -> tuple[Text, ...]:
    if mine.state == "waiting":
        # NOTE: After signing up for an activity that is full: the reader is on the waiting list.
        notes = [say("All seats are taken. We write to you when one is free.")]
    else:
        # NOTE: After signing up.
        notes = [say("👍 Done. We remind you.")]
    for other in clashes[:1]:
        notes.append(
            # NOTE: After signing up, a warning: {title} "Madklub", {when} "Thursday 26/11 17:30–20:00".
            say(
                "⚠️ At the same time: {title}, {when}",
                title=title(guide.activities[other.activity]),
                when=Span(other.start, other.end),
            )
        )
    return tuple(notes)


async def _clashes(tx: Tx, guide: Guide, person: int, found: Occurrence, now: datetime) -> list[Occurrence]:
    """Other occurrences the person has a seat for that overlap this one; a seat in a course is for all its evenings."""
    mine = times(guide, found.activity, found.day, now)
    others = [
        other
        for seat in await signups.of_person(tx, guide.community.id, person, now - COURSE_AHEAD)
        if seat.activity != found.activity and seat.state in {"going", "offered"} and seat.activity in guide.activities
        for other in times(guide, seat.activity, seat.day, now)
        if any(other.start < each.end and each.start < other.end for each in mine)
    ]
    return sorted(others, key=lambda each: each.start)


def times(guide: Guide, number: int, day: date, now: datetime) -> tuple[Occurrence, ...]:
    """What a seat is for: that occurrence, or the coming evenings of the course."""
    if guide.activities[number].sign_up == "course":
        return guide.coming(number, now, now + COURSE_AHEAD)
    found = guide.occurrence(number, day)
    return (found,) if found and found.state == "on" else ()


async def leave(services: Services, reader: Reader, number: int, day: date, now: datetime) -> Message:
    """The seat is kept ten minutes for an undo, then it is the next person's; a place in line is given up at once."""
    guide, person = services.guide, reader.person
    found = guide.occurrence(number, day)
    if found is None:
        return gone()
    if person is None:
        return await show(services, reader, number, day, now)
    seat = guide.seat_day(found)
    async with services.database.write() as tx:
        await signups.hold_line(tx, services.community)
        mine = await signups.one(tx, services.community, number, seat, person.id)
        if mine is not None:
            after = waiting_list.cancelled(mine, now)
            await signups.set_state(tx, services.community, mine, after.state, after.until)
            await laid_by.lay_by(tx, services.community, f"{number}/{seat}/", person=person.id, kind="asked")
            await notices.drop(tx, services.community, f"{number}/{seat}/", person=person.id)
        seats = await settle(tx, guide, number, seat, now)
    services.hurry.set()
    if mine is None:
        return card(guide, reader, found, seats, now, username=services.username)
    return _left(guide, found, now)


def _left(guide: Guide, found: Occurrence, now: datetime) -> Message:
    where = f"{spot(found.activity, found.day)}:{base36(int(now.timestamp()))}"
    return Message(
        (
            # NOTE: After a seat was given back.
            say("You are not signed up any more."),
            say("<b>{title}</b>", title=title(guide.activities[found.activity])),
            say("📅 {when}", when=Span(found.start, found.end)),
            "",
            # NOTE: After a seat was given back; the button ↩️ is below.
            say("You can undo this for ten minutes."),
        ),
        (
            (
                Button(label("↩️ Undo"), f"u:{where}"),
                Button(label("📅 Calendar"), f"ics:{spot(found.activity, found.day)}"),
            ),
            (MY_PLANS, FIND),
        ),
    )


async def keep(services: Services, reader: Reader, number: int, day: date, now: datetime) -> Message:
    """The person says again that they will come: nothing changes for who has a seat, who has none may take one."""
    guide = services.guide
    found = guide.occurrence(number, day)
    if found is None:
        return gone()
    async with services.database.read() as tx:
        seats = await signups.of_occurrence(tx, services.community, number, guide.seat_day(found))
    has = reader.person and any(each.person == reader.person.id and each.state == "going" for each in seats)
    # NOTE: After 👍 on a reminder: the reader will come.
    notes = (say("👍 See you there."),) if has and found.state == "on" else ()
    return card(guide, reader, found, seats, now, username=services.username, notes=notes)


async def undo(
    services: Services, reader: Reader, number: int, day: date, now: datetime, *, left_at: datetime | None = None
) -> Message:
    """Takes a cancellation back within ten minutes; later the card says how things stand.

    `left_at` is when a place in line was given up: its row has no deadline, as it holds no seat.
    """
    found = services.guide.occurrence(number, day)
    if found is None or reader.person is None:
        return gone() if found is None else await show(services, reader, number, day, now)
    seat = services.guide.seat_day(found)
    async with services.database.read() as tx:
        mine = await signups.one(tx, services.community, number, seat, reader.person.id)
    until = None
    if mine is not None and mine.state == "cancelled":
        until = mine.until or (left_at + waiting_list.UNDO if left_at else None)
    if until is None or until <= now:
        return await show(services, reader, number, day, now)
    return await join(services, reader, number, day, now, undo=True)


async def settle(tx: Tx, guide: Guide, number: int, day: date, now: datetime) -> tuple[SignUp, ...]:
    """Moves the line as far as it goes, queues a notice for everyone concerned, and gives the seats afterwards."""
    community = guide.community.id
    seats = await signups.of_occurrence(tx, community, number, day)
    coming = _next(guide, number, day, now)
    if coming is None:
        return seats
    start = coming.start
    waiting = [seat.person for seat in seats if seat.state == "waiting"]
    busy = await signups.busy(tx, community, waiting, number, day) if waiting else frozenset()
    steps = waiting_list.settle(seats, guide.capacity(number, day), now, start, busy)
    by_person = {seat.person: seat for seat in seats}
    for step in steps:
        by_person[step.person] = waiting_list.applied(by_person[step.person], step)
        await signups.save(tx, community, by_person[step.person], last_start(guide, coming))
    await notices.add(tx, community, [notice for step in steps for notice in _tell(step, coming, day, now, steps)])
    after = tuple(by_person.values())
    guide.index.set_free(number, day, waiting_list.free_seats(after, guide.capacity(number, day), now))
    return after


def last_start(guide: Guide, found: Occurrence) -> datetime:
    """The start by which a sign-up is kept and forgotten: of a course, that of its last evening."""
    if guide.activities[found.activity].sign_up != "course":
        return found.start
    coming = guide.coming(found.activity, found.start, found.start + COURSE_AHEAD)
    return max((each.start for each in coming), default=found.start)


def _next(guide: Guide, number: int, day: date, now: datetime) -> Occurrence | None:
    """The occurrence that the seat is for; for a course, the next of its evenings."""
    activity = guide.activities.get(number)
    if activity is None:
        return None
    if activity.sign_up == "course":
        return next((each for each in guide.coming(number, now) if each.start > now), None)
    found = guide.occurrence(number, day)
    return found if found and found.state == "on" else None


def _tell(
    step: waiting_list.Step, coming: Occurrence, day: date, now: datetime, steps: Sequence[waiting_list.Step]
) -> list[NewNotice]:
    """What a step is told with. A course that has begun is offered by its next evening: its first cannot be joined."""
    number = coming.activity
    content = {"activity": number, "day": day.isoformat(), "on": coming.day.isoformat()}
    if isinstance(step, waiting_list.Offer):
        told = {**content, "until": step.until.isoformat(), "last": step.last}
        key = f"{number}/{day}/{step.until.isoformat()}"
        return [NewNotice(step.person, "offer", key, now, told, too_late=step.until)]
    if isinstance(step, waiting_list.Expire):
        again = any(isinstance(other, waiting_list.Offer) and other.person == step.person for other in steps)
        if again:
            return []
        told = {**content, "left": step.back is None}
        return [NewNotice(step.person, "offer_over", f"{number}/{day}/{now.isoformat()}", now, told)]
    return []


async def answer_offer(
    services: Services, reader: Reader, number: int, day: date, now: datetime, *, yes: bool
) -> Message:
    """Takes the seat that is held, or gives it to the next; too late is said as it is."""
    if yes:
        return await join(services, reader, number, day, now)
    return await leave(services, reader, number, day, now)


async def settle_due(services: Services, now: datetime) -> int:
    """Where an offer or an undo window ran out, the line moves. Gives how many occurrences were looked at."""
    async with services.database.read() as tx:
        due = await signups.due(tx, services.community, now)
    for number, day in due:
        async with services.database.write() as tx:
            await signups.hold_line(tx, services.community)
            seats = await settle(tx, services.guide, number, day, now)
            for seat in seats:
                if seat.until is not None and seat.until <= now:  # it has begun: nothing more can come of it
                    await signups.set_state(tx, services.community, seat, "cancelled")
    if due:
        services.hurry.set()
    return len(due)


async def plan_reminders(tx: Tx, guide: Guide, person: int, number: int, day: date, now: datetime) -> None:
    """Queues what is said to someone with a seat: the day before, two hours before, the day after."""
    wanted = []
    for each in times(guide, number, day, now):
        for planned in reminders.plan(each, now):
            content = {"activity": number, "day": day.isoformat(), "on": each.day.isoformat()}
            key = f"{number}/{day}/{each.start:%Y-%m-%dT%H:%M}"
            asked = planned.kind != "follow_up"
            wanted.append(NewNotice(person, planned.kind, key, planned.due, content, planned.too_late, asked))
    await notices.add(tx, guide.community.id, wanted)


async def replan(tx: Tx, guide: Guide, number: int, day: date, now: datetime) -> None:
    """The occurrence was moved: everyone's reminders move with it."""
    kinds: tuple[reminders.Kind, ...] = ("day_before", "two_hours", "follow_up")
    await notices.drop(tx, guide.community.id, f"{number}/{day}/", kinds=kinds)
    for seat in await signups.of_occurrence(tx, guide.community.id, number, day):
        if seat.state == "going":
            await plan_reminders(tx, guide, seat.person, number, day, now)


async def answer_follow_up(
    services: Services, reader: Reader, number: int, day: date, answer: str, now: datetime
) -> Message:
    """Keeps how it was; who will come again has a seat for the next time at once."""
    guide, person = services.guide, reader.person
    activity = guide.activities.get(number)
    if activity is None or person is None:
        return gone()
    async with services.database.write() as tx:
        await signups.set_answer(tx, services.community, number, day, person.id, answer)
    if answer == "again" and activity.sign_up == "each":
        coming = guide.coming(number, now)
        if coming:
            return await join(services, reader, number, coming[0].day, now)
    # NOTE: “Thank you for telling us.”: After a bad answer to “How was it?”. “Thank you. We are glad.”: After a good
    # answer to “How was it?”.
    thanks = say("Thank you. We are glad.") if answer != "no" else say("Thank you for telling us.")
    return Message((thanks,), ((Button(label("🔎 More activities"), "near"), PERSON),))


async def door_list(services: Services, reader: Reader, number: int, day: date) -> tuple[int, int] | None:
    """How many have a seat and how many wait; None for who is not a coordinator."""
    if not reader.coordinates:
        return None
    async with services.database.read() as tx:
        seats = await signups.of_occurrence(tx, services.community, number, day)
    return len(waiting_list.door_list(seats)), sum(seat.state in {"waiting", "offered"} for seat in seats)


async def restore_reminders(tx: Tx, services: Services, person: Person, now: datetime) -> None:
    """After "start": what the person still has a seat for is reminded of again."""
    for seat in await signups.of_person(tx, services.community, person.id, now):
        if seat.state == "going":
            await plan_reminders(tx, services.guide, person.id, seat.activity, seat.day, now)
