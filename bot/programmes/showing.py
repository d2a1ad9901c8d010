"""What a newcomer sees of programmes: which there are, one of them with its cohorts, a cohort and one's part in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.activities import spot
from bot.core.model import Reader
from bot.core.programmes.model import Programme, Session
from bot.core.programmes.sessions import at_one_time, is_theirs
from bot.core.rights import cohorts_led
from bot.core.say import Button, Line, Message, Moment, Rows, Span, Text, label, say, say_many
from bot.core.waiting_list import free_seats, position
from bot.core.ways_on import PERSON
from bot.guide import Guide
from bot.people import main_menu
from bot.programmes import standing
from bot.programmes.standing import Standing
from bot.programmes.words import about, called_off, languages, name_of, themes, when, where
from bot.services import Services
from bot.store import programmes
from bot.store.database import Tx

COHORTS_AT_ONCE = 4
NEVER = datetime.max.replace(tzinfo=UTC)


def none_there() -> Message:
    return Message(
        # NOTE: Where no courses of several evenings are planned in this municipality.
        (say("🎓 There are no programmes here at the moment. A person can tell you more."),),
        main_menu(),
    )


def gone() -> Message:
    return Message(
        # NOTE: After a tap on a course of several evenings that is not there any more.
        (say("This programme is not there any more."),),
        # NOTE: Button, lists courses of several evenings: “Ny i Danmark”, MindSpring, language groups.
        ((Button(label("🎓 Programmes"), "P"), PERSON),),
    )


async def overview(services: Services, reader: Reader, now: datetime) -> Message:
    """The programmes, each with its next start; one's own first."""
    guide = services.guide
    own: list[int] = []
    if reader.person is not None:
        async with services.database.read() as tx:
            own = await _own(tx, guide, reader.person.id)
    if not guide.programmes:
        return none_there()
    # NOTE: Head of the list of courses of several evenings: “Ny i Danmark”, MindSpring, language groups.
    lines: list[Line] = [say("🎓 <b>Programmes</b>")]
    # NOTE: Button: a programme that the reader takes part in: {title} "New in Denmark".
    rows: list[tuple[Button, ...]] = [
        (Button(label("✅ {title}", title=name_of(_programme(guide, number))), f"Pc:{number}"),) for number in own
    ]
    for programme in sorted(guide.programmes.values(), key=lambda each: _next_start(guide, each.id, now) or NEVER):
        lines += ["", say("<b>{title}</b>", title=name_of(programme)), say("{about}", about=about(programme))]
        start = _next_start(guide, programme.id, now)
        if start is not None:
            # NOTE: When the next group of a programme begins: {when} "Tuesday 01/12 17:00".
            lines.append(say("🚀 Next start: {when}", when=Moment(start)))
        # NOTE: Button, opens a course of several evenings: {title} "New in Denmark".
        rows.append((Button(label("{title}", title=name_of(programme)), f"Pp:{programme.id}"),))
    if reader.coordinates or cohorts_led(reader.person):
        # NOTE: Button of a trainer: the groups they lead.
        rows.append((Button(label("🧑‍🏫 My groups"), "PD"),))
    return Message(lines, (*rows, (PERSON,)))


async def _own(tx: Tx, guide: Guide, person: int) -> list[int]:
    """The cohorts the person takes part in, and those of which there is a certificate; the newest first."""
    kept = await programmes.of_person(tx, guide.community.id, person)
    found = [each.activity for each in await standing.mine(tx, guide, person)]
    found += [each.activity for each in kept if not each.visit and each.came]
    known = {each for each in found if guide.sessions(each)}
    return sorted(known, key=lambda number: guide.activities[number].schedule.first, reverse=True)


def _next_start(guide: Guide, name: str, now: datetime) -> datetime | None:
    starts = [each for number in standing.cohorts_of(guide, name) if (each := _start(guide, number, now))]
    return min(starts, default=None)


def _programme(guide: Guide, number: int) -> Programme:
    return guide.programmes[guide.activities[number].programme]


def _start(guide: Guide, number: int, now: datetime) -> datetime | None:
    """When the cohort begins, if that is ahead."""
    first = next((each for each in guide.sessions(number) if each.is_on), None)
    return first.occurrence.start if first and first.occurrence.start > now else None


def _ends_after(guide: Guide, number: int, now: datetime) -> bool:
    return any(each.occurrence.end > now for each in guide.sessions(number))


