"""Meetings of the network for a phone's calendar: what was moved or cancelled follows by UID and SEQUENCE."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.core.meetings.model import Meeting
from bot.core.model import Reader
from bot.core.say import Document, Message, say
from bot.core.schedule import local_day
from bot.guide import Guide
from bot.meetings.audience import MEMBERS
from bot.meetings.words import gone, stands
from bot.services import Services
from bot.store import meetings
from bot.store.database import Tx

if TYPE_CHECKING:
    from bot.calendar_file import Appointment

FILE = "brobot-meetings.ics"


def appointments(guide: Guide, held: Sequence[Meeting], language: str) -> list[Appointment]:
    """Meetings as a calendar keeps them. Others see the phone: they are called what the network calls itself."""
    from bot.calendar_file import Appointment as Made  # noqa: PLC0415 # its library takes 0.15 s that a start is spared

    names = guide.charter.names if guide.charter else {}
    name = names.get(language) or names.get("da") or next(iter(names.values()), "")
    venue = guide.charter.venue if guide.charter else ""
    return [
        Made(
            uid=f"{guide.community.id}.meeting.{each.id}@brobot",
            sequence=each.sequence,
            title=f"{name}: {each.subject}" if each.subject else name,
            start=each.start,
            end=each.end,
            venue=each.venue or venue,
            cancelled=each.state in ("cancelled", "dropped"),
        )
        for each in held
    ]


def calendar_document(guide: Guide, held: Sequence[Meeting], language: str, now: datetime) -> Document:
    """A file that a phone's calendar opens."""
    from bot.calendar_file import MIME, calendar_file  # noqa: PLC0415 # as above

    found = appointments(guide, held, language)
    return Document(FILE, calendar_file((), language=language, now=now, appointments=found), MIME)


async def calendar(services: Services, reader: Reader, now: datetime, only: int | None = None) -> Message:
    """A calendar file of one meeting, or of all coming ones; one's own no leaves a meeting out of it."""
    guide = services.guide
    async with services.database.read() as tx:
        found = await mine(tx, guide, reader, now)
    if only is not None:
        found = [each for each in found if each.id == only]
    if not found:
        return gone()
    return Message(
        (say("📅 Open this file, and your phone's calendar has it."),),
        document=calendar_document(guide, found, reader.language, now),
    )


async def mine(tx: Tx, guide: Guide, reader: Reader, now: datetime) -> list[Meeting]:
    """The meetings that belong in the reader's calendar, also those called off, so that it takes them out."""
    if reader.person is None:
        return []
    found = []
    for each in await meetings.since(tx, guide.community.id, now):
        stand = stands(guide, reader, local_day(now), each)
        if each.state == "draft" or stand not in MEMBERS:
            continue
        replied = await meetings.replies(tx, guide.community.id, each.id)
        own = replied.get(reader.person.id)
        if own is None or own.reply != "no":
            found.append(each)
    return found
