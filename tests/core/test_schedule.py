"""Schedules become the days and hours that a person in Denmark would find on the poster."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from holidays import country_holidays
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core import schedule as clock
from bot.core.model import Change, Occurrence, Schedule
from bot.core.schedule import ZONE, days, is_holiday, next_occurrence, occurrences, problems

THURSDAY = date(2026, 11, 26)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def series(**fields: Any) -> Schedule:
    weekly = Schedule(THURSDAY, time(17, 30), time(20), "weekly")
    return replace(weekly, **fields)


def found(schedule: Schedule, since: date, until: date) -> list[date]:
    return list(days(schedule, since, until))


def test_a_weekly_activity_keeps_its_hour_on_the_clock_when_summer_time_begins() -> None:
    spring = series(first=date(2026, 3, 26))

    held = occurrences(7, spring, {}, utc(2026, 3, 25), utc(2026, 4, 12))

    assert [one.start for one in held] == [
        utc(2026, 3, 26, 16, 30),
        utc(2026, 4, 9, 15, 30),
    ]  # 2 April: Maundy Thursday
    assert [one.start.astimezone(ZONE).time() for one in held] == [time(17, 30)] * 2


def test_a_time_that_the_spring_night_leaves_out_moves_an_hour_forward() -> None:
    night = series(first=date(2026, 3, 29), start=time(2, 30), end=time(2, 45), repeats="once")

    (one,) = occurrences(7, night, {}, utc(2026, 3, 28), utc(2026, 3, 30))

    assert one.start.astimezone(ZONE).replace(tzinfo=None) == datetime(2026, 3, 29, 3, 30)  # noqa: DTZ001 the wall clock
    assert one.end - one.start == timedelta(minutes=15)


def test_an_end_that_the_moved_start_has_passed_keeps_the_length() -> None:
    night = series(first=date(2026, 3, 29), start=time(2, 30), end=time(3, 15), repeats="once")

    (one,) = occurrences(7, night, {}, utc(2026, 3, 28), utc(2026, 3, 30))

    assert (one.start, one.end) == (utc(2026, 3, 29, 1, 30), utc(2026, 3, 29, 2, 15))


def test_a_time_that_the_autumn_night_has_twice_is_the_first() -> None:
    night = series(first=date(2026, 10, 25), start=time(2, 30), end=time(4), repeats="once")

    (one,) = occurrences(7, night, {}, utc(2026, 10, 24), utc(2026, 10, 26))

    assert (one.start, one.end) == (utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 3))


def test_an_end_before_the_start_is_past_midnight() -> None:
    party = series(start=time(20), end=time(0, 30), repeats="once")

    (one,) = occurrences(7, party, {}, utc(2026, 11, 20), utc(2026, 11, 30))

    assert (one.start, one.end) == (utc(2026, 11, 26, 19), utc(2026, 11, 26, 23, 30))


def test_odd_weeks_are_odd_by_the_calendar_also_after_a_year_of_53_weeks() -> None:
    odd = series(first=date(2026, 12, 8), repeats="odd_weeks")  # a Tuesday of week 50: not odd

    assert found(odd, date(2026, 12, 1), date(2027, 1, 31)) == [
        date(2026, 12, 15),  # week 51
        date(2026, 12, 29),  # week 53
        date(2027, 1, 5),  # week 1: odd again
        date(2027, 1, 19),
    ]


def test_even_weeks_wait_three_weeks_over_a_year_of_53_weeks() -> None:
    even = series(first=date(2026, 12, 8), repeats="even_weeks")

    assert found(even, date(2026, 12, 1), date(2027, 1, 31)) == [
        date(2026, 12, 8),
        date(2026, 12, 22),
        date(2027, 1, 12),
        date(2027, 1, 26),
    ]


def test_a_monthly_activity_meets_on_the_weekday_that_is_said() -> None:
    second = series(first=date(2026, 9, 10), repeats="monthly", nth=2)
    last = series(first=date(2026, 9, 24), repeats="monthly", nth=-1)

    assert found(second, date(2026, 9, 1), date(2026, 12, 31)) == [
        date(2026, 9, 10),
        date(2026, 10, 8),
        date(2026, 11, 12),
        date(2026, 12, 10),
    ]
    assert found(last, date(2026, 9, 1), date(2026, 11, 30)) == [
        date(2026, 9, 24),
        date(2026, 10, 29),
        date(2026, 11, 26),
    ]


def test_a_monthly_activity_that_says_no_weekday_keeps_that_of_its_first_day() -> None:
    fifth = series(first=date(2026, 10, 29), repeats="monthly")
    third = series(first=date(2026, 10, 15), repeats="monthly")

    assert found(fifth, date(2026, 10, 1), date(2026, 11, 30)) == [date(2026, 10, 29), date(2026, 11, 26)]
    assert found(third, date(2026, 10, 1), date(2026, 11, 30)) == [date(2026, 10, 15), date(2026, 11, 19)]


def test_the_last_day_is_held_and_the_day_after_it_is_not() -> None:
    term = series(until=date(2026, 12, 10), skips=frozenset({date(2026, 12, 3)}))

    assert found(term, date(2020, 1, 1), date(2030, 1, 1)) == [THURSDAY, date(2026, 12, 10)]


def test_the_public_holidays_are_those_that_a_library_knows() -> None:
    known = country_holidays("DK", years=range(1990, 2100))
    ours = {date(year, 1, 1) + timedelta(days=each) for year in range(1990, 2100) for each in range(365)}
    assert {day for day in ours if is_holiday(day) and (day.month, day.day) not in {(12, 24), (12, 31)}} == {
        day for day in known if day in ours
    }


def test_public_holidays_and_the_two_eves_are_free() -> None:
    thursdays = series(first=date(2026, 12, 17))

    assert found(thursdays, date(2026, 12, 1), date(2027, 1, 8)) == [date(2026, 12, 17), date(2027, 1, 7)]
    assert found(replace(thursdays, on_holidays=True), date(2026, 12, 1), date(2026, 12, 31)) == [
        date(2026, 12, 17),
        date(2026, 12, 24),
        date(2026, 12, 31),
    ]


def test_great_prayer_day_was_abolished_in_2024() -> None:
    assert is_holiday(date(2023, 5, 5))
    assert not is_holiday(date(2024, 4, 26))


def test_constitution_day_and_may_day_are_ordinary_days() -> None:
    assert [is_holiday(date(2026, 6, 5)), is_holiday(date(2026, 5, 1))] == [False, False]


def test_an_activity_held_once_means_its_date_also_on_christmas_eve() -> None:
    eve = series(first=date(2026, 12, 24), repeats="once")

    assert found(eve, date(2026, 12, 1), date(2026, 12, 31)) == [date(2026, 12, 24)]
    assert problems(eve) == ()


def test_a_moved_occurrence_counts_where_it_was_moved_to_and_keeps_its_name() -> None:
    weekly = series(first=date(2026, 11, 5))
    moved = Change(7, THURSDAY, start=utc(2026, 12, 8, 18))
    week, later = (utc(2026, 11, 23), utc(2026, 11, 30)), (utc(2026, 12, 7), utc(2026, 12, 9))

    assert occurrences(7, weekly, {THURSDAY: moved}, *week) == ()
    assert occurrences(7, weekly, {THURSDAY: moved}, *later) == (
        Occurrence(7, THURSDAY, utc(2026, 12, 8, 18), utc(2026, 12, 8, 20, 30), moved=True),
    )


def test_a_cancelled_occurrence_is_told_and_is_not_the_next_one() -> None:
    weekly = series()
    changes = {THURSDAY: Change(7, THURSDAY, cancelled=True)}

    first, second = occurrences(7, weekly, changes, utc(2026, 11, 22), utc(2026, 12, 4))
    coming = next_occurrence(7, weekly, changes, utc(2026, 11, 22))

    assert (first.state, first.moved, second.state) == ("cancelled", False, "on")
    assert coming == second


def test_another_capacity_alone_is_no_move() -> None:
    (one,) = occurrences(7, series(), {THURSDAY: Change(7, THURSDAY, capacity=4)}, utc(2026, 11, 26), utc(2026, 11, 27))

    assert (one.moved, one.state) == (False, "on")


def test_a_change_of_a_day_that_the_rule_no_longer_gives_is_without_effect() -> None:
    friday = THURSDAY + timedelta(days=1)

    held = occurrences(7, series(), {friday: Change(7, friday, cancelled=True)}, utc(2026, 11, 26), utc(2026, 11, 28))

    assert [one.day for one in held] == [THURSDAY]


def test_a_start_at_the_edge_of_the_window_is_in_at_its_beginning_and_out_at_its_end() -> None:
    start = utc(2026, 11, 26, 16, 30)

    assert len(occurrences(7, series(), {}, start, start + timedelta(minutes=1))) == 1
    assert occurrences(7, series(), {}, start - timedelta(days=1), start) == ()


def test_the_next_occurrence_is_found_in_a_series_that_starts_next_year_and_one_that_is_over() -> None:
    far = series(first=date(2028, 2, 3))
    over = series(first=date(2015, 1, 1), until=date(2026, 6, 4))

    coming = next_occurrence(7, far, {}, utc(2026, 11, 22))

    assert coming is not None
    assert coming.day == date(2028, 2, 3)
    assert next_occurrence(7, over, {}, utc(2026, 11, 22)) is None


def test_a_rule_that_gives_no_date_is_named() -> None:
    assert problems(series()) == ()
    assert problems(series(until=date(2026, 11, 25))) == ("ends_before_first",)
    assert problems(series(skips=frozenset({THURSDAY}), until=THURSDAY)) == ("no_date",)
    assert problems(series(skips=frozenset({THURSDAY}), repeats="once")) == ("no_date",)
    assert problems(series(repeats="odd_weeks", first=date(2026, 12, 10))) == ("first_not_in_series",)
    assert problems(series(repeats="monthly", nth=5)) == ("nth_out_of_range",)
    assert problems(series(end=time(17, 30))) == ("no_length",)


def test_a_year_of_an_old_series_costs_no_walk_from_its_beginning(monkeypatch: Any) -> None:
    asked: list[date] = []

    def watched(day: date) -> bool:
        asked.append(day)
        return is_holiday(day)

    monkeypatch.setattr(clock, "is_holiday", watched)

    held = occurrences(7, series(first=date(2015, 1, 1)), {}, utc(2026, 11, 22), utc(2026, 12, 6))

    assert [one.day for one in held] == [THURSDAY, date(2026, 12, 3)]
    assert asked == [THURSDAY, date(2026, 12, 3)]


def every_day(since: date, until: date) -> Iterator[date]:
    return (since + timedelta(days=count) for count in range((until - since).days + 1))


def by_hand(schedule: Schedule, day: date) -> bool:
    """The rule as a person reads it from a calendar on the wall."""
    if day < schedule.first or day.weekday() != schedule.first.weekday() or is_holiday(day):
        return False
    week = day.isocalendar().week
    month = [one[day.weekday()] for one in calendar.monthcalendar(day.year, day.month) if one[day.weekday()]]
    return {
        "weekly": True,
        "odd_weeks": week % 2 == 1,
        "even_weeks": week % 2 == 0,
        "monthly": schedule.nth is not None
        and day.day == month[schedule.nth if schedule.nth < 0 else schedule.nth - 1],
    }[schedule.repeats]


@settings(max_examples=60, deadline=None)
@given(
    first=st.dates(date(2019, 1, 1), date(2027, 12, 31)),
    repeats=st.sampled_from(["weekly", "odd_weeks", "even_weeks", "monthly"]),
    nth=st.sampled_from([1, 2, 3, 4, -1]),
    since=st.dates(date(2020, 1, 1), date(2027, 6, 30)),
)
def test_every_rule_agrees_with_a_calendar_read_day_by_day(first: date, repeats: Any, nth: int, since: date) -> None:
    schedule = series(first=first, repeats=repeats, nth=nth)
    until = since + timedelta(days=400)

    assert found(schedule, since, until) == [day for day in every_day(since, until) if by_hand(schedule, day)]


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.times(), st.times())
def test_every_occurrence_starts_at_its_hour_and_ends_after_it_starts(day: date, start: time, end: time) -> None:
    one = clock.occurrence(7, series(first=day, start=start, end=end, repeats="once"), day)

    lost_hour = day == clock.local_day(one.start) and one.start.astimezone(ZONE).time() != start
    assert not lost_hour or (day.month == 3 and start.hour == 2)
    assert one.end > one.start or start == end
