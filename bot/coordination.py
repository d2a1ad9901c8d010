"""What a coordinator changes of an activity: another time, cancelled, more seats. All concerned are told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.activities import spot, title
from bot.cases import not_yours
from bot.core.model import Change, Occurrence, Reader
from bot.core.query import base36
from bot.core.quiet import is_urgent
from bot.core.rights import may_edit, may_organise, organisations
from bot.core.say import Button, Message, Span, Text, label, say, say_many
from bot.core.schedule import ZONE, moment
from bot.core.waiting_list import door_list
from bot.guide import Guide
from bot.people import main_menu
from bot.reminders import move_asked
from bot.services import Services
from bot.signups import gone, replan, settle
from bot.store import communities, laid_by, notices, signups
from bot.store.database import Tx
from bot.store.notices import NewNotice

AT_ONCE = 6
WEEK = timedelta(days=7)
STEPS = (("1", timedelta(hours=1)), ("2", timedelta(hours=2)), ("d", timedelta(days=1)), ("w", WEEK))


def overview(services: Services, reader: Reader, now: datetime, page: int = 0) -> Message:
    """What is on in the next two weeks, soonest first, with a button for each."""
    if not may_organise(reader.person):
        return not_yours()
    guide = services.guide
    mine = [each.number for each in guide.activities.values() if may_edit(reader.person, each.organisation)]
    coming = sorted(
        (each for number in mine for each in guide.coming(number, now, now + 2 * WEEK)),
        key=lambda each: (each.start, each.activity),
    )
    shown = coming[page * AT_ONCE : (page + 1) * AT_ONCE]
    # NOTE: To a coordinator, above a list of activities.
    lines: list[Text | str] = [say("🗂 <b>The next two weeks</b>")]
    buttons = []
    for number, each in enumerate(shown, page * AT_ONCE + 1):
        lines += ["", *_line(guide, each, number)]
        # NOTE: Button under a list, opens {number} "2" of it.
        buttons.append(Button(label("{number}", number=number), f"k:{spot(each.activity, each.day)}"))
    rows = [tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3)]
    paging = (
        *((Button(label("◀️ Back"), f"kp:{page - 1}"),) if page else ()),
        *((Button(label("▶️ More"), f"kp:{page + 1}"),) if len(coming) > (page + 1) * AT_ONCE else ()),
    )
    # NOTE: Button of a coordinator, shows what people looked for in vain.
    # NOTE: “🤝 Let's Network”: Button, opens requests, volunteers and matches.
    # NOTE: Button of a coordinator, lists all activities, to add and change them.
    # NOTE: Button of a coordinator, figures of a quarter or a year.
    rows.append((Button(label("🗂 Activities"), "ek:0"), Button(label("📊 Numbers"), "ZN")))
    need = (Button(label("📊 Not found"), "kn"), Button(label("🤝 Let's Network"), "N"))
    # NOTE: “📣 Announcements”: messages to many. “👥 Colleagues”: lists all coordinators.
    ours = (Button(label("📣 Announcements"), "B"), Button(label("👥 Colleagues"), "R"))
    # NOTE: “🗒 Today”: lists what needs somebody. “💬 Saved answers”: answers that were written once.
    today = (Button(label("🗒 Today"), "T:0"), Button(label("💬 Saved answers"), "S:0"))
    # NOTE: Button, opens the meetings of the integration network.
    held = (Button(label("🏛 Meetings"), "M"),) if guide.charter is not None else ()
    # NOTE: Button of a coordinator, opens who interprets and what is needed.
    meetings = ((*held, Button(label("🗣 Interpreters"), "ID:0")),)
    # NOTE: Button of who answers for an association: newcomers' questions to it.
    asked = (Button(label("🙋 Who asks you"), "Vq"),) if organisations(reader.person) else ()
    # NOTE: Button of volunteers and coordinators: stories and recommendations to learn from.
    learn = (*asked, Button(label("📖 Knowledge"), "K"))
    desk = (*((today, ours, need, *meetings) if reader.coordinates else ()), learn)
    if not coming:
        # NOTE: To a coordinator, where no activity is held in the next two weeks.
        lines.append(say("Nothing is on."))
    return Message(lines, (*rows, *((paging,) if paging else ()), *desk))


def _line(guide: Guide, each: Occurrence, number: int) -> list[Text]:
    return [
        say("<b>{number}. {title}</b>", number=number, title=title(guide.activities[each.activity])),
        say("📅 {when}", when=Span(each.start, each.end)),
    ]


def of_theirs(services: Services, reader: Reader, number: int, day: date) -> Occurrence | Message:
    """The occurrence, or what is answered to who may not change it, or where it is gone."""
    activity = services.guide.activities.get(number)
    if not may_organise(reader.person) or (activity and not may_edit(reader.person, activity.organisation)):
        return not_yours()
    return services.guide.occurrence(number, day) or gone()


async def manage(services: Services, reader: Reader, number: int, day: date, notes: Sequence[Text] = ()) -> Message:
    """One occurrence as its coordinator sees it: seats, the line, and what can be changed."""
    guide = services.guide
    found = of_theirs(services, reader, number, day)
    if isinstance(found, Message):
        return found
    seat = guide.seat_day(found)
    async with services.database.read() as tx:
        seats = await signups.of_occurrence(tx, services.community, number, seat)
    waiting = sum(each.state in {"waiting", "offered"} for each in seats)
    capacity = guide.capacity(number, seat)
    where = spot(number, day)
    seen = stamp(found)
    lines: list[Text | str] = [*notes, *([""] if notes else [])]
    lines += [
        say("<b>{title}</b>", title=title(guide.activities[number])),
        say("📅 {when}", when=Span(found.start, found.end)),
        # NOTE: To a coordinator: how many people are signed up.
        say_many("👥 {n} has a seat", "👥 {n} have a seat", len(door_list(seats))),
        # NOTE: To a coordinator: how many people are on the waiting list.
        say_many("⏳ {n} waits", "⏳ {n} wait", waiting),
        # NOTE: “🪑 Seats: no limit”: To a coordinator: any number may come. “🪑 Seats: {capacity}”: To a coordinator:
        # {capacity} "12".
        say("🪑 Seats: {capacity}", capacity=capacity) if capacity is not None else say("🪑 Seats: no limit"),
    ]
    if found.state == "cancelled":
        return Message([*lines, say("❌ <b>This time is cancelled.</b>")], ((Button(label("◀️ Back"), "kp:0"),),))
    # NOTE: “➕ 1 seat”: gives an activity one more seat. “➕ 5 seats”: gives an activity five more seats.
    one, five = label("➕ 1 seat"), label("➕ 5 seats")
    more = (Button(one, f"kc:{where}:1:{capacity}"), Button(five, f"kc:{where}:5:{capacity}"))
    return Message(
        lines,
        (
            *((more,) if capacity is not None else ()),
            # NOTE: “📅 1 day later”: moves an activity one day later. “🕐 1 hour later”: moves an activity one hour
            # later.
            (
                # NOTE: Button of a coordinator, moves an activity one hour later.
                Button(label("🕐 1 hour later"), f"km:{where}:1:{seen}"),
                # NOTE: Button of a coordinator, moves an activity one day later.
                Button(label("📅 1 day later"), f"km:{where}:d:{seen}"),
            ),
            # NOTE: “🚪 At the door”: the list of those with a seat, to tick who comes. “✉️ Write to all”: a message to
            # those who signed up.
            (Button(label("🚪 At the door"), f"eD:{where}"), Button(label("✉️ Write to all"), f"eh:{where}")),
            # NOTE: “📅 Another time”: asks when a time of an activity is held instead. “🗂 The activity”: all of it.
            (Button(label("📅 Another time"), f"em:{where}"), Button(label("🗂 The activity"), f"ea:{number}")),
            # NOTE: “◀️ Back”: back to what was shown before; also the previous page. “❌ Cancel this time”: cancels one
            # time for everyone; it is asked once more.
            (Button(label("❌ Cancel this time"), f"kx:{where}", style="no"), Button(label("◀️ Back"), "kp:0")),
        ),
    )


def stamp(found: Occurrence) -> str:
    """The start that a button's reader saw: a second tap, or one from an old bubble, must not move it once more."""
    return base36(int(found.start.timestamp()))


