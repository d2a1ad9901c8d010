"""When an announcement is said: at once, at a time, or so long before or after an occurrence, which it moves with."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from bot.core.announcing.model import LIFE, Announcement
from bot.core.model import Occurrence

OFFSETS: tuple[tuple[str, timedelta], ...] = (
    ("w", timedelta(days=-7)),
    ("d", timedelta(days=-1)),
    ("h", timedelta(hours=-2)),
    ("a", timedelta(days=1)),
)
"""What can be chosen of an activity: a week, a day, two hours before its start; a day after."""

Verdict = Literal["wait", "now", "off"]


def planned_for(announcement: Announcement, found: Occurrence | None) -> datetime | None:
    """The moment it is said, as things stand; None where that hangs on an occurrence that is not held any more."""
    if announcement.offset is None:
        return announcement.due
    if found is None or found.state == "cancelled":
        return None
    return found.start + announcement.offset


def is_time(at: datetime | None, now: datetime) -> Verdict:
    """Whether a planned announcement is to be said: `off` where its occurrence is not held any more."""
    if at is None:
        return "off"
    return "wait" if at > now else "now"


def life_of(announcement: Announcement, at: datetime, found: Occurrence | None) -> datetime:
    """Until when it is worth saying: what comes before an activity only until that ends."""
    if announcement.until is not None:
        return announcement.until
    if found is not None and announcement.offset is not None and announcement.offset <= timedelta(0):
        return found.end
    return at + LIFE
