"""My plans: what a person has a seat for or waits for, and their calendar file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.activities import spot, title
from bot.core.model import Activity, Occurrence, Person, Reader, SignUp
from bot.core.programmes.sessions import is_theirs, narrowed
from bot.core.say import Button, Document, Message, Span, Text, label, say
from bot.core.ways_on import FIND
from bot.guide import Guide
from bot.people import main_menu
from bot.services import Services
from bot.store import programmes, signups

if TYPE_CHECKING:
    from bot.calendar_file import Entry

AT_ONCE = 6

Chosen = Mapping[int, frozenset[str]]
"""The themes of choice that a person takes, by cohort."""


async def plans(services: Services, person: Person, now: datetime) -> Message:
    """The list, soonest first, a button for each."""
    coming = await _coming(services, person, now)
    if not coming:
        return Message(
            (say("📅 You have no plans yet."),), ((Button(label("🔎 What is near"), "near"),), *main_menu()[1:])
        )
    # NOTE: Head of the list of what the reader is signed up for.
    lines: list[Text | str] = [say("📅 <b>My plans</b>")]
    buttons = []
    for number, (seat, found) in enumerate(coming[:AT_ONCE], 1):
        lines += ["", *_line(services.guide, seat, found, number)]
        buttons.append(Button(label("{number}", number=number), f"c:{spot(found.activity, found.day)}"))
    rows = [tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3)]
    # NOTE: Button, to the private link that a phone's calendar follows.
    link = ((Button(label("🔗 Calendar link"), "cl"),),) if services.settings.public_url else ()
    return Message(lines, (*rows, (Button(label("📅 Calendar"), "ics"), FIND), *link))


async def _coming(services: Services, person: Person, now: datetime) -> list[tuple[SignUp, Occurrence]]:
    """Each sign-up with its next occurrence; a course is shown by the evening that comes next."""
    async with services.database.read() as tx:
        seats = await signups.of_person(tx, services.community, person.id, now - timedelta(days=400))
        chosen = await programmes.choices_by(tx, services.community, person.id)
    found = []
    for seat in seats:
        occurrence = next_time(services.guide, seat, now, chosen)
        if occurrence and occurrence.end > now:
            found.append((seat, occurrence))
    return sorted(found, key=lambda pair: pair[1].start)


def next_time(guide: Guide, seat: SignUp, now: datetime, chosen: Chosen) -> Occurrence | None:
    """The occurrence that a seat is for; for a course the next of its evenings, in a programme of one's own."""
    activity = guide.activities.get(seat.activity)
    if activity is None:
        return None
    if activity.programme:
        return _next_session(guide, activity, now - timedelta(hours=3), chosen.get(seat.activity, frozenset()))
    if activity.sign_up == "course":
        coming = guide.coming(seat.activity, now - timedelta(hours=3))
        return coming[0] if coming else None
    return guide.occurrence(seat.activity, seat.day)


def _next_session(guide: Guide, activity: Activity, since: datetime, chosen: frozenset[str]) -> Occurrence | None:
    programme = guide.programmes.get(activity.programme)
    for each in guide.sessions(activity.number):
        theirs = programme is not None and is_theirs(programme, activity, each.day, chosen)
        if theirs and each.is_on and each.occurrence.start >= since:
            return each.occurrence
    return None


def _line(guide: Guide, seat: SignUp, found: Occurrence, number: int) -> list[Text]:
    state = {
        # NOTE: My plans: signed up.
        "going": say("✅ You have a seat."),
        # NOTE: My plans: on the waiting list.
        "waiting": say("⏳ You are in line."),
        # NOTE: My plans: the reader may take a free seat.
        "offered": say("🎟 A seat is held for you."),
    }[seat.state]
    if found.state == "cancelled":
        # NOTE: My plans: the organiser cancelled it.
        state = say("❌ Cancelled")
    return [
        say("<b>{number}. {title}</b>", number=number, title=title(guide.activities[found.activity])),
        say("📅 {when}", when=Span(found.start, found.end)),
        state,
    ]


async def calendar(services: Services, reader: Reader, now: datetime, only: tuple[int, date] | None = None) -> Message:
    """An .ics file of what the person has a seat for, or of one occurrence. What is cancelled, or was left, says so."""
    assert reader.person is not None
    async with services.database.read() as tx:
        seats = await signups.for_calendar(tx, services.community, reader.person.id, now - timedelta(days=400))
        chosen = await programmes.choices_by(tx, services.community, reader.person.id)
    wanted = services.guide.occurrence(*only) if only else None
    entries = own_entries(
        services.guide,
        [each for each in seats if not only or _is_for(services.guide, each[0], wanted)],
        reader.language,
        now,
        chosen,
    )
    if not entries:
        # NOTE: My plans, when there is no sign-up.
        return Message((say("📅 You have no plans yet."),), main_menu())
    from bot.calendar_file import MIME, calendar_file  # noqa: PLC0415 # its library takes 0.15 s that a start is spared

    content = calendar_file(entries, language=reader.language, now=now)
    return Message(
        # NOTE: With a calendar file.
        (say("📅 Open this file, and your phone's calendar has it."),),
        document=Document("brobot.ics", content, MIME),
    )


def own_entries(
    guide: Guide, seats: Iterable[tuple[SignUp, int]], language: str, now: datetime, chosen: Chosen
) -> list[Entry]:
    """What a person's calendar shows: their seats, and those they gave back while there was still time."""
    entries = []
    for seat, turns in seats:
        found = next_time(guide, seat, now, chosen)
        if found is not None and (seat.state == "going" or found.end > now):
            themes = chosen.get(seat.activity, frozenset())
            entries.append(_entry(guide, seat, found, language, turns, themes))
    return entries


def _is_for(guide: Guide, seat: SignUp, wanted: Occurrence | None) -> bool:
    """Whether the seat is the one for this occurrence: that of a course is for all its evenings."""
    if wanted is None or wanted.activity != seat.activity:
        return False
    return seat.day == guide.seat_day(wanted)


def _entry(guide: Guide, seat: SignUp, found: Occurrence, language: str, turns: int, themes: frozenset[str]) -> Entry:
    activity = guide.activities[seat.activity]
    if activity.programme in guide.programmes:  # in a calendar stand one's own sessions and no others
        activity = narrowed(guide.programmes[activity.programme], activity, themes)
    text = activity.texts.get(language) or activity.texts[activity.source]
    from bot.calendar_file import Entry as Made  # noqa: PLC0415 # as above

    return Made(
        activity=activity,
        title=text.title,
        occurrence=None if activity.sign_up == "course" else found,
        changes=guide.changes.get(seat.activity, {}),
        left=seat.state == "cancelled",
        turns=turns,
    )