def ask_cancel(services: Services, reader: Reader, number: int, day: date) -> Message:
    """Cancelling for everyone cannot be taken back, so it is asked."""
    found = of_theirs(services, reader, number, day)
    if isinstance(found, Message):
        return found
    where = spot(number, day)
    return Message(
        (
            # NOTE: To a coordinator, before a time is cancelled.
            say("❌ <b>Cancel for everyone?</b>"),
            # NOTE: Which time it is about: {title} "Madklub", {when} "Thursday 26/11 17:30–20:00".
            say("{title}, {when}", title=title(services.guide.activities[number]), when=Span(found.start, found.end)),
            # NOTE: To a coordinator, before a time is cancelled.
            say("Everyone who signed up is told at once."),
        ),
        # NOTE: “◀️ No, go back”: changes nothing. “❌ Yes, cancel”: cancels for everyone.
        ((Button(label("❌ Yes, cancel"), f"kX:{where}", style="no"), Button(label("◀️ No, go back"), f"k:{where}")),),
    )


async def cancel(services: Services, reader: Reader, number: int, day: date, now: datetime) -> Message:
    """Cancels one occurrence; twice is the same as once."""
    found = of_theirs(services, reader, number, day)
    if isinstance(found, Message):
        return found
    if found.state == "on":
        change = _change(services.guide, number, day)
        await _alter(services, replace(change, cancelled=True), "cancelled", found, now)
    # NOTE: To a coordinator, after an activity was moved or cancelled.
    return await manage(services, reader, number, day, [say("📨 Everyone who signed up is told.")])


