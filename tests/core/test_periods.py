"""Quarters and years: when one begins and ends in Danish time, and when its figures are ready."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.core.periods import last_ready, named, not_ready, quarter_of, quarters_of, whole_year
from bot.core.schedule import ZONE


@pytest.mark.parametrize(
    ("now", "period"),
    [
        (datetime(2027, 1, 8, 0, 0, tzinfo=ZONE), "2026-Q4"),
        (datetime(2027, 1, 7, 23, 59, tzinfo=ZONE), "2026-Q3"),
        (datetime(2028, 2, 29, 12, 0, tzinfo=ZONE), "2027-Q4"),
        (datetime(2026, 4, 8, 0, 0, tzinfo=ZONE), "2026-Q1"),
        (datetime(2026, 11, 23, 10, 0, tzinfo=ZONE), "2026-Q3"),
    ],
)
def test_a_quarter_is_ready_a_week_after_it_ended(now: datetime, period: str) -> None:
    assert last_ready(now).id == period


@pytest.mark.parametrize(
    ("now", "waiting"),
    [
        (datetime(2026, 12, 31, 23, 59, tzinfo=ZONE), ["2026-Q4"]),
        (datetime(2027, 1, 1, 0, 0, tzinfo=ZONE), ["2026-Q4", "2027-Q1"]),
        (datetime(2027, 1, 8, 0, 0, tzinfo=ZONE), ["2027-Q1"]),
    ],
)
def test_what_runs_and_what_ended_a_few_days_ago_is_not_ready(now: datetime, waiting: list[str]) -> None:
    assert [each.id for each in not_ready(now)] == waiting


def test_a_year_is_its_four_quarters_without_a_gap() -> None:
    year = whole_year(2028)
    quarters = quarters_of(year)
    assert [each.id for each in quarters] == ["2028-Q1", "2028-Q2", "2028-Q3", "2028-Q4"]
    assert [each.after for each in quarters] == [*(each.first for each in quarters[1:]), year.after]
    assert (year.first, year.after, year.is_year) == (date(2028, 1, 1), date(2029, 1, 1), True)
    assert all(quarter_of(each.first) == each for each in quarters)


def test_what_happened_at_new_year_counts_by_the_clock_in_denmark() -> None:
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert (whole_year(2026).holds(new_year), whole_year(2027).holds(new_year)) == (False, True)


@pytest.mark.parametrize("text", ["", "2026-Q5", "26", "2026-q1", "20260", "1999", "2026-Q1x"])
def test_what_is_no_period_is_none(text: str) -> None:
    assert named(text) is None


def test_a_period_is_found_by_its_name() -> None:
    assert [named("2026"), named("2026-Q4")] == [whole_year(2026), quarters_of(whole_year(2026))[3]]
