"""The times of a feed as those of an activity: what moves keeps its seats, what vanishes is called off."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.feed import activity_id, called_off, listed, loses_too_much
from bot.core.model import Held, Schedule
from bot.core.schedule import ZONE, days, next_occurrence, occurrence, occurrences, problems

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)
HOUR = timedelta(hours=1)


def held(day: int, hour: int = 17, *, month: int = 12, off: bool = False) -> Held:
    start = datetime(2026, month, day, hour, tzinfo=ZONE)
    return Held(start, start + HOUR, off)


def made(*times: Held, before: Schedule | None = None, now: datetime = NOW) -> Schedule:
    schedule = listed(times, before, now)
    assert schedule is not None
    return schedule


def shown(schedule: Schedule) -> dict[str, str]:
    """The day that names each time → when it is."""
    return {
        f"{day:%d/%m}": f"{each.start.astimezone(ZONE):%d/%m %H}{' off' if each.cancelled else ''}"
        for day, each in schedule.listed.items()
    }


def test_a_list_gives_the_occurrences_of_its_days() -> None:
    schedule = made(held(3), held(10, off=True), held(24))
    found = occurrences(1, schedule, {}, NOW, NOW + timedelta(days=60))
    assert [(each.day.day, each.state) for each in found] == [(3, "on"), (10, "cancelled"), (24, "on")]
    assert list(days(schedule, date(2026, 12, 4), date(2026, 12, 24))) == [date(2026, 12, 10), date(2026, 12, 24)]
    assert problems(schedule) == ()
    coming = next_occurrence(1, schedule, {}, NOW + timedelta(days=12))
    assert coming is not None
    assert coming.day == date(2026, 12, 24)  # a list means its days, a holiday's too


def test_a_series_that_moves_by_an_hour_or_a_day_keeps_the_names_of_its_days() -> None:
    before = made(held(3), held(10))
    assert shown(made(held(3, 18), held(10, 18), before=before)) == {"03/12": "03/12 18", "10/12": "10/12 18"}
    moved = made(held(2), held(9), before=before)
    assert shown(moved) == {"03/12": "02/12 17", "10/12": "09/12 17"}
    assert shown(made(held(2), held(9), before=moved)) == shown(moved)
    assert occurrence(1, moved, date(2026, 12, 3)).start == held(2).start


def test_a_single_event_keeps_its_seats_however_far_it_moves() -> None:
    before = made(held(3))
    assert shown(made(held(30), before=before)) == {"03/12": "30/12 17"}


def test_a_time_that_the_feed_holds_no_more_is_called_off_and_stays_in_sight() -> None:
    before = made(held(3), held(10), held(17))
    after = made(held(3), held(17), before=before)
    assert shown(after) == {"03/12": "03/12 17", "10/12": "10/12 17 off", "17/12": "17/12 17"}
    assert shown(called_off(after, NOW)) == {"03/12": "03/12 17 off", "10/12": "10/12 17 off", "17/12": "17/12 17 off"}


def test_a_time_that_comes_back_is_on_again() -> None:
    before = called_off(made(held(3)), NOW)
    assert shown(made(held(3), before=before)) == {"03/12": "03/12 17"}


def test_what_is_over_stays_as_it_was_for_sixty_days_and_no_feed_rewrites_it() -> None:
    before = made(held(26, month=11), held(3))
    later = datetime(2026, 11, 28, tzinfo=ZONE)
    after = made(held(3), before=before, now=later)
    assert shown(after) == {"26/11": "26/11 17", "03/12": "03/12 17"}
    assert after.first == date(2026, 11, 26)
    much_later = made(held(30), before=after, now=datetime(2026, 12, 29, tzinfo=ZONE) + timedelta(days=30))
    assert "26/11" not in shown(much_later)
    assert much_later.first == date(2026, 11, 26)  # a course's seats hang on its first day


def test_nothing_that_is_over_comes_in_anew() -> None:
    assert listed([held(3, month=11)], None, NOW) is None


DAYS_AND_HOURS = st.tuples(st.integers(1, 28), st.integers(8, 20))


def by_day(each: tuple[int, int]) -> int:
    return each[0]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(DAYS_AND_HOURS, min_size=1, max_size=8, unique_by=by_day),
    st.lists(DAYS_AND_HOURS, max_size=8, unique_by=by_day),
)
def test_every_time_of_the_feed_is_there_once_and_no_seat_loses_its_day(
    old: list[tuple[int, int]], new: list[tuple[int, int]]
) -> None:
    before = made(*(held(*each) for each in old))
    wanted = [held(*each) for each in new]
    after = made(*wanted, before=before)
    assert sorted(each.start for each in after.listed.values() if not each.cancelled) == sorted(
        each.start for each in wanted
    )
    assert set(before.listed) <= set(after.listed)
    assert listed(wanted, after, NOW) == after


def test_a_feed_that_suddenly_lacks_most_of_what_it_had_is_not_believed() -> None:
    assert loses_too_much("abcd", "a")
    assert loses_too_much("abc", "")
    assert not loses_too_much("abcd", "ab")
    assert not loses_too_much("ab", "")


def test_an_events_activity_has_the_same_id_at_every_fetch() -> None:
    assert activity_id("hallen", "5q@google.com") == activity_id("hallen", "5q@google.com")
    assert activity_id("hallen", "5q@google.com") != activity_id("hallen", "6q@google.com")
    assert len(activity_id("h" * 40, "x" * 500)) < 80
