"""When we may speak first: quiet hours, and how many messages nobody asked for a person may get."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from bot.core.schedule import DAY, ZONE, local_day, moment

EVENING = time(20, 0)
MORNING = time(8, 0)
PER_SEVEN_DAYS = 3
URGENT_WITHIN = timedelta(hours=12)


def is_quiet(at: datetime) -> bool:
    """Whether `at` (aware) lies in the quiet hours: from 20:00 to before 08:00 in Europe/Copenhagen."""
    clock = at.astimezone(ZONE).time()
    return clock >= EVENING or clock < MORNING


def after_quiet(at: datetime) -> datetime:
    """`at` itself outside quiet hours, else the next 08:00 local time; aware, UTC."""
    if not is_quiet(at):
        return at.astimezone(UTC)
    local = at.astimezone(ZONE)
    return moment(local.date() + DAY if local.time() >= EVENING else local.date(), MORNING)


def asked_for_at(due: datetime, *, urgent: bool = False) -> datetime:
    """When a message that somebody asked for is said: no cap holds it back, and quiet hours only if not `urgent`."""
    return due.astimezone(UTC) if urgent else after_quiet(due)


def is_urgent(now: datetime, start: datetime) -> bool:
    """Whether a cancellation or move may break the quiet hours: the activity starts within twelve hours.

    The start is the one the person has in mind: the old one, where it was moved.
    """
    return start - now <= URGENT_WITHIN


def allowed_at(due: datetime, sent: Iterable[datetime]) -> datetime:
    """The first moment from `due` on at which a message that nobody asked for may be said; aware, UTC.

    At most one on a local day, and three in any seven local days on end. Seven running days and not the ISO week:
    six messages round a Sunday would keep the letter of "three a week" and be six. `sent` are the unasked messages
    this person got, and those already planned: a planned one counts for the days before it as for those after.
    """
    taken = [local_day(at) for at in sent]
    at = after_quiet(due)
    while not _fits(local_day(at), taken):
        at = moment(local_day(at) + DAY, MORNING)
    return at


def _fits(day: date, taken: Sequence[date]) -> bool:
    if day in taken:
        return False
    for back in range(7):
        first = day - timedelta(days=back)
        if sum(first <= other <= first + timedelta(days=6) for other in taken) >= PER_SEVEN_DAYS:
            return False
    return True
