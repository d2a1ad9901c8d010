"""Meetings of the network for a phone's calendar: what was moved or cancelled follows by UID and SEQUENCE."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.core.meetings.model import Meeting
from bot.core.say import Document
from bot.guide import Guide

if TYPE_CHECKING:
    from bot.calendar_file import Appointment

FILE = "brobot-meetings.ics"


def appointments(guide: Guide, meetings: Sequence[Meeting], language: str) -> list[Appointment]:
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
            cancelled=each.state == "cancelled",
        )
        for each in meetings
    ]


def calendar_document(guide: Guide, meetings: Sequence[Meeting], language: str, now: datetime) -> Document:
    """A file that a phone's calendar opens."""
    from bot.calendar_file import MIME, calendar_file  # noqa: PLC0415 # as above

    found = appointments(guide, meetings, language)
    return Document(FILE, calendar_file((), language=language, now=now, appointments=found), MIME)
