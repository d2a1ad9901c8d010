"""When activities are held: from a schedule and its changes to occurrences, in local time and over Danish holidays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from dateutil.easter import easter

from bot.core.model import Change, Occurrence, Schedule

ZONE = ZoneInfo("Europe/Copenhagen")
WEEK = timedelta(days=7)
DAY = timedelta(days=1)

# A rule that has not met in this long will not meet: the slowest, a monthly one on a weekday that holidays and
# skips may take, misses a month or two, never two years.
HORIZON = timedelta(days=2 * 366)

Problem = Literal["no_date", "ends_before_first", "no_length", "nth_out_of_range", "first_not_in_series"]


def moment(day: date, clock: time) -> datetime:
    """The UTC moment of a local wall-clock time.

    A time that the spring night leaves out moves forward by the hour that is lost (02:30 becomes 03:30); one that
    the autumn night has twice is the first. This is what fold=0 means (PEP 495), and RFC 5545 3.3.5 asks the same.
    """
    return datetime.combine(day, clock, ZONE).astimezone(UTC)


def local_day(at: datetime) -> date:
    """The date in Europe/Copenhagen at an aware moment."""
    return at.astimezone(ZONE).date()


def is_all_day(start: datetime, end: datetime) -> bool:
    """Whether it is about whole days: from one local midnight to another. No hour of it was ever said."""
    local_start, local_end = start.astimezone(ZONE), end.astimezone(ZONE)
    return local_end > local_start and local_start.time() == local_end.time() == time()


def is_holiday(day: date) -> bool:
    """Whether doors are shut: the public holidays of Danish law, and 24 and 31 December.

    Store Bededag counts to 2023 and not from 2024, when it was abolished.
    Christmas Eve and New Year's Eve are not public holidays, yet nothing that repeats is held then: better no date
    than someone before a closed door. 5 June and 1 May do not count: many associations are open, and some hold
    their best day then. An activity that is held all the same says `on_holidays`, or has its own `once`.
    """
    return (day.month, day.day) in {(12, 24), (12, 31)} or day in _public_holidays(day.year)


FIXED_HOLIDAYS = ((1, 1), (12, 25), (12, 26))
FROM_EASTER = (-3, -2, 0, 1, 39, 49, 50)
"""Maundy Thursday, Good Friday, Easter Sunday and Monday, Ascension, Whit Sunday and Monday."""

STORE_BEDEDAG, LAST_STORE_BEDEDAG = 26, 2023
"""Days after Easter; abolished by law no. 214 of 6 March 2023 from 2024 on."""


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> frozenset[date]:
    """The public holidays of Danish law. A test holds them equal to a library's, which takes longer to load than all
    that is asked of it."""
    after = (*FROM_EASTER, STORE_BEDEDAG) if year <= LAST_STORE_BEDEDAG else FROM_EASTER
    sunday = easter(year)
    return frozenset(
        (*(date(year, month, day) for month, day in FIXED_HOLIDAYS), *(sunday + timedelta(days=each) for each in after))
    )


def days(schedule: Schedule, since: date, until: date) -> Iterator[date]:
    """The local days it is held, in order, both ends included. Starts at `since`, however old the series is.

    Holidays thin out a rule only: an activity held once means its date, and a list its days.
    """
    shut = schedule.repeats not in {"once", "listed"} and not schedule.on_holidays
    for day in pattern_days(schedule, since, until):
        if day not in schedule.skips and not (shut and is_holiday(day)):
            yield day


def pattern_days(schedule: Schedule, since: date, until: date) -> Iterator[date]:
    """As `days`, before skips and holidays are taken out: what a calendar's rule says before its exceptions."""
    last = until if schedule.until is None else min(until, schedule.until)
    first = max(since, schedule.first)
    if schedule.repeats == "once":
        if first == schedule.first <= last:
            yield schedule.first
    elif schedule.repeats == "listed":
        yield from (day for day in sorted(schedule.listed) if since <= day <= until)
    elif schedule.repeats == "monthly":
        yield from _monthly(schedule, first, last)
    else:
        yield from _weekly(schedule, first, last)


def nth_of(schedule: Schedule) -> int:
    """Which weekday of the month a monthly series meets on: as said, else as its first day; a fifth is the last."""
    if schedule.nth is not None:
        return schedule.nth
    nth = (schedule.first.day - 1) // 7 + 1
    return nth if nth <= 4 else -1


def _weekly(schedule: Schedule, since: date, last: date) -> Iterator[date]:
    # Parity is of the ISO week's number, as in a Danish calendar: after a year of 53 weeks two odd weeks follow.
    parity = {"odd_weeks": 1, "even_weeks": 0}.get(schedule.repeats)
    day = since + timedelta(days=(schedule.first.weekday() - since.weekday()) % 7)
    while day <= last:
        if parity is None or day.isocalendar().week % 2 == parity:
            yield day
        day += WEEK