async def programme(services: Services, reader: Reader, name: str, now: datetime) -> Message:
    """One programme: its themes, and the cohorts one can still join, those in the reader's language first."""
    guide = services.guide
    found = guide.programmes.get(name)
    if found is None:
        return gone()
    lines: list[Line] = [
        say("🎓 <b>{title}</b>", title=name_of(found)),
        say("{about}", about=about(found)),
        "",
        # NOTE: Themes of a programme that everyone takes: {themes} "Home, Health".
        say("📌 For everyone: {themes}", themes=themes(found.required)),
    ]
    if found.choose:
        # NOTE: Themes of a programme of which one takes some: {n} "3", {themes} "Cycling, Food".
        lines.append(say("🎯 Choose {n} of: {themes}", n=found.choose, themes=themes(found.of_choice)))
    open_ones = _joinable(guide, reader, name, now)
    buttons: list[Button] = []
    async with services.database.read() as tx:
        for at, number in enumerate(open_ones[:COHORTS_AT_ONCE], 1):
            here = await standing.of(tx, guide, number, None)
            if here is not None:
                lines += ["", *_cohort_line(guide, here, at, now)]
                # NOTE: Button, opens {number} "2" of a list of groups.
                buttons.append(Button(label("{number}", number=at), f"Pc:{number}"))
    if not open_ones:
        # NOTE: No group of this programme is planned.
        lines += ["", say("No new group is planned yet. A person can write you down.")]
    ways_on = (Button(label("◀️ Back"), "P"), PERSON)
    return Message(lines, (tuple(buttons), ways_on) if buttons else (ways_on,))


def _joinable(guide: Guide, reader: Reader, name: str, now: datetime) -> list[int]:
    """Cohorts with a session to come: in the reader's language before others, then the one that starts first."""
    found = [number for number in standing.cohorts_of(guide, name) if _ends_after(guide, number, now)]
    return sorted(
        found,
        key=lambda number: (
            reader.language not in guide.activities[number].languages,
            guide.activities[number].schedule.first,
            number,
        ),
    )


def _cohort_line(guide: Guide, here: Standing, at: int, now: datetime) -> list[Text]:
    first = here.sessions[0].occurrence
    lines = [
        # NOTE: A group of a programme: {number} "2", {town} "Ringe", {when} its first evening "Tuesday 01/12 17:00".
        say(
            "<b>{number}. {town}, from {when}</b>",
            number=at,
            town=where(guide, here.activity),
            when=Moment(first.start),
        ),
        # NOTE: In which languages a group is held: {languages} "Arabic, Danish".
        say("🗣 {languages}", languages=languages(here.activity)),
    ]
    free = free_seats(here.seats, guide.capacity(here.number, here.activity.schedule.first), now)
    if free == 0:
        lines.append(say("🪑 All seats are taken. You can stand in line."))
    elif free is not None:
        lines.append(say_many("🪑 {n} free seat", "🪑 {n} free seats", free))
    return lines


async def cohort(services: Services, reader: Reader, number: int, now: datetime, notes: Sequence[Text] = ()) -> Message:
    """A cohort: every session with its theme, one's place in it, and what can be done."""
    person = reader.person.id if reader.person else None
    async with services.database.read() as tx:
        here = await standing.of(tx, services.guide, number, person)
    if here is None or not here.sessions:
        return gone()
    lines: list[Line] = [*notes, *([""] if notes else []), *_head(services.guide, here)]
    lines += ["", *_sessions(here, now)]
    lines += _where_one_stands(here, now)
    return Message(lines, _choices(here, now))


def _head(guide: Guide, here: Standing) -> list[Line]:
    activity = here.activity
    return [
        say("🎓 <b>{title}</b>", title=name_of(here.programme)),
        say("📍 {place}", place=where(guide, activity)),
        say("🚪 {venue}, {address}", venue=activity.venue.name, address=activity.venue.address),
        say("🗣 {languages}", languages=languages(activity)),
        *([say("ℹ️ This is an example, not a real activity.")] if activity.example else []),
    ]


def _sessions(here: Standing, now: datetime) -> list[Line]:
    """Everyone's sessions, and of those of choice the chosen ones; before a choice, all of them with a mark."""
    seated = here.seat is not None and here.seat.state == "going"
    came = {(each.activity, each.day): each.came for each in here.kept}
    found: list[Line] = []
    for session in here.sessions:
        own = is_theirs(here.programme, here.activity, session.day, here.chosen)
        if seated and not own and len(here.chosen) >= here.programme.choose:
            continue
        found.append(_session(session, came.get((session.activity, session.day)), own=own))
    return found


