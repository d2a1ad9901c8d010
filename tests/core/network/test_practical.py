"""The practical list: what stands on it, what a tick brings, and what the other side hears."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bot.core.network.practical import Kept, Suggested, done_of, news_for, reached, taken_off, the_list, told_at
from bot.core.schedule import ZONE

BEGAN = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
SUGGESTED = tuple(Suggested(name, {"da": name}) for name in ("shopping", "bus-card", "club", "library"))


def ticked(thing: str, by: str = "volunteer", hours: int = 1) -> Kept:
    return Kept(thing, BEGAN, done_by=by, done=BEGAN + timedelta(hours=hours))  # type: ignore[arg-type] # a side


def test_a_list_begins_with_all_that_is_suggested_and_nothing_done() -> None:
    found = the_list(SUGGESTED, (), BEGAN)
    assert [each.id for each in found] == ["shopping", "bus-card", "club", "library"]
    assert done_of(found) == 0


def test_what_was_taken_off_is_not_on_it_and_can_come_back() -> None:
    kept = (Kept("club", BEGAN, off=True),)
    assert "club" not in [each.id for each in the_list(SUGGESTED, kept, BEGAN)]
    assert [each.id for each in taken_off(SUGGESTED, kept)] == ["club"]


def test_what_the_data_no_longer_suggests_is_not_counted_any_more() -> None:
    assert done_of(the_list(SUGGESTED[1:], (ticked("shopping"),), BEGAN)) == 0


def test_own_things_stand_last_and_the_oldest_of_them_first() -> None:
    later = Kept("=2", BEGAN + timedelta(days=1), by="newcomer", words="b")
    first = Kept("=9", BEGAN, by="volunteer", words="a")
    assert [each.id for each in the_list(SUGGESTED, (later, first), BEGAN)][-2:] == ["=9", "=2"]


@pytest.mark.parametrize(
    ("before", "after", "total", "told"),
    [
        (0, 1, 9, "first"),
        (1, 2, 9, ""),
        (4, 5, 9, "half"),
        (3, 4, 8, "half"),
        (5, 6, 9, ""),
        (8, 9, 9, "all"),
        (0, 1, 1, "all"),
        (1, 2, 3, ""),
        (2, 1, 9, ""),
        (3, 3, 9, ""),
    ],
)
def test_the_first_the_half_and_the_last_are_worth_a_word(before: int, after: int, total: int, told: str) -> None:
    assert reached(before, after, total) == told


@given(total=some.integers(1, 18))
@settings(max_examples=18, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_ticking_all_one_by_one_says_each_warm_word_at_most_once(total: int) -> None:
    said = [reached(done, done + 1, total) for done in range(total)]
    assert said[-1] == "all"
    assert all(said.count(word) <= 1 for word in ("first", "half", "all"))


def test_the_other_hears_what_was_ticked_and_added_since_and_not_their_own() -> None:
    own = Kept("=1", BEGAN + timedelta(hours=2), by="volunteer", words="Strikke")
    kept = (ticked("shopping"), ticked("club", by="newcomer"), ticked("library", hours=-1), own)
    found = news_for("newcomer", the_list(SUGGESTED, kept, BEGAN), BEGAN)
    assert [each.id for each in found.ticked] == ["shopping"]
    assert [each.id for each in found.added] == ["=1"]


def test_a_tick_that_was_taken_back_is_no_news() -> None:
    assert news_for("newcomer", the_list(SUGGESTED, (Kept("shopping", BEGAN),), BEGAN), BEGAN).is_empty


@given(hours=some.integers(0, 24 * 400))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_news_are_told_at_six_in_the_evening_within_a_day_on_summer_and_winter_time(hours: int) -> None:
    now = BEGAN + timedelta(hours=hours)
    due = told_at(now)
    assert now < due <= now + timedelta(hours=25)
    assert due.astimezone(ZONE).hour == 18
