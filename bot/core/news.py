"""Weekly news: on which day and hour it is said, and from when to when what it tells has come."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from bot.core.schedule import DAY, WEEK, is_holiday, local_day, moment

THURSDAY = 3
SAID_AT = time(17, 0)
"""Thursday late in the afternoon: people are home, and the weekend can still be planned."""


def said_on(day: date) -> date:
    """The day on which the news of this day's week is said: Thursday, or where doors are shut then, the last open day
    before it. Not the day after: that is shut too at Easter and Christmas, or what was on offer is over."""
    found = day + timedelta(days=THURSDAY - day.weekday())
    while is_holiday(found):
        found -= DAY
    return found


def next_news(now: datetime) -> datetime:
    """The first moment after `now` (aware) at which weekly news is said; aware, UTC."""
    day = local_day(now)
    at = moment(said_on(day), SAID_AT)
    return at if at > now else moment(said_on(day + WEEK), SAID_AT)


def stamp(at: datetime) -> int:
    """A moment as a number for a button: seconds since 1970, rounded up so that what came by then is in it."""
    return -int(-at.timestamp() // 1)


def unstamp(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
