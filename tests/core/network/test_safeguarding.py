"""The børneattest: each state follows only from those it may, and only one that holds lets anyone near a child."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.network.safeguarding import (
    NOT_NEEDED,
    NotNow,
    Safeguard,
    as_of,
    ask,
    assess,
    may_meet_children,
    refuse,
    reminders,
    years_later,
)

TODAY = date(2026, 11, 23)


def test_it_is_asked_for_assessed_and_renewed() -> None:
    asked = ask(NOT_NEEDED)
    assert not may_meet_children(asked, TODAY)
    found = assess(asked, by=7, today=TODAY)
    assert found == Safeguard("assessed", 7, TODAY, date(2028, 11, 23))
    assert may_meet_children(found, date(2028, 11, 22))
    assert not may_meet_children(found, date(2028, 11, 23))
    assert as_of(found, date(2028, 11, 23)).state == "due"
    assert reminders(found) == (date(2028, 9, 24), date(2028, 11, 9))


def test_one_that_is_being_renewed_holds_until_its_day() -> None:
    renewing = ask(assess(ask(NOT_NEEDED), 7, TODAY))
    assert may_meet_children(renewing, date(2028, 11, 22))
    assert not may_meet_children(renewing, date(2028, 11, 23))


@pytest.mark.parametrize("state", ["not_needed", "not_ok"])
def test_none_is_in_order_that_was_not_asked_for(state: str) -> None:
    with pytest.raises(NotNow):
        assess(Safeguard(state), 7, TODAY)  # type: ignore[arg-type] # parametrised over the states


def test_one_that_is_not_in_order_keeps_away_from_children_at_once() -> None:
    assert not may_meet_children(refuse(assess(ask(NOT_NEEDED), 7, TODAY), 8, TODAY), TODAY)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 2000))
def test_it_never_holds_for_longer_than_its_term(day: date, later: int) -> None:
    found = assess(ask(NOT_NEEDED), 7, day)
    then = day + timedelta(days=later)
    assert may_meet_children(as_of(found, then), then) == (then < years_later(day, 2))


def test_the_29th_of_february_is_renewed_on_the_28th() -> None:
    assert years_later(date(2028, 2, 29), 2) == date(2030, 2, 28)
