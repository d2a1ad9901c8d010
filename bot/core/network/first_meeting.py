"""The first meeting: times that suit both calendars, a public place that is near."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time

from bot.core.model import Activity, Venue
from bot.core.network.model import PARTS, PRESETS, bit
from bot.core.pack import km_between
from bot.core.schedule import DAY, is_holiday, local_day, moment

HOURS = {"morning": time(10, 0), "afternoon": time(16, 0), "evening": time(18, 0)}
EARLIEST_DAYS, LATEST_DAYS = 2, 21


def times(newcomer_free: int, volunteer_free: int, now: datetime) -> tuple[datetime, ...]:
    """Moments of the next three weeks at which both are free, soonest first, one a day; aware, UTC.

    Never sooner than in two days, never on a public holiday. Where they share no time (a coordinator picked them
    all the same), weekday afternoons.
    """
    shared = newcomer_free & volunteer_free or PRESETS["a"]
    found = []
    for ahead in range(EARLIEST_DAYS, LATEST_DAYS + 1):
        day = local_day(now) + ahead * DAY
        part = next((part for number, part in enumerate(PARTS) if shared & bit(day.weekday(), number)), None)
        if part is not None and not is_holiday(day):
            found.append(moment(day, HOURS[part]))
    return tuple(found)


def place(activities: Iterable[Activity], topics: Iterable[str], point: tuple[float, float]) -> Venue | None:
    """The nearest place where things like these are held for everybody: a library, a school, a house for all."""
    wanted = set(topics)
    venues = [each.venue for each in activities if each.state == "on" and wanted & set(each.topics)]
    return min(venues, key=lambda each: (km_between(point, (each.lat, each.lon)), each.name), default=None)
