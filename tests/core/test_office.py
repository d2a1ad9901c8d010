"""Office time: a promise that opening times, nights, weekends and Danish holidays are counted in; when to remind."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.office import MOST_REMINDERS, after, answer_by, next_opening, remind_at
from bot.core.schedule import ZONE

HOURS = {day: (time(9), time(15)) for day in (1, 2, 3, 4)} | {5: (time(9), time(13))}


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("2026-11-23T10:00", "2026-11-23T14:00"),
        ("2026-11-23T10:01", "2026-11-23T14:15"),  # nobody says 14:01
        ("2026-11-23T13:00", "2026-11-24T11:00"),
        ("2026-11-23T23:30", "2026-11-24T13:00"),
        ("2026-11-27T12:00", "2026-11-30T12:00"),  # a Friday: over the weekend
        ("2026-04-01T14:00", "2026-04-07T12:00"),  # before Easter: Thursday, Friday and Monday are holidays
        ("2026-12-23T14:30", "2026-12-28T12:30"),  # Christmas
    ],
)
def test_a_promise_names_the_end_of_four_office_hours(asked: str, answered: str) -> None:
    assert answer_by(HOURS, local(asked)) == local(answered)


def test_where_the_office_never_opens_a_week_is_said() -> None:
    assert answer_by({}, local("2026-11-23T10:00")) == local("2026-11-30T10:00")


def test_a_case_is_called_to_mind_before_the_promise_at_it_and_each_office_morning() -> None:
    since = last = local("2026-11-26T10:00")  # a Thursday
    moments = []
    for reminded in range(4):
        at = remind_at(HOURS, since, reminded, last, urgent=False)
        assert at is not None
        moments.append(at)
        last = at
    assert moments == [local(f"2026-11-{each}") for each in ("26T13:00", "26T14:00", "27T09:00", "30T09:00")]
    assert remind_at(HOURS, since, MOST_REMINDERS, last, urgent=False) is None


def test_an_emergency_rings_every_ten_minutes_and_then_every_hour() -> None:
    last = local("2026-11-26T23:00")
    assert remind_at(HOURS, last, 0, last, urgent=True) == last + timedelta(minutes=10)
    assert remind_at(HOURS, last, 6, last, urgent=True) == last + timedelta(hours=1)


@settings(max_examples=50)
@given(st.integers(0, 365 * 24 * 60), st.integers(0, 600))
def test_office_time_ends_when_the_office_is_open_and_never_before_it_began(minute: int, minutes: int) -> None:
    begins = local("2026-01-01T00:00") + timedelta(minutes=minute)
    ends = after(HOURS, begins, timedelta(minutes=minutes)).astimezone(ZONE)
    assert ends >= begins.astimezone(ZONE)
    opens, closes = HOURS[ends.isoweekday()]
    assert opens <= ends.time() <= closes
    assert next_opening(HOURS, begins).astimezone(ZONE).date() > begins.date()
