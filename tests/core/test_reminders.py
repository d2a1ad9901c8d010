"""A seat brings a word the day before, one two hours before, and a question the day after."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.model import Occurrence
from bot.core.quiet import is_quiet
from bot.core.reminders import Planned, key, plan
from bot.core.schedule import moment


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A moment of 2026 by the Danish clock."""
    return moment(date(2026, month, day), time(hour, minute))


FIRST = at(1, 9)


def held(start: datetime, hours: float = 2, *, moved: bool = False) -> Occurrence:
    return Occurrence(12, date(2026, 11, 26), start, start + timedelta(hours=hours), moved=moved)


def dues(occurrence: Occurrence, now: datetime = FIRST) -> dict[str, datetime]:
    return {one.kind: one.due for one in plan(occurrence, now)}


def test_an_evening_activity_has_all_three_at_their_hours() -> None:
    assert plan(held(at(26, 17, 30)), at(20, 9)) == (
        Planned("day_before", at(25, 17), too_late=at(26, 0)),
        Planned("two_hours", at(26, 15, 30), too_late=at(26, 17, 30)),
        Planned("follow_up", at(27, 11), too_late=at(30, 11)),
    )


def test_a_morning_activity_is_said_at_eight_where_an_hour_is_left() -> None:
    assert dues(held(at(26, 10)))["two_hours"] == at(26, 8)
    assert dues(held(at(26, 9, 30)))["two_hours"] == at(26, 8)
    assert dues(held(at(26, 9)))["two_hours"] == at(26, 8)


def test_an_earlier_one_is_said_the_evening_before() -> None:
    assert dues(held(at(26, 8, 59)))["two_hours"] == at(25, 19, 45)
    assert dues(held(at(26, 6)))["two_hours"] == at(25, 19, 45)


def test_one_late_in_the_night_is_said_before_the_quiet_hours() -> None:
    assert dues(held(at(26, 22, 30)))["two_hours"] == at(26, 19, 45)
    assert dues(held(at(26, 1)))["two_hours"] == at(25, 19, 45)


def test_the_word_of_the_day_before_keeps_its_hour_when_the_clock_changes() -> None:
    assert dues(held(at(29, 14, month=3)), at(1, 9, month=3))["day_before"] == at(28, 17, month=3)


def test_who_signs_up_late_gets_what_is_still_to_come() -> None:
    evening = held(at(26, 17, 30))

    assert list(dues(evening, at(25, 17))) == ["two_hours", "follow_up"]
    assert list(dues(evening, at(26, 15, 30))) == ["follow_up"]
    assert list(dues(evening, at(26, 17))) == ["follow_up"]
    assert dues(evening, at(27, 11)) == {}


def test_a_moved_occurrence_has_new_times_and_the_same_keys() -> None:
    old, new = held(at(26, 17, 30)), held(at(29, 14), moved=True)

    assert dues(new) == {"day_before": at(28, 17), "two_hours": at(29, 12), "follow_up": at(30, 11)}
    assert key("two_hours", old.activity, old.day) == "two_hours/12/2026-11-26"
    assert key("two_hours", new.activity, new.day) == "two_hours/12/2026-11-26"


def test_a_cancelled_occurrence_has_no_reminders() -> None:
    start = at(26, 17, 30)

    assert plan(Occurrence(12, date(2026, 11, 26), start, start, state="cancelled"), at(20, 9)) == ()


def test_one_that_lasts_several_days_is_asked_about_when_it_is_over() -> None:
    assert dues(held(at(26, 17), hours=48))["follow_up"] == at(29, 11)
    assert dues(held(at(26, 20), hours=6))["follow_up"] == at(27, 11)


@settings(max_examples=200, deadline=None)
@given(
    st.datetimes(datetime(2026, 3, 1), datetime(2026, 11, 30)),  # noqa: DTZ001 a clock on the wall
    st.floats(0.5, 9),
    st.integers(-3, 200),
)
def test_no_reminder_wakes_anybody_or_comes_too_late(wall: datetime, hours: float, ahead: int) -> None:
    start = moment(wall.date(), wall.time())
    now = start - timedelta(hours=ahead)

    planned = plan(held(start, hours), now)

    assert not any(is_quiet(one.due) for one in planned)
    assert all(now < one.due < one.too_late for one in planned)
    assert all(one.too_late <= start for one in planned if one.kind != "follow_up")
    assert all(one.due > start + timedelta(hours=hours) for one in planned if one.kind == "follow_up")


def test_what_is_about_whole_days_has_no_word_two_hours_before() -> None:
    start = moment(date(2026, 12, 5), time())
    whole = Occurrence(12, date(2026, 12, 5), start, start + timedelta(days=2))
    assert set(dues(whole)) == {"day_before", "follow_up"}