def _monthly(schedule: Schedule, since: date, last: date) -> Iterator[date]:
    nth, weekday = nth_of(schedule), schedule.first.weekday()
    year, month = since.year, since.month
    while date(year, month, 1) <= last:
        day = _nth_weekday(year, month, weekday, nth)
        if since <= day <= last:
            yield day
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = (date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)) - DAY
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def occurrence(activity_number: int, schedule: Schedule, day: date, change: Change | None = None) -> Occurrence:
    """The occurrence of one day of the rule, with what a coordinator changed of it.

    `end` before `start` on the clock is past midnight. A change that gives only a start keeps the length. The day is
    not checked against the rule: `days` says which ones are.
    """
    start, end = _times(schedule, day)
    called_off = day in schedule.listed and schedule.listed[day].cancelled
    if change is None:
        return Occurrence(activity_number, day, start, end, "cancelled" if called_off else "on")
    new_start = start if change.start is None else change.start.astimezone(UTC)
    new_end = new_start + (end - start) if change.end is None else change.end.astimezone(UTC)
    return Occurrence(
        activity_number,
        day,
        new_start,
        new_end,
        state="cancelled" if change.cancelled or called_off else "on",
        moved=(new_start, new_end) != (start, end),
    )


def _times(schedule: Schedule, day: date) -> tuple[datetime, datetime]:
    if day in schedule.listed:
        return schedule.listed[day].start, schedule.listed[day].end
    start = moment(day, schedule.start)
    end_day = day + DAY if schedule.end < schedule.start else day
    end = moment(end_day, schedule.end)
    if end < start:  # the spring night moved the start past the end: the length on the clock still stands
        end = start + (datetime.combine(end_day, schedule.end) - datetime.combine(day, schedule.start))
    return start, end


def occurrences(
    activity_number: int,
    schedule: Schedule,
    changes: Mapping[date, Change],
    since: datetime,
    until: datetime,
) -> tuple[Occurrence, ...]:
    """The occurrences that start from `since` to before `until` (aware), ordered by start; cancelled ones included.

    `changes` by the day of the rule. One that was moved counts where it was moved to, so it may come in from outside
    the window or leave it. A change of a day that the rule no longer gives is without effect.
    """
    if since >= until:
        return ()
    first, last = local_day(since), local_day(until)
    # A listed time may lie far from the day that names it, as it was moved there: the window is held to its start.
    named = schedule.listed if schedule.repeats == "listed" else days(schedule, first, last)
    found = [occurrence(activity_number, schedule, day) for day in named if day not in changes]
    found += [
        occurrence(activity_number, schedule, day, change)
        for day, change in changes.items()
        if any(days(schedule, day, day))
    ]
    held = [one for one in found if since <= one.start < until]
    return tuple(sorted(held, key=lambda one: (one.start, one.day)))


def next_occurrence(
    activity_number: int, schedule: Schedule, changes: Mapping[date, Change], now: datetime
) -> Occurrence | None:
    """The first occurrence that starts at `now` or later and is not cancelled; None where the series has ended."""
    since, horizon = now, max(now, moment(schedule.first, time())) + HORIZON
    step = 5 * WEEK
    while since < horizon:
        for one in occurrences(activity_number, schedule, changes, since, since + step):
            if one.state == "on":
                return one
        # A series that starts next year is reached in one jump, not in steps of five weeks.
        since = max(since + step, min(_next_start(schedule, changes), horizon))
    return None


def _next_start(schedule: Schedule, changes: Mapping[date, Change]) -> datetime:
    starts = [change.start for change in changes.values() if change.start is not None]
    return min([moment(schedule.first, time()), *starts])


def problems(schedule: Schedule) -> tuple[Problem, ...]:
    """What is wrong with a rule, for those who write packs; empty for a good one.

    `no_date` yields no day at all. `first_not_in_series`: the first day is not one of the series (an even week in a
    series of odd ones, a second Tuesday for `nth` 1), so the first meeting is later than was written.
    """
    found: list[Problem] = []
    if schedule.repeats == "listed":
        return () if schedule.listed else ("no_date",)
    if schedule.nth not in {None, 1, 2, 3, 4, -1}:
        return ("nth_out_of_range",)
    if schedule.until is not None and schedule.until < schedule.first:
        found.append("ends_before_first")
    elif not any(days(schedule, schedule.first, schedule.first + HORIZON)):
        found.append("no_date")
    elif schedule.first not in pattern_days(schedule, schedule.first, schedule.first):
        found.append("first_not_in_series")
    if schedule.start == schedule.end:
        found.append("no_length")
    return tuple(found)
