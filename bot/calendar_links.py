"""Calendars that are subscribed to: the community's for everyone, and a private one with one's own sign-ups."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.core.model import Reader
from bot.core.say import Button, Day, Message, Text, label, say
from bot.core.schedule import local_day
from bot.guide import Guide
from bot.interpreting import calendars as interpreting_calendars
from bot.meetings.calendars import appointments, mine
from bot.people import main_menu
from bot.plans import own_entries
from bot.services import Services
from bot.store import calendar_links, interpreting, people, programmes, signups

if TYPE_CHECKING:
    from bot.calendar_file import Appointment, Entry

BACK = timedelta(days=400)
BACK_MEETINGS = timedelta(days=60)
TOKEN_BYTES = 24


async def show(services: Services, reader: Reader) -> Message:
    """Whether the reader has a private link, what it is for, and how to make one or turn it off."""
    assert reader.person is not None
    if not services.settings.public_url:
        return _not_here()
    async with services.database.read() as tx:
        made = await calendar_links.made_at(tx, services.community, reader.person.id)
    lines: list[Text | str] = [
        # NOTE: Head of the page about the private calendar link.
        say("🔗 <b>Calendar link</b>"),
        # NOTE: About the private calendar link. Moves and cancellations come into the phone's calendar by themselves.
        say("Your phone's calendar can follow your plans by itself."),
        # NOTE: About the private calendar link.
        say("The link is only for you: whoever has it sees your plans."),
    ]
    if made is None:
        # NOTE: Button, makes the private calendar link.
        return Message(lines, ((Button(label("🔗 Make a link"), "cln"), Button(label("◀️ Back"), "my")),))
    # NOTE: About the private calendar link: {day} "Thursday 26/11".
    lines.append(say("You have a link since {day}. I cannot show it again.", day=Day(local_day(made))))
    return Message(
        lines,
        (
            # NOTE: “🔗 New link”: Button, makes another private calendar link; the old one stops. “🗑 Turn off”: Button,
            # the private calendar link stops.
            (Button(label("🔗 New link"), "cln"), Button(label("🗑 Turn off"), "clx", style="no")),
            (Button(label("◀️ Back"), "my"),),
        ),
    )


def _not_here() -> Message:
    # NOTE: Whoever runs the bot has not set it up.
    return Message((say("There is no calendar link here. Use 📅 Calendar in your plans."),), main_menu())


async def make(services: Services, reader: Reader, now: datetime) -> Message:
    """A new private link, shown once; the one before it opens nothing any more."""
    assert reader.person is not None
    base = services.settings.public_url
    if not base:
        return _not_here()
    token = secrets.token_urlsafe(TOKEN_BYTES)
    async with services.database.write() as tx:
        await calendar_links.keep(tx, services.community, reader.person.id, _hash(services, token), now)
    address = f"{base}/calendar/mine/{token}.ics"
    return Message(
        (
            say("🔗 <b>Calendar link</b>"),
            # NOTE: Above the private calendar link. The calendar: the app on the phone.
            say("Open it, or copy it into your calendar:"),
            say("<code>{link}</code>", link=f"webcal://{address.partition('://')[2]}"),
            # NOTE: Below the private calendar link.
            say("I show it only now. An older link does not work any more."),
        ),
        (
            # NOTE: Button, opens the private calendar link in the phone's calendar.
            (
                Button(label("📅 Open it"), link=address.removesuffix(".ics")),
                Button(label("🗑 Turn off"), "clx", style="no"),
            ),
            (Button(label("◀️ Back"), "my"),),
        ),
    )


async def turn_off(services: Services, reader: Reader) -> Message:
    """The private link opens nothing any more; twice is the same as once."""
    assert reader.person is not None
    async with services.database.write() as tx:
        await calendar_links.remove(tx, services.community, reader.person.id)
    return Message(
        # NOTE: After the private calendar link was turned off.
        (say("🔗 The link is off. Nobody sees your plans with it any more."),),
        ((Button(label("🔗 Make a link"), "cln"), Button(label("◀️ Back"), "my")),),
    )


def _hash(services: Services, token: str) -> bytes:
    return services.database.keys.fingerprint(f"calendar/{token}")


async def private(services: Services, token: str, now: datetime) -> bytes | None:
    """The calendar of whom this link belongs to: sign-ups, meetings, what they interpret. None for a link of nobody."""
    async with services.database.read() as tx:
        person = await calendar_links.owner(tx, services.community, _hash(services, token))
        if person is None:
            return None
        owner = (await people.by_ids(tx, services.community, [person]))[person]
        language = owner.language
        seats = await signups.for_calendar(tx, services.community, person, now - BACK)
        held = await mine(tx, services.guide, Reader(owner.chat, language, owner), now - BACK_MEETINGS)
        chosen = await programmes.choices_by(tx, services.community, owner.id)
        tasks = await interpreting.of_interpreter(tx, services.community, person, now - BACK_MEETINGS)
    entries = own_entries(services.guide, seats, language, now, chosen)
    found = appointments(services.guide, held, language)
    found += interpreting_calendars.appointments(services, tasks, language)
    return await asyncio.to_thread(_written, entries, language, now, "Brobot", found)


async def public(services: Services, language: str, now: datetime) -> bytes:
    """Everything there is to take part in, in one language, each text in the source's where it lacks that one."""
    guide = services.guide
    return await asyncio.to_thread(public_calendar, guide, language, now, services.username)


def public_calendar(guide: Guide, language: str, now: datetime, username: str) -> bytes:
    """The same from a guide. Without the bot's username its events have no link."""
    from bot.calendar_file import Entry  # noqa: PLC0415 # its library takes 0.15 s that a start is spared

    names = {each.id: each.names for each in guide.topics.of("topic")}
    entries = []
    for activity in guide.activities.values():
        text = activity.texts.get(language) or activity.texts.get(activity.source)
        if text is None or activity.state == "paused":
            continue
        words = tuple(names[topic].get(language, topic) for topic in activity.topics if topic in names)
        link = f"https://t.me/{username}?start=a_{activity.number}" if username else ""
        changes = guide.changes.get(activity.number, {})
        entries.append(Entry(activity, text.title, changes=changes, about=text.about, link=link, categories=words))
    return _written(entries, language, now, guide.community.name)


def _written(entries: list[Entry], language: str, now: datetime, name: str, held: Sequence[Appointment] = ()) -> bytes:
    from bot.calendar_file import calendar_file  # noqa: PLC0415 # as above

    return calendar_file(entries, language=language, now=now, name=name, appointments=held)
