"""The first meeting: when both are free, never too soon or on a holiday, in the nearest place open to everybody."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from bot.core.model import Activity, Schedule, Venue
from bot.core.network.first_meeting import place, times
from bot.core.network.model import PRESETS, bit

NOW = datetime(2026, 12, 7, 9, tzinfo=UTC)  # a Monday


def an_activity(name: str, lat: float, topics: tuple[str, ...]) -> Activity:
    plan = Schedule(date(2026, 11, 1), time(17), time(18))
    return Activity(1, name, "c", "o", "p", Venue(name, name, lat, 10.0), plan, {}, "da", topics)


def test_times_are_those_at_which_both_are_free_soonest_first() -> None:
    found = times(bit(1, 1) | bit(3, 2), bit(3, 2) | bit(5, 0), NOW)
    assert [f"{each:%d/%m %H:%M}" for each in found] == ["10/12 17:00", "17/12 17:00"]


def test_no_first_meeting_is_on_a_public_holiday() -> None:
    assert [f"{each:%d/%m}" for each in times(PRESETS["a"], PRESETS["a"], NOW)][-3:] == ["22/12", "23/12", "28/12"]


def test_who_shares_no_time_is_offered_weekday_afternoons() -> None:
    assert f"{times(bit(0, 0), bit(6, 2), NOW)[0]:%a %H:%M}" == "Wed 15:00"


def test_the_place_is_the_nearest_that_is_for_everybody() -> None:
    near, far = an_activity("near", 55.1, ("danish",)), an_activity("far", 55.9, ("danish",))
    private = an_activity("private", 55.0, ("fitness",))
    found = place([far, private, near], ("danish", "reading"), (55.0, 10.0))
    assert found is not None
    assert found.name == "near"
    assert place([private], ("danish",), (55.0, 10.0)) is None