async def move(
    services: Services, reader: Reader, number: int, day: date, step: str, seen: str, now: datetime
) -> Message:
    """Moves one occurrence later than it was `seen`. Reminders move with it; all are told the old and the new time."""
    found = of_theirs(services, reader, number, day)
    by = dict(STEPS).get(step)
    if isinstance(found, Message):
        return found
    if by is None:
        return gone()
    if found.state == "cancelled" or stamp(found) != seen:
        return await manage(services, reader, number, day)
    change = replace(_change(services.guide, number, day), start=_shift(found.start, by), end=_shift(found.end, by))
    await _alter(services, change, "moved", found, now)
    return await manage(services, reader, number, day, [say("📨 Everyone who signed up is told.")])


async def move_to(services: Services, found: Occurrence, start: datetime, end: datetime, now: datetime) -> None:
    """Moves one occurrence to any other time; the caller has asked whether this person may."""
    change = replace(_change(services.guide, found.activity, found.day), start=start, end=end)
    await _alter(services, change, "moved", found, now)


def _shift(at: datetime, by: timedelta) -> datetime:
    """Later by a span; whole days keep the hour on the clock over a change to or from summer time."""
    if by < timedelta(days=1):
        return at + by
    local = at.astimezone(ZONE)
    return moment(local.date() + by, local.time())


def _change(guide: Guide, number: int, day: date) -> Change:
    return guide.changes.get(number, {}).get(day) or Change(number, day)


async def _alter(services: Services, change: Change, kind: str, old: Occurrence, now: datetime) -> None:
    """The change, everyone's reminders and what they are told are one transaction: none is ever without the others."""
    guide = _changed(services.guide, change)
    seat = guide.seat_day(old)
    async with services.database.write() as tx:
        await _keep(tx, services.community, change)
        if change.start and guide.activities[change.activity].sign_up != "course":
            await signups.move_start(tx, services.community, change.activity, seat, change.start)
        await replan(tx, guide, change.activity, seat, now)
        await move_asked(tx, guide, change.activity, change.day, now)
        await _tell_all(tx, guide, change, kind, old, seat, now)
    await services.current.refresh(now)
    services.hurry.set()


async def _keep(tx: Tx, community: str, change: Change) -> None:
    await signups.hold_line(tx, community)
    await communities.save_change(tx, community, change)
    await communities.touch(tx, community)


def _changed(guide: Guide, change: Change) -> Guide:
    """The guide as it will be when the change is committed."""
    days = {**guide.changes.get(change.activity, {}), change.day: change}
    return replace(guide, changes={**guide.changes, change.activity: days})


async def _tell_all(
    tx: Tx, guide: Guide, change: Change, kind: str, old: Occurrence, seat: date, now: datetime
) -> None:
    content = {
        "activity": change.activity,
        "day": seat.isoformat(),
        "on": change.day.isoformat(),
        "old": old.start.isoformat(),
        "old_end": old.end.isoformat(),
    }
    about = f"{change.activity}/{change.day}/{kind}/"
    untold = await laid_by.take_out(tx, guide.community.id, about, kind=kind)  # two moves in one night are told as one
    key = f"{about}{(change.start or old.start).isoformat()}"
    urgent = is_urgent(now, old.start)
    seats = await signups.of_occurrence(tx, guide.community.id, change.activity, seat)
    wanted = [
        NewNotice(each.person, kind, key, now, _since(content, untold.get(each.person)), old.end, urgent=urgent)
        for each in seats
        if each.state in {"going", "waiting", "offered"}
    ]
    await notices.add(tx, guide.community.id, wanted)


def _since(content: Mapping[str, Any], untold: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """The change from the time that the person knows of."""
    return content if untold is None else {**content, "old": untold["old"], "old_end": untold["old_end"]}


async def add_seats(
    services: Services, reader: Reader, number: int, day: date, more: int, seen: int, now: datetime
) -> Message:
    """More seats for this occurrence than were `seen`; the line moves at once."""
    guide = services.guide
    found = of_theirs(services, reader, number, day)
    if isinstance(found, Message):
        return found
    seat = guide.seat_day(found)
    capacity = guide.capacity(number, seat)
    if capacity is None or capacity != seen:
        return await manage(services, reader, number, day)
    change = replace(_change(guide, number, seat), capacity=capacity + more)
    async with services.database.write() as tx:
        await _keep(tx, services.community, change)
        await settle(tx, _changed(guide, change), number, seat, now)
    await services.current.refresh(now)
    services.hurry.set()
    return await manage(services, reader, number, day)


def nothing_here() -> Message:
    # NOTE: After a tap on a button that does nothing any more.
    return Message((say("This button is old. Here is the menu."),), main_menu())
