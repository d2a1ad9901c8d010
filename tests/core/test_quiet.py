"""We do not wake anybody, and we do not talk too much."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.quiet import after_quiet, allowed_at, asked_for_at, is_quiet, is_urgent
from bot.core.schedule import ZONE, local_day, moment


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A moment of 2026 by the Danish clock."""
    return moment(date(2026, month, day), time(hour, minute))


def test_the_quiet_hours_begin_at_eight_in_the_evening_and_end_at_eight_in_the_morning() -> None:
    hours = [(19, 59), (20, 0), (23, 30), (0, 0), (7, 59), (8, 0)]

    assert [is_quiet(at(23, *clock)) for clock in hours] == [False, True, True, True, True, False]


def test_what_falls_due_in_the_night_waits_for_the_morning() -> None:
    assert after_quiet(at(23, 20)) == at(24, 8)
    assert after_quiet(at(24, 3)) == at(24, 8)
    assert after_quiet(at(24, 8)) == at(24, 8)
    assert after_quiet(at(24, 19, 59)) == at(24, 19, 59)


def test_both_nights_of_the_clock_change_end_at_eight() -> None:
    assert after_quiet(at(28, 21, month=3)) == datetime(2026, 3, 29, 6, tzinfo=UTC)
    assert after_quiet(at(24, 21, month=10)) == datetime(2026, 10, 25, 7, tzinfo=UTC)


def test_only_what_is_urgent_breaks_the_quiet_hours() -> None:
    night = at(24, 23)

    assert asked_for_at(night) == at(25, 8)
    assert asked_for_at(night, urgent=True) == night
    assert is_urgent(night, night + timedelta(hours=12))
    assert not is_urgent(night, night + timedelta(hours=12, minutes=1))


def test_the_second_unasked_message_of_a_day_waits_for_the_next() -> None:
    assert allowed_at(at(24, 15), [at(24, 9)]) == at(25, 8)
    assert allowed_at(at(24, 15), [at(23, 19)]) == at(24, 15)


def test_the_fourth_message_in_seven_days_waits_until_the_first_is_a_week_old() -> None:
    sent = [at(23, 10), at(24, 10), at(26, 10)]

    assert allowed_at(at(27, 15), sent) == at(30, 8)


def test_messages_on_both_sides_of_a_sunday_count_together() -> None:
    sent = [at(20, 10), at(21, 10), at(22, 10)]  # Friday, Saturday, Sunday

    assert allowed_at(at(23, 10), sent) == at(27, 8)


def test_a_message_already_planned_counts_for_the_days_before_it() -> None:
    planned = [at(25, 8), at(26, 8), at(27, 8)]

    assert allowed_at(at(24, 15), planned) == at(2, 8, month=12)


moments = st.datetimes(datetime(2026, 10, 20), datetime(2026, 11, 10), timezones=st.just(UTC))  # noqa: DTZ001 zone is given beside


@settings(max_examples=150, deadline=None)
@given(st.lists(moments, max_size=12))
def test_however_many_fall_due_the_caps_are_kept_and_nobody_is_woken(wishes: list[datetime]) -> None:
    said: list[datetime] = []
    for due in wishes:
        said.append(allowed_at(due, said))
        assert said[-1] >= due

    days = sorted(local_day(one) for one in said)
    assert len(set(days)) == len(days)
    assert not any(is_quiet(one) for one in said)
    assert all(last - first >= timedelta(days=7) for first, last in zip(days, days[3:], strict=False))


@settings(max_examples=150, deadline=None)
@given(moments)
def test_the_morning_is_never_more_than_a_night_away(due: datetime) -> None:
    after = after_quiet(due)

    assert timedelta(0) <= after - due <= timedelta(hours=13)
    assert after == due or after.astimezone(ZONE).time() == time(8)
