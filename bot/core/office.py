"""Office time: when an answer can be promised, and when a case that waits is called to mind again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta

from bot.core.schedule import DAY, is_holiday, local_day, moment

Hours = Mapping[int, tuple[time, time]]
"""Opening and closing by ISO weekday, in local time; a day that is not there is closed."""

_MIDNIGHT = datetime(2000, 1, 1, tzinfo=UTC)
"""Any full quarter, to count the others from."""

WORKING_TIME = timedelta(hours=4)
"""Office time within which a person is promised to answer."""

QUARTER = timedelta(minutes=15)

AN_HOUR_BEFORE = timedelta(hours=3)
"""Office time after which a case that waits is called to mind for the first time."""

MOST_REMINDERS = 12
URGENT_EVERY = timedelta(minutes=10)
URGENT_OFTEN = 6
"""So many times an emergency that nobody has taken rings every ten minutes; after that every hour."""


def after(hours: Hours, start: datetime, span: timedelta) -> datetime:
    """When `span` of office time has passed since `start`: opening times and Danish holidays counted."""
    left, day = span, local_day(start)
    for _ in range(30):
        opening = hours.get(day.isoweekday())
        if opening and not is_holiday(day):
            opens, closes = moment(day, opening[0]), moment(day, opening[1])
            begins = max(opens, start)
            if begins + left <= closes:
                return begins + left
            if begins < closes:
                left -= closes - begins
        day += DAY
    return start + timedelta(days=7)


def answer_by(hours: Hours, now: datetime) -> datetime:
    """Before when a person answers: the end of the next four office hours, as people say it: at a full quarter."""
    exact = after(hours, now, WORKING_TIME)
    return exact + (_MIDNIGHT - exact) % QUARTER


def next_opening(hours: Hours, since: datetime) -> datetime:
    """When the office opens next, on a later day than `since`."""
    return after(hours, moment(local_day(since) + DAY, time()), timedelta(0))


def remind_at(hours: Hours, since: datetime, reminded: int, last: datetime, *, urgent: bool) -> datetime | None:
    """When a case that waits `since` then is called to mind again, after so many times, the last at `last`.

    An office hour before the promise, at the promise, and then each office morning; an emergency every ten minutes.
    None after the last time.
    """
    if reminded >= MOST_REMINDERS:
        return None
    if urgent:
        return last + (URGENT_EVERY if reminded < URGENT_OFTEN else timedelta(hours=1))
    if reminded == 0:
        return after(hours, since, AN_HOUR_BEFORE)
    return answer_by(hours, since) if reminded == 1 else next_opening(hours, last)


PROMISE_IS_OVER = 2
"""From this reminder on the promise is broken: everybody hears it, and so does the person who waits."""