def _session(session: Session, came: bool | None, *, own: bool) -> Text:
    span, theme = Span(session.occurrence.start, session.occurrence.end), name_of(session.theme)
    if not session.is_on:
        return called_off(session)
    if came:
        # NOTE: A session of a programme that the reader came to.
        return say("✅ {when} · {theme}", when=span, theme=theme)
    if came is False:
        # NOTE: A session of a programme that the reader missed. Warm, no blame.
        return say("💛 {when} · {theme}", when=span, theme=theme)
    if not own:
        # NOTE: A session of a programme of which one can choose: {theme} "Cycling".
        return say("🎯 {when} · {theme}", when=span, theme=theme)
    return when(session)


def _where_one_stands(here: Standing, now: datetime) -> list[Line]:
    if here.seat is None:
        return []
    if here.seat.state == "waiting":
        return [
            "",
            say("⏳ <b>You are number {number} in line.</b>", number=position(here.seats, here.seat.person) or 1),
        ]
    if here.seat.state == "offered" and here.seat.until:
        return ["", say("🎟 <b>A seat is held for you until {until}.</b>", until=Moment(here.seat.until))]
    lines: list[Line] = ["", say("✅ <b>You have a seat.</b>")]
    lines.append(say("🎟 Your number at the door: {number}", number=here.seat.door))
    visits = [each for each in here.kept if each.visit and each.came is None and each.start > now]
    for each in visits:
        theme = here.programme.theme(each.theme)
        if theme is not None:
            # NOTE: A missed theme, taken in another group: {when} "Thursday 26/11 17:30", {theme} "Home".
            lines.append(say("🔁 {when} · {theme}", when=Moment(each.start), theme=name_of(theme)))
    if here.progress(now).missing:
        missing = [theme for each in here.progress(now).missing if (theme := here.programme.theme(each))]
        # NOTE: Themes of a programme that the reader has missed: {themes} "Home, Health". No blame.
        lines.append(say("💛 You can still take: {themes}", themes=themes(missing)))
    if len(here.chosen) < here.programme.choose:
        left = here.programme.choose - len(here.chosen)
        # NOTE: The reader has still to choose {n} themes.
        lines.append(say_many("🎯 Choose {n} more theme.", "🎯 Choose {n} more themes.", left))
    for one, other in at_one_time(here.own)[:1]:
        lines.append(
            # NOTE: A warning: two sessions at the same time: {theme} "Home", {other} "Cycling".
            say("⚠️ At the same time: {theme}, {other}", theme=name_of(one.theme), other=name_of(other.theme))
        )
    return lines


def _choices(here: Standing, now: datetime) -> Rows:
    rows: list[tuple[Button, ...]] = []
    coming = here.coming(now)
    back = (Button(label("◀️ Back"), f"Pp:{here.programme.id}"), PERSON)
    if here.seat is None:
        if coming is not None and here.activity.state == "on":
            # NOTE: Button, takes a seat in a group of a programme.
            rows.append((Button(label("✅ Take part"), f"Pj:{here.number}", style="yes"),))
        if here.progress(now).attended:
            rows.append((Button(label("📜 Certificate"), f"Pf:{here.number}"),))
        return (*rows, back)
    at = spot(here.number, (coming or here.sessions[-1]).day)
    if here.seat.state == "offered":
        yes = Button(label("✅ Yes, I will come"), f"o:{at}:y", style="yes")
        rows.append((yes, Button(label("❌ No, thank you"), f"o:{at}:n", style="no")))
    elif here.seat.state == "going":
        if here.programme.choose and coming is not None:
            # NOTE: Button, to choose themes of a programme.
            rows.append((Button(label("🎯 Choose themes"), f"Pt:{here.number}"),))
        missing = here.progress(now).missing
        # NOTE: Button: when a missed theme is held again: {theme} "Home".
        rows += [
            (Button(label("🔁 {theme}", theme=name_of(theme)), f"Pw:{here.number}:{each}"),)
            for each in missing[:3]
            if (theme := here.programme.theme(each))
        ]
        if here.progress(now).attended:
            # NOTE: Button, sends a paper that says what the reader took part in.
            rows.append((Button(label("📜 Certificate"), f"Pf:{here.number}"),))
        if coming is not None:
            rows.append((Button(label("🗺 The way"), f"w:{at}"), Button(label("📅 Calendar"), f"ics:{at}")))
    if coming is not None and here.seat.state != "offered":
        # NOTE: Button, gives up the seat or the place in line in a group of a programme; it is asked once more.
        rows.append((Button(label("❌ Leave the programme"), f"Px:{here.number}", style="no"),))
    return (*rows, back)
