"""Weekly news: said once a week at the same hour on the clock, never on a day on which doors are shut."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bot.core.news import next_news, said_on, stamp, unstamp
from bot.core.quiet import is_quiet
from bot.core.schedule import ZONE, is_holiday


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 23), date(2026, 11, 26)),
        (date(2026, 12, 21), date(2026, 12, 23)),  # Christmas Eve is a Thursday
        (date(2026, 12, 31), date(2026, 12, 30)),
        (date(2027, 3, 22), date(2027, 3, 24)),  # Maundy Thursday
        (date(2027, 5, 3), date(2027, 5, 5)),  # Ascension
        (date(2026, 1, 1), date(2025, 12, 30)),  # New Year's Day, and the Eve before it
    ],
)
def test_it_is_said_on_thursday_or_on_the_last_open_day_before(day: date, said: date) -> None:
    assert said_on(day) == said


def test_over_ten_years_it_comes_once_a_week_at_five_on_the_clock_and_never_on_a_holiday() -> None:
    at, said = datetime(2024, 1, 1, tzinfo=UTC), []
    while at.year < 2034:
        at = next_news(at)
        said.append(at.astimezone(ZONE))
    assert {each.time() for each in said} == {time(17)}
    assert not any(is_quiet(each) or is_holiday(each.date()) for each in said)
    weeks = [each.isocalendar()[:2] for each in said]
    assert len(set(weeks)) == len(weeks) == len({each.date() - timedelta(days=each.weekday()) for each in said})


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some.integers(0, 10 * 365 * 24 * 60))
def test_the_next_time_is_later_and_not_two_weeks_away(minutes: int) -> None:
    now = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    assert timedelta(0) < next_news(now) - now < timedelta(days=11)


def test_what_came_in_the_same_second_is_still_in_a_button() -> None:
    at = datetime(2026, 11, 26, 16, 0, 0, 1, tzinfo=UTC)
    assert unstamp(stamp(at)) - at < timedelta(seconds=1)
    assert unstamp(stamp(at)) >= at
