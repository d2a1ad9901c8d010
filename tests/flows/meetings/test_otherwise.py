"""When something goes otherwise: moved, called off, late, two secretaries, an organisation that leaves, a bad rule."""

from __future__ import annotations

from datetime import date

from icalendar import Calendar

from bot.core.query import code
from bot.core.schedule import ZONE
from tests.flows.meetings.network import is_secretary, kept, planned, represents, writes_agenda
from tests.flows.stage import Phone, Stage, plain


def count(phone: Phone, text: str) -> int:
    return sum(text in plain(bubble.text) for bubble in phone.bubbles)


def calendar_of(phone: Phone) -> tuple[str, int, str, str]:
    """UID, SEQUENCE, STATUS and start of the newest calendar file on the phone."""
    newest = next(bubble for bubble in reversed(phone.bubbles) if bubble.kind == "document")
    (event,) = Calendar.from_ical(phone.stage.world.files[newest.file].content).walk("VEVENT")
    start = event.decoded("dtstart").astimezone(ZONE)
    return str(event["uid"]), int(event["sequence"]), str(event["status"]), f"{start:%d/%m %H:%M}"
