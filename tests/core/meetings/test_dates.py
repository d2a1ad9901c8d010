"""The days of a rule, held against a slow reckoning that looks at every day of the calendar by itself."""

from __future__ import annotations

import calendar
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.meetings.dates import held_on, lacking, overlapping, rule_days, span_of
from bot.core.meetings.model import Meeting, Rule
from bot.core.schedule import ZONE, is_holiday

TUESDAYS = Rule((2, 5, 8, 11), 2, 1, time(16, 30), time(18, 30))


def slowly(rule: Rule, since: date, until: date) -> list[date]:
    """Every day of the years is looked at; which weekday of its month it is, is counted on the printed calendar."""
    found = []
    day = date(since.year - 1, 1, 1)
    while day <= until:
        weeks = calendar.monthcalendar(day.year, day.month)
        same = [week[day.weekday()] for week in weeks if week[day.weekday()]]
        place = len(same) if rule.nth < 0 else rule.nth
        if day.month in rule.months and day.weekday() == rule.weekday and same.index(day.day) + 1 == place:
            shifted = day
            while is_holiday(shifted):
                shifted = shifted + timedelta(days=7)
            found.append(shifted)
        day += timedelta(days=1)
    return sorted({each for each in found if since <= each <= until})


rules = st.builds(
    Rule,
    months=st.sets(st.integers(1, 12), min_size=1, max_size=12).map(lambda found: tuple(sorted(found))),
    nth=st.sampled_from((1, 2, 3, 4, 5, -1)),
    weekday=st.integers(0, 6),
    start=st.just(time(16, 30)),
    end=st.just(time(18, 30)),
)


@settings(max_examples=40, deadline=None)
@given(rules, st.dates(date(2023, 1, 1), date(2036, 12, 31)), st.integers(0, 400))
def test_a_rules_days_are_those_of_the_slow_reckoning(rule: Rule, since: date, length: int) -> None:
    until = since + timedelta(days=length)
    assert list(rule_days(rule, since, until)) == slowly(rule, since, until)


def test_four_meetings_a_year_and_in_a_leap_year_too() -> None:
    for year in range(2024, 2034):
        found = list(rule_days(TUESDAYS, date(year, 1, 1), date(year, 12, 31)))
        assert [(day.month, day.weekday()) for day in found] == [(2, 1), (5, 1), (8, 1), (11, 1)]


def test_the_leap_day_is_the_fifth_thursday_of_its_february() -> None:
    rule = Rule((2,), 5, 3, time(17), time(19))
    assert list(rule_days(rule, date(2024, 1, 1), date(2024, 12, 31))) == [date(2024, 2, 29)]
    assert lacking(rule, date(2024, 1, 1)) == date(2025, 2, 1)


@pytest.mark.parametrize(
    ("rule", "since", "missing"),
    [
        (TUESDAYS, date(2026, 11, 23), None),
        (Rule((2, 5), 5, 1, time(17), time(19)), date(2026, 11, 23), date(2027, 2, 1)),
        (Rule((3,), -1, 1, time(17), time(19)), date(2026, 11, 23), None),
    ],
)
def test_a_rule_that_yields_no_date_names_the_month(rule: Rule, since: date, missing: date | None) -> None:
    assert lacking(rule, since) == missing


def test_what_falls_on_a_holiday_is_held_a_week_later() -> None:
    assert held_on(date(2026, 5, 14)) == date(2026, 5, 21), "Ascension Day"
    assert held_on(date(2026, 12, 24)) == date(2027, 1, 7), "Christmas Eve, and New Year's Eve after it"


def test_the_clock_on_the_wall_is_kept_over_the_change_to_summer_time() -> None:
    for day in (date(2027, 3, 27), date(2027, 3, 29), date(2027, 10, 30), date(2027, 11, 1)):
        start, end = span_of(TUESDAYS, day)
        assert (start.astimezone(ZONE).time(), end.astimezone(ZONE).time()) == (time(16, 30), time(18, 30))


def test_meetings_that_touch_do_not_overlap() -> None:
    start = datetime(2027, 2, 9, 16, 30, tzinfo=ZONE)
    held = Meeting(7, "fixed", start, start + timedelta(hours=2))
    assert overlapping(start + timedelta(hours=1), start + timedelta(hours=3), [held]) == (held,)
    assert overlapping(start + timedelta(hours=2), start + timedelta(hours=3), [held]) == ()
    assert overlapping(start, start + timedelta(hours=2), [held], but=7) == ()
