"""Who runs meetings plans one beside the fixed ones: its kind and time, its subject and place, for whom it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core.meetings.model import Meeting, MeetingKind
from bot.core.model import Reader
from bot.core.pack import LONGEST as LONGEST_MEETING
from bot.core.say import Button, Message, Span, Text, label, say
from bot.core.schedule import local_day
from bot.meetings.asking import answered, ask, fits
from bot.meetings.pages import show
from bot.meetings.planning import begun, keep, move, plan
from bot.meetings.planning_desk import clashes, coded, coming, unread
from bot.meetings.times import read_spans
from bot.meetings.words import gone, home, organisation, runs, to_meeting
from bot.services import Services
from bot.store import meetings
from bot.store.database import Tx

AT_ONCE = 8
SUBJECT_LONGEST = 60
VENUE_LONGEST = 100


async def new(services: Services, reader: Reader) -> Message:
    """Which kind of meeting is it?"""
    if (no := runs(services.guide, reader)) is not None:
        return no
    return Message(
        # NOTE: To who plans a meeting of the network beside the fixed ones.
        (say("➕ <b>Which kind of meeting?</b>"),),
        (
            # NOTE: “🏘 For citizens”: a citizens' meeting. “🔄 Experience”: an exchange of experience. “🏛 Another”.
            (Button(label("🏘 For citizens"), "Mx:citizens"), Button(label("🔄 Experience"), "Mx:exchange")),
            (Button(label("🏛 Another"), "Mx:other"), home()),
        ),
    )


async def ask_new_time(
    services: Services, reader: Reader, kind: MeetingKind, now: datetime, note: Text | None = None
) -> Message:
    if (no := runs(services.guide, reader)) is not None:
        return no
    lines = [
        *((note, "") if note else ()),
        # NOTE: To who plans a meeting of the network.
        say("📅 <b>When is it held?</b>"),
        say("Write day and time, such as: 3/12 17-19."),
    ]
    return await ask(services, reader, f"new:{kind}", 0, lines, home())


async def new_typed(services: Services, reader: Reader, kind: MeetingKind, text: str, now: datetime) -> Message:
    """The time is shown, with what is held then already; a tap makes the meeting, and nobody is asked yet."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    spans = read_spans(services, reader, text, now)
    if not spans:
        return await ask_new_time(services, reader, kind, now, unread())
    async with services.database.read() as tx:
        others = await meetings.since(tx, services.community, now)
    rows = [(Button(label("✅ {when}", when=Span(*each)), f"MX:{kind}:{coded(*each)}", style="yes"),) for each in spans]
    return Message(
        (
            # NOTE: To who plans a meeting, when its time was read.
            say("📅 <b>Is this right?</b>"),
            say("{when}", when=Span(*spans[0])),
            *clashes(spans[0], others),
        ),
        (*rows, (Button(label("◀️ Back"), "Mx"),)),
    )


async def make(
    services: Services, reader: Reader, kind: MeetingKind, start: datetime, end: datetime, now: datetime
) -> Message:
    """A draft of the meeting; made twice it is the same one."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    charter = services.guide.charter
    if charter is None or not now < start < end <= start + LONGEST_MEETING:
        return gone()
    async with services.database.write() as tx:
        key = f"{kind}/{coded(start, end)}"
        draft = Meeting(0, kind, start, end, state="draft")
        number = await plan(tx, services.guide, charter, draft, now, key) or await _again(tx, services, key)
        await answered(tx, services, reader)
    return gone() if number is None else await show(services, reader, number, now)


async def _again(tx: Tx, services: Services, key: str) -> int | None:
    """The meeting that was planned with this key before; one that was thrown away is taken up again."""
    number = await meetings.by_key(tx, services.community, key)
    found = await meetings.held(tx, services.community, number) if number is not None else None
    if found is not None and found.state == "dropped":
        await meetings.save(tx, services.community, replace(found, state="draft"), None)
    return number


async def ask_them(services: Services, reader: Reader, number: int, now: datetime) -> Message:
    """The draft is planned: who it is for is asked, and it gets an agenda and minutes like every other."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    charter = services.guide.charter
    async with services.database.write() as tx:
        meeting = await coming(tx, services, number, now)
        if meeting is None or charter is None:
            return gone()
        if meeting.state == "draft":
            await keep(tx, services.guide, begun(replace(meeting, state="planned"), charter, now), now)
    services.hurry.set()
    # NOTE: After an extra meeting was planned: {days} "42".
    said = say("📨 They are asked now, or {days} days before if it is further off.", days=charter.invite)
    return await show(services, reader, number, now, [said])


