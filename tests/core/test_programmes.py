"""Programmes: whose session is whose, what is missing, when it is complete, where a theme is held again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.core.model import Activity, ActivityText, Held, Occurrence, Schedule, Venue
from bot.core.programmes.model import Attendance, Programme, Session, Theme
from bot.core.programmes.progress import progress, wrong_choice
from bot.core.programmes.sessions import at_one_time, held_again, is_theirs, narrowed, sessions_of

TEXT = {"en": ActivityText("A theme", "About it.", "human")}
HOME, FOOD, BIKE = Theme("home", TEXT, "en"), Theme("food", TEXT, "en", False), Theme("bike", TEXT, "en", False)
PROGRAMME = Programme("new", TEXT, "en", (HOME, FOOD, BIKE), choose=1)
START = datetime(2026, 12, 1, 16, tzinfo=UTC)
NOW = START + timedelta(days=20)


def occurrence(number: int, week: int, state: str = "on") -> Occurrence:
    start = START + timedelta(weeks=week)
    return Occurrence(number, start.date(), start, start + timedelta(hours=2), state)  # type: ignore[arg-type] # a word


def session(theme: Theme, number: int = 1, week: int = 0, state: str = "on") -> Session:
    return Session(theme, occurrence(number, week, state))


def attended(theme: Theme, week: int, *, came: bool | None, number: int = 1, visit: bool = False) -> Attendance:
    held = occurrence(number, week)
    return Attendance(number, held.day, 7, "new", theme.id, held.start, 120, visit=visit, came=came)


COHORT = Activity(
    1, "new-1", "c", "o", "p", Venue("", "", 0, 0),
    Schedule(
        date(2026, 12, 1), START.time(), START.time(), "listed",
        listed={occurrence(1, at).day: Held(occurrence(1, at).start, occurrence(1, at).end) for at in range(3)},
    ),
    TEXT, "en", (), programme="new", cohort="new",
    themes={occurrence(1, at).day: theme.id for at, theme in enumerate((HOME, FOOD, BIKE))},
)  # fmt: skip


def test_required_sessions_are_everyones_and_the_others_who_chose_them() -> None:
    days = [occurrence(1, at).day for at in range(3)]
    assert [is_theirs(PROGRAMME, COHORT, day, {"bike"}) for day in days] == [True, False, True]
    assert list(narrowed(PROGRAMME, COHORT, {"bike"}).schedule.listed) == [days[0], days[2]]
    held = [occurrence(1, at) for at in (2, 0, 1, 5)]  # the last has no theme
    assert [each.theme.id for each in sessions_of(PROGRAMME, COHORT, held)] == ["home", "food", "bike"]


def test_what_was_missed_or_cancelled_is_missing_until_it_is_attended_or_planned_elsewhere() -> None:
    own = [session(HOME), session(BIKE, week=1, state="cancelled")]
    missed = progress(PROGRAMME, {"bike"}, own, [attended(HOME, 0, came=False)], NOW)
    assert missed.missing == ("home", "bike")
    assert not missed.complete
    planned = attended(HOME, 9, came=None, number=2, visit=True)
    visits = progress(PROGRAMME, {"bike"}, own, [attended(HOME, 0, came=False), planned], NOW)
    assert (visits.missing, visits.visits) == (("bike",), frozenset({"home"}))


def test_what_nobody_has_ticked_is_not_missed() -> None:
    assert progress(PROGRAMME, set(), [session(HOME)], [], NOW).missing == ()


def test_it_is_complete_with_all_required_and_as_many_of_choice_as_one_takes() -> None:
    own = [session(HOME), session(BIKE, week=1)]
    came = [attended(HOME, 0, came=True)]
    assert not progress(PROGRAMME, {"bike"}, own, came, NOW).complete
    elsewhere = [*came, attended(FOOD, 1, came=True, number=2, visit=True)]
    assert progress(PROGRAMME, {"bike"}, own, elsewhere, NOW).complete


def test_one_theme_too_many_is_seen_and_taking_one_away_is_not() -> None:
    assert wrong_choice(PROGRAMME, {"bike"}, "food")
    assert not wrong_choice(PROGRAMME, {"bike"}, "bike")


def test_a_theme_is_held_again_first_in_ones_language_and_never_where_it_is_over_or_off() -> None:
    found = [session(HOME, 2, 3), session(HOME, 3, 5), session(HOME, 4, 1), session(HOME, 5, 4, "cancelled")]
    again = held_again(found, "home", {"ar"}, [("da",), ("ar",), ("ar",), ("ar",)], NOW)
    assert [each.activity for each in again] == [3, 2]


def test_sessions_at_one_time_are_found() -> None:
    one, other = session(HOME), session(FOOD, 2)
    assert at_one_time([one, other, session(BIKE, week=1)]) == ((one, other),)
    off = replace(other, occurrence=replace(other.occurrence, state="cancelled"))
    assert at_one_time([one, off]) == ()
