"""What is kept about a person, shown to them, handed out to them, and erased when they say so."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import orjson

from bot.cases import free_cases_of
from bot.core.model import Person, Reader
from bot.core.rights import may_organise
from bot.core.say import Button, Document, Message, label, say
from bot.core.schedule import local_day
from bot.core.ways_on import FIND, PERSON
from bot.inbox import chat_of
from bot.interpreting.following import leave as leave_interpreting
from bot.network.matches import leave
from bot.services import Services
from bot.signups import COURSE_AHEAD, settle
from bot.store import (
    announcements,
    cases,
    colleagues,
    counts,
    edits,
    first_steps,
    groups,
    inbox,
    interpreters,
    interpreting,
    knowledge,
    meeting_papers,
    meetings,
    needs,
    network_log,
    notices,
    people,
    practical,
    programmes,
    reports,
    signups,
    wishes,
)
from bot.store.database import Tx
from bot.store.tables import metadata

ANSWERED_KEPT = timedelta(days=2)
ASIDE_KEPT = timedelta(days=30)
HELD_KEPT = timedelta(days=60)
DRAFTS_KEPT = timedelta(days=90)
WISHES_KEPT = timedelta(days=90)
NEEDS_KEPT = timedelta(days=730)
MEETINGS_KEPT = timedelta(days=1826)
WORDS_KEPT = timedelta(days=180)
STEPS_KEPT = timedelta(days=730)
ATTENDED_KEPT = timedelta(days=400)


def explain(reader: Reader) -> Message:
    """What is kept, why, and for how long, in a few lines."""
    rows: list[tuple[Button, ...]] = [(Button(label("◀️ Back"), "set"), PERSON)]
    if reader.person:
        # NOTE: “📄 My data”: sends a file with everything that is kept. “🗑 Delete me”: deletes everything about the
        # reader; it is asked once more.
        rows.insert(0, (Button(label("📄 My data"), "data"), Button(label("🗑 Delete me"), "del", style="no")))
    return Message(
        (
            # NOTE: Head of what is kept.
            say("🔒 <b>Privacy</b>"),
            # NOTE: Privacy. Change nothing of what it promises.
            say("We keep: your language, your town, your sign-ups, your reminders and what you ask a person."),
            # NOTE: Privacy. Let's Network is a name: it stays as it is.
            say("In Let's Network also: what you ask or offer, and your first name when you say yes to a person."),
            # NOTE: Privacy. First steps: what happens in the first time in Denmark, told one thing at a time.
            say("With the first steps also: the month you moved here and what you have done, until you end them."),
            # NOTE: Privacy. Weekly news: what is new near the reader. Statistics: figures without names.
            say("Weekly news and statistics: only if you say yes to each of them."),
            # NOTE: Privacy; for who needs an interpreter or is one.
            say("With an interpreter also: languages, time, place and your first name, for 60 days after."),
            # NOTE: Privacy. Papers: residence permit, passport. “That person”: whom one was matched with.
            say("We do not keep papers, or where you are. Your number only if you share it with that person."),
            # NOTE: Privacy; 60 days after the activity was held.
            say("Sign-ups are deleted 60 days after the activity. You can delete everything now."),
            # NOTE: Privacy. Telegram: the company. CPR: the Danish person number.
            say("Telegram itself can read chats with bots. Never write your CPR number here."),
        ),
        tuple(rows),
    )


async def my_data(services: Services, person: Person) -> Message:
    """Everything that is kept about the person, as a file they can open."""
    async with services.database.read() as tx:
        found = await _everything(tx, services, person)
    content = json.dumps(found, ensure_ascii=False, indent=2, default=_plain).encode()
    return Message(
        # NOTE: With a file of the reader's own data.
        (say("📄 This is everything we keep about you."),),
        document=Document("brobot-my-data.json", content, "application/json"),
        protect=True,
    )


async def _everything(tx: Tx, services: Services, person: Person) -> dict[str, Any]:
    community = services.community
    found: dict[str, Any] = {"person": dict(await people.everything(tx, community, person.id))}
    for table in metadata.sorted_tables:
        if "person" in table.c:  # whatever table comes, what it keeps of a person is handed out
            rows = await tx.execute(table.select().where(table.c.community == community, table.c.person == person.id))
            found[table.name] = [dict(row._mapping) for row in rows]
    found["matches"] = await network_log.matches_of(tx, community, person.id)
    found["practical_things"] = await practical.of_person(tx, community, person.id)
    found["why"] = {table.name: table.info["why"] for table in metadata.sorted_tables}
    return found


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def nothing_kept() -> Message:
    """To someone who has not said yes."""
    return Message(
        # NOTE: To somebody who has not said yes to be remembered.
        (say("🔒 We keep nothing about you."),),
        ((FIND, PERSON),),
    )


def ask_delete() -> Message:
    """The one thing that cannot be undone is asked twice."""
    return Message(
        (
            # NOTE: Before everything is deleted.
            say("🗑 <b>Delete everything about you?</b>"),
            # NOTE: Before everything is deleted.
            say("Your sign-ups and reminders go too. This cannot be undone."),
        ),
        (
            # NOTE: Button, deletes everything about the reader.
            (Button(label("🗑 Yes, delete me"), "del!", style="no"),),
            # NOTE: Button, changes nothing.
            (Button(label("◀️ No, go back"), "priv"),),
        ),
    )


async def erase(services: Services, person: Person, now: datetime) -> Message:
    """Forgets the person in one transaction; the seats they had go to the next in line."""
    services.silenced.add(person.id)  # also what waits for its turn at this moment is not sent
    async with services.database.write() as tx:
        await signups.hold_line(tx, services.community)
        seats = await signups.of_person(tx, services.community, person.id, now - COURSE_AHEAD)
        if may_organise(person):
            await free_cases_of(tx, services, person.id, now)
        await inbox.forget_of(tx, services.community, lambda raw: chat_of(orjson.loads(raw)) == person.chat)
        await leave_interpreting(tx, services.guide, person.id, now)
        await leave(tx, services.community, person.id, now)
        await meeting_papers.forget_name(tx, services.community, person.id)
        await people.erase(tx, services.community, person.id)
        for seat in seats:
            await settle(tx, services.guide, seat.activity, seat.day, now)
    services.silenced.add(person.id)
    services.hurry.set()
    services.stirred.set()
    return Message(
        # NOTE: “You can come back at any time: /start”: After everything was deleted. “🗑 Everything about you is
        # deleted.”: After everything was deleted.
        (say("🗑 Everything about you is deleted."), say("You can come back at any time: /start")),
        keyboard="remove",
    )


def _courses_since(services: Services, now: datetime) -> list[int]:
    """Courses that are not over, or not for long enough: their seats bear the first day, and count till the last."""
    last = local_day(now - HELD_KEPT)
    return [
        number
        for number, activity in services.guide.activities.items()
        if activity.sign_up == "course" and (activity.schedule.until is None or activity.schedule.until >= last)
    ]


async def forget_old(services: Services, now: datetime) -> int:
    """Deletes what has been kept for long enough (`info` of the tables). Gives how many rows went."""
    async with services.database.write() as tx:
        gone = await signups.forget_before(tx, services.community, now - HELD_KEPT, _courses_since(services, now))
        gone += await notices.forget_before(tx, services.community, now - HELD_KEPT)
        gone += await cases.forget_before(tx, services.community, now - HELD_KEPT)
        await groups.let_go(tx, services.community)
        gone += await colleagues.forget_before(tx, services.community, now)
        gone += await knowledge.forget_before(tx, services.community, now - HELD_KEPT)
        gone += await edits.forget_before(tx, services.community, now - HELD_KEPT)
        gone += await announcements.forget_before(tx, services.community, now - HELD_KEPT, now - DRAFTS_KEPT)
        gone += await interpreting.forget_before(tx, services.community, now - HELD_KEPT)
        gone += await interpreters.forget_before(tx, services.community, now - HELD_KEPT)
        gone += await wishes.forget_before(tx, services.community, now - WISHES_KEPT)
        gone += await programmes.forget_before(tx, services.community, now - ATTENDED_KEPT)
        gone += await first_steps.forget_before(tx, services.community, local_day(now) - STEPS_KEPT)
        month = local_day(now).replace(day=1)
        gone += await counts.forget_before(tx, services.community, now - NEEDS_KEPT, month - NEEDS_KEPT)
        gone += await reports.forget_before(tx, services.community, now - MEETINGS_KEPT)
        gone += await needs.forget_before(tx, services.community, month - NEEDS_KEPT, month - WORDS_KEPT)
        gone += await inbox.forget_before(tx, services.community, now - ANSWERED_KEPT, now - ASIDE_KEPT)
        gone += await meetings.forget_before(tx, services.community, now - MEETINGS_KEPT)
        await meeting_papers.forget_waiting(tx, services.community, now - MEETINGS_KEPT)
        gone += await network_log.forget_before(tx, services.community, now - network_log.SHORT, now - network_log.LONG)
    return gone