async def ask_words(
    services: Services, reader: Reader, number: int, what: str, now: datetime, note: Text | None = None
) -> Message:
    """`s`: what it is about; `v`: where it is held. The next text is it."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    head = (
        # NOTE: To who plans a meeting.
        say("✏️ <b>What is it about?</b>")
        if what == "s"
        # NOTE: To who plans a meeting.
        else say("📍 <b>Where is it held?</b>")
    )
    lines = [*((note, "") if note else ()), head]
    return await ask(services, reader, f"words:{what}", number, lines, to_meeting(number))


async def words_typed(services: Services, reader: Reader, number: int, what: str, text: str, now: datetime) -> Message:
    """The subject or the place is kept. Calendars follow; who reads the meeting sees it."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    said, wrong = fits(text, SUBJECT_LONGEST if what == "s" else VENUE_LONGEST)
    if wrong is not None or not said:
        return await ask_words(services, reader, number, what, now, wrong)
    async with services.database.write() as tx:
        meeting = await coming(tx, services, number, now)
        if meeting is None:
            return gone()
        await answered(tx, services, reader)
        new_words = replace(meeting, subject=said) if what == "s" else replace(meeting, venue=said)
        if meeting.state == "draft":
            await meetings.save(tx, services.community, new_words, None)
        elif new_words != meeting:  # told as a move to the same time: calendars and people learn the new place
            await move(tx, services.guide, new_words, meeting.start, meeting.end, now)
    services.hurry.set()
    return await show(services, reader, number, now)


async def parties(services: Services, reader: Reader, number: int, now: datetime, page: int = 0) -> Message:
    """For which members? None ticked: for all."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    guide = services.guide
    async with services.database.read() as tx:
        meeting = await meetings.one(tx, services.community, number)
    if meeting is None or meeting.state != "draft":
        return gone()
    members = _members(services, now)
    shown = members[page * AT_ONCE : (page + 1) * AT_ONCE]
    rows = [
        (
            Button(
                # NOTE: Button, one of several organisations to choose: {mark} "✅", {name} "Fynsland".
                label("{mark} {name}", mark="✅" if each in meeting.parties else "▫️", name=organisation(guide, each)),
                f"Mf:{number}:{page}:{members.index(each)}",
            ),
        )
        for each in shown
    ]
    paging = (
        *((Button(label("◀️ Back"), f"Mf:{number}:{page - 1}"),) if page else ()),
        *((Button(label("▶️ More"), f"Mf:{number}:{page + 1}"),) if len(members) > (page + 1) * AT_ONCE else ()),
    )
    return Message(
        # NOTE: To who plans a meeting. Ticks nothing: every member is asked.
        (say("👥 <b>For whom is it?</b>"), say("Tap those it is for. Without a tick it is for all members.")),
        (*rows, *((paging,) if paging else ()), (to_meeting(number),)),
    )


def _members(services: Services, now: datetime) -> list[str]:
    """The members of today, by name."""
    known = services.guide.memberships.values()
    found = [each.organisation for each in known if each.level == "member" and each.holds(local_day(now))]
    return sorted(found, key=lambda each: organisation(services.guide, each))


async def toggle(services: Services, reader: Reader, number: int, page: int, which: int, now: datetime) -> Message:
    """Ticks an organisation, or takes its tick away."""
    if (no := runs(services.guide, reader)) is not None:
        return no
    members = _members(services, now)
    async with services.database.write() as tx:
        meeting = await coming(tx, services, number, now)
        if meeting is None or meeting.state != "draft" or which >= len(members):
            return gone()
        chosen = set(meeting.parties) ^ {members[which]}
        await meetings.save(tx, services.community, replace(meeting, parties=tuple(sorted(chosen))), None)
    return await parties(services, reader, number, now, page)
