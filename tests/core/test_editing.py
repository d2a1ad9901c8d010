"""A form knows what is still to be asked, what cannot be, and what somebody else changed meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.core.editing import Edit, clashes, first_days, made, next_step, with_schedule, without_dates, wrong_with

TODAY = date(2026, 11, 23)
WHOLE: dict[str, Any] = {
    "organisation": "fynsland",
    "title": "Madklub",
    "about": "Vi spiser.",
    "source": "da",
    "schedule": {"repeats": "weekly", "first": "2026-11-26", "until": None, "start": "17:30", "end": "20:00"},
    "place": "ringe",
    "venue": ["Huset", "Gaden 1", 55.2, 10.4],
    "topics": ["cooking"],
    "audience": [],
    "languages": ["da"],
    "price": 0,
    "sign_up": "each",
    "capacity": 8,
    "contact": {},
}


def form(**schedule: Any) -> Edit:
    return Edit(1, 1, None, "open", with_schedule(WHOLE, **schedule))


def test_the_questions_come_in_their_order_until_none_is_left() -> None:
    assert next_step({}) == "organisation"
    assert next_step({**WHOLE, "schedule": {}}) == "repeats"
    assert next_step({name: value for name, value in WHOLE.items() if name != "capacity"}) == "capacity"
    assert next_step(WHOLE) is None


def test_who_need_not_sign_up_is_not_asked_for_seats() -> None:
    just_come = {name: value for name, value in WHOLE.items() if name != "capacity"} | {"sign_up": "none"}
    assert next_step(just_come) is None
    assert made(replace(form(), values=just_come), "fm", "da").capacity is None


def test_a_copy_keeps_all_but_the_days() -> None:
    copied = without_dates(WHOLE)
    assert next_step(copied) == "repeats"
    assert copied["schedule"]["start"] == "17:30"


@pytest.mark.parametrize(
    ("schedule", "wrong"),
    [
        ({}, None),
        ({"until": "2026-11-27"}, None),
        ({"first": "2026-12-24", "until": "2026-12-25"}, "no_date"),
        ({"start": "20:00"}, "no_length"),
        ({"start": "06:00", "end": "20:30"}, "too_long"),
        ({"repeats": "once", "first": "2026-11-20"}, "over"),
        ({"repeats": "once", "first": "2027-03-28", "start": "02:30", "end": "04:00"}, "no_such_time"),
        ({"repeats": "odd_weeks"}, "not_in_series"),
    ],
)
def test_what_cannot_be_is_named(schedule: dict[str, Any], wrong: str | None) -> None:
    assert wrong_with(form(**schedule), TODAY) == wrong


def test_a_course_needs_a_last_day() -> None:
    course = replace(form(), values={**WHOLE, "sign_up": "course"})
    assert wrong_with(course, TODAY) == "course_end"


def test_a_monthly_series_takes_its_place_in_the_month_from_its_first_day() -> None:
    assert with_schedule(WHOLE, repeats="monthly")["schedule"]["nth"] == 4
    assert with_schedule(WHOLE, repeats="weekly")["schedule"]["nth"] is None


def test_only_what_both_changed_differently_clashes() -> None:
    mine = replace(form(), base=WHOLE, values={**WHOLE, "price": 20, "capacity": 9})
    assert clashes(mine, WHOLE) == ()
    assert clashes(mine, {**WHOLE, "price": 30, "capacity": 9, "title": "Suppe"}) == ("price",)


def test_days_to_begin_on_fit_the_series() -> None:
    weeks = {day.isocalendar().week % 2 for page in (0, 1) for day in first_days("odd_weeks", TODAY, page)}
    assert weeks == {1}
    assert first_days("weekly", TODAY, 1, 8)[0] == date(2026, 12, 1)
