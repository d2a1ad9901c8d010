"""Interpreters: who suits a task, whose turn it is, how long each may take, when it is said that nobody is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bot.core.interpreting.model import Asked, Interpreter, Task
from bot.core.interpreting.turns import answer_by, in_turn, next_in_turn, next_look, part_of_week, suits, tell_by
from bot.core.network.model import PRESETS, WHOLE_WEEK
from bot.core.quiet import is_quiet
from bot.core.schedule import ZONE, local_day

RINGE, FAABORG = (55.23, 10.48), (55.10, 10.24)  # 21 km apart
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday
START = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)  # Thursday 16:00
TASK = Task(1, "seat", 9, "ar", "da", START, START + timedelta(hours=2), "looking", NOW, "Biblioteket", RINGE)
HANA = Interpreter(1, ("ar", "da"), WHOLE_WEEK, 10, "both", "ringe", RINGE, NOW, "approved")
TODAY = local_day(NOW)


@pytest.mark.parametrize(
    "other",
    [
        replace(HANA, state="new"),
        replace(HANA, rests=TODAY + timedelta(days=1)),
        replace(HANA, languages=("ar", "en")),
        replace(HANA, free=PRESETS["w"]),
        replace(HANA, mode="phone"),
        replace(HANA, point=FAABORG),
    ],
)
def test_only_who_can_be_there_and_speaks_both_is_asked(other: Interpreter) -> None:
    assert suits(TASK, HANA, TODAY)
    assert not suits(TASK, other, TODAY)


def test_by_phone_the_distance_is_no_matter_and_who_only_meets_is_not_asked() -> None:
    phone = replace(TASK, where="")
    assert suits(phone, replace(HANA, point=FAABORG, mode="phone"), TODAY)
    assert not suits(phone, replace(HANA, mode="meet"), TODAY)


def test_somebody_under_15_is_met_only_with_a_boerneattest_that_holds() -> None:
    child = replace(TASK, guarded=True)
    assert not suits(child, HANA, TODAY)
    assert suits(child, replace(HANA, children=True), TODAY)


def test_who_was_asked_longest_ago_comes_first_and_who_never_was_before_all() -> None:
    lately, long_ago = replace(HANA, person=2, asked=NOW), replace(HANA, person=3, asked=NOW - timedelta(days=9))
    never_and_far = replace(HANA, person=4, km=40, point=FAABORG)
    never = replace(HANA, person=5, since=NOW + timedelta(days=1))
    found = in_turn(TASK, [lately, long_ago, never_and_far, never], TODAY)
    assert [each.person for each in found] == [5, 4, 3, 2]


def test_nobody_is_asked_twice_or_for_two_things_at_once_or_for_their_own() -> None:
    asked = [Asked(1, 1, NOW, NOW, "no")]
    others = [HANA, replace(HANA, person=2), replace(HANA, person=9), replace(HANA, person=3)]
    found = next_in_turn(TASK, others, asked, {2}, NOW)
    assert found is not None
    assert found.person == 3
    assert next_in_turn(TASK, others[:3], asked, {2}, NOW) is None


@pytest.mark.parametrize(("hour", "preset"), [(11, "w"), (13, "a"), (16, "a"), (17, "e"), (21, "e")])
def test_the_part_of_the_week_is_that_of_the_clock_in_copenhagen(hour: int, preset: str) -> None:
    day = 28 if preset == "w" else 26
    assert part_of_week(datetime(2026, 11, day, hour, tzinfo=ZONE)) & PRESETS[preset]


@given(asked=some.integers(0, 24 * 60 * 200), ahead=some.integers(1, 60 * 24 * 40))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whoever_is_asked_has_time_while_awake_and_before_it_begins(asked: int, ahead: int) -> None:
    now = NOW + timedelta(minutes=asked)
    start = now + timedelta(minutes=ahead)
    by = answer_by(now, start)
    assert now <= by <= start
    assert by == start or not is_quiet(by)
    assert by - now <= timedelta(hours=24 + 12 + 12)


def test_with_three_days_left_each_has_some_hours_and_with_an_hour_left_half_an_hour() -> None:
    assert timedelta(hours=12) < answer_by(NOW, START) - NOW <= timedelta(hours=24)
    assert answer_by(NOW, NOW + timedelta(hours=1)) - NOW == timedelta(minutes=30)


def test_who_is_asked_at_night_has_the_morning() -> None:
    night = datetime(2026, 11, 23, 22, 0, tzinfo=ZONE)
    assert answer_by(night, night + timedelta(hours=18)).astimezone(ZONE).hour >= 10


@given(ahead=some.integers(10, 60 * 24 * 60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_that_nobody_was_found_is_said_in_good_time(ahead: int) -> None:
    start = NOW + timedelta(minutes=ahead)
    by = tell_by(NOW, start)
    assert NOW < by < start
    assert by >= NOW + (start - NOW) / 2, "not before half of the time was used"


def test_the_day_before_at_three_there_is_still_time_to_find_somebody_else() -> None:
    assert tell_by(NOW, START).astimezone(ZONE) == datetime(2026, 11, 25, 15, 0, tzinfo=ZONE)


def test_a_task_wakes_for_the_answer_for_the_word_and_for_its_end() -> None:
    pending = Asked(1, 1, NOW, NOW + timedelta(hours=5))
    assert next_look(TASK, pending) == pending.until
    assert next_look(TASK, None) == tell_by(NOW, START)
    assert next_look(replace(TASK, told=True), None) == START
    assert next_look(replace(TASK, state="found"), None) == TASK.end
