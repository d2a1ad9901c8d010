"""First steps: which matter now, what is said when, and from which day we reckon."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.first_steps import Beginning, FirstStep, day_of, matter_now, months, plan, still_to_come
from bot.core.model import ActivityText
from bot.core.schedule import ZONE

TEXT = {"en": ActivityText("A step", "Do it.", "human")}
STEPS = (
    FirstStep("papers", "before", TEXT, "en"),
    FirstStep("bank", "reception", TEXT, "en", 2, 14),
    FirstStep("illness", "reception", TEXT, "en", 0, 20),
    FirstStep("year", "first_time", TEXT, "en", 50, 60),
)
CAME = date(2026, 11, 23)


def names(beginning: Beginning, today: date) -> list[str]:
    return [each.id for each in matter_now(STEPS, beginning, today)]


@pytest.mark.parametrize(
    ("week", "matter"),
    [
        (0, ["illness"]),
        (2, ["illness", "bank"]),
        (14, ["illness", "bank"]),
        (15, ["illness"]),
        (50, ["year"]),
        (61, []),
    ],
)
def test_a_step_matters_from_its_first_week_to_the_end_of_its_last(week: int, matter: list[str]) -> None:
    assert names(Beginning(1, CAME), CAME + timedelta(weeks=week, days=6)) == matter


def test_who_has_not_come_sees_what_is_before_and_is_told_nothing_unasked() -> None:
    waiting = Beginning(1, None)
    assert names(waiting, CAME) == ["papers"]
    assert still_to_come(STEPS, waiting, CAME) == 3
    assert plan(STEPS, waiting, datetime(2026, 11, 23, 9, tzinfo=UTC)) == ()


def test_what_is_done_neither_matters_nor_is_said() -> None:
    done = Beginning(1, CAME, frozenset({"illness", "bank"}))
    assert names(done, CAME + timedelta(weeks=3)) == []
    assert [each.step for each in plan(STEPS, done, datetime(2026, 11, 23, 9, tzinfo=UTC))] == ["year"]


def test_each_step_is_said_at_ten_on_its_first_day_also_over_the_change_to_summer_time() -> None:
    planned = plan(STEPS, Beginning(1, date(2027, 3, 15)), datetime(2027, 3, 15, 9, tzinfo=UTC))
    local = [f"{each.due.astimezone(ZONE):%Y-%m-%d %H:%M}" for each in planned]
    assert local == ["2027-03-29 10:00", "2028-02-28 10:00"]  # what matters today is shown at once, not said
    assert all(timedelta(0) < each.too_late - each.due <= timedelta(days=28) for each in planned)


def test_twelve_months_can_be_chosen_and_this_month_counts_from_today() -> None:
    today = date(2027, 1, 31)
    assert [f"{each:%m/%Y}" for each in months(today)][:3] == ["01/2027", "12/2026", "11/2026"]
    assert len(months(today)) == 12
    assert day_of(date(2027, 1, 1), today) == today
    assert day_of(date(2026, 12, 1), today) == date(2026, 12, 15)
