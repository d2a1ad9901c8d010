"""From what was counted to what may be shown: medians of five or more, groups apart, a year beside its quarters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bot.core.counting import Asked, FirstActivity, alive, answered, days_to_activity, days_to_meeting
from bot.core.hiding import LEAST, Share, Shown
from bot.core.network.model import Match
from bot.core.numbers import REST, Counted, figures, figures_of_year, group_of, group_of_band
from bot.core.periods import quarter, whole_year

START = datetime(2026, 10, 5, 9, tzinfo=UTC)
QUARTER = quarter(2026, 4)
spans = some.dictionaries(
    some.sampled_from(("children", "youth", "others")), some.lists(some.integers(0, 90), max_size=12)
)


def match(number: int, met: datetime | None, state: str = "active", changed: datetime | None = None) -> Match:
    notes = {"met": met.isoformat()} if met else {}
    return Match(number, number, 1, 2, state, START, changed or START, None, notes)  # type: ignore[arg-type] # a state


def test_a_median_rests_on_five_or_more_and_says_on_how_many() -> None:
    found = figures(Counted(days={"activity": {"others": [1, 3, 5, 7, 30], "youth": [2, 2], "children": [9]}}))
    assert found.lists["days/activity"] == Shown((), 8)
    assert found.medians == {"days/activity": {REST: 4.0}}
    alone = figures(Counted(days={"activity": {"others": [1, 3, 5, 7, 30]}}))
    assert alone.medians == {"days/activity": {"others": 5.0}}
    assert figures(Counted(days={"activity": {"others": [1, 3, 5, 7]}})).medians == {"days/activity": {}}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(spans)
def test_no_median_of_fewer_than_five_is_ever_shown(days: dict[str, list[int]]) -> None:
    found = figures(Counted(days={"activity": days}))
    sizes = {**dict(found.lists["days/activity"].rows), REST: found.lists["days/activity"].rest or 0}
    assert all(sizes[row] >= LEAST for row in found.medians["days/activity"])


def test_an_organisations_activities_are_shown_only_where_its_own_count_is() -> None:
    counted = Counted(
        {
            "seats/organisation": {"club": 40, "cafe": 6, "choir": 2},
            "seats/of/club": {"1": 30, "2": 10},
            "seats/of/cafe": {"3": 6},
        },
        {
            "seats/organisation": {"club": 60, "cafe": 9, "choir": 20},
            "seats/of/club": {"1": 40, "2": 20},
            "seats/of/cafe": {"3": 9},
        },
    )
    found = figures(counted)
    assert found.lists["seats/organisation"] == Shown((("club", 40),), 8)
    assert found.capacity["seats/organisation"] == {"club": 60, REST: 29}
    assert "seats/of/cafe" not in found.lists
    assert found.lists["seats/of/club"] == Shown((("1", 30), ("2", 10)))


def test_a_year_is_its_quarters_added_up_with_medians_over_all_of_it() -> None:
    first = Counted(
        {"need/topic": {"film": 9, "art": 3}}, {}, {"meeting": {"youth": [4] * 5}}, {"answered": {"all": (20, 6)}}
    )
    second = Counted(
        {"need/topic": {"film": 9, "art": 9}}, {}, {"meeting": {"youth": [10] * 6}}, {"answered": {"all": (30, 1)}}
    )
    year = figures_of_year([(each, figures(each)) for each in (first, second)])
    assert year.lists["days/meeting"] == Shown((("youth", 11),))
    assert year.medians["days/meeting"] == {"youth": 10.0}
    assert year.shares["answered"]["all"].total == 57
    assert year.shares["answered"]["all"].yes is None  # 50 and 7 would tell the second quarter's 30 and 1
    assert dict(year.lists["need/topic"].rows).get("art") is None


def test_what_a_quarter_under_five_would_be_told_by_is_added_up_from_the_others_only() -> None:
    loud, silent = (Counted(days={"activity": {"youth": each}}) for each in ([2, 4, 6, 8, 10], [90, 90]))
    year = figures_of_year([(each, figures(each)) for each in (loud, silent)])
    assert year.lists["days/activity"] == Shown((("youth", 5),), at_least=True)
    assert year.medians["days/activity"] == {"youth": 6.0}


def test_days_are_counted_in_the_quarter_in_which_it_came_about() -> None:
    found = [
        FirstActivity(START, START + timedelta(days=12, hours=10), "youth"),
        FirstActivity(START, START, "children"),
        FirstActivity(START, START + timedelta(days=120), "youth"),
    ]
    assert days_to_activity(found, QUARTER) == {"youth": [12], "children": [0]}
    asked = {1: Asked(START - timedelta(days=20), "15-17"), 2: Asked(START, "0-14")}
    matches = [
        match(1, START),
        match(1, START + timedelta(days=9)),
        match(2, START, "ended", START - timedelta(days=1)),
    ]
    assert days_to_meeting(matches, asked, QUARTER) == {"youth": [20]}


def test_a_match_is_alive_until_it_ends_and_is_looked_at_in_the_quarter_of_its_age() -> None:
    met = datetime(2026, 7, 31, 15, tzinfo=UTC)  # three months later it is 31/10, and winter time
    asked = {number: Asked(START, "15-17") for number in range(1, 5)}
    matches = [
        match(1, met),
        match(2, met, "ended", met + timedelta(days=200)),
        match(3, met, "paused", met + timedelta(days=80)),
        match(4, None),
        match(9, met),  # nobody who said yes to statistics
    ]
    assert alive(matches, asked, QUARTER) == {"alive/3": {"youth": (2, 1)}}
    assert alive(matches, asked, quarter(2027, 1)) == {"alive/6": {"youth": (2, 1)}}
    assert alive(matches, asked, quarter(2027, 3)) == {"alive/12": {"youth": (1, 2)}}


def test_an_answer_counts_within_a_day_and_who_took_the_question_back_is_left_out() -> None:
    hour = timedelta(hours=1)
    assert answered(START, START + 24 * hour, None) == "day"
    assert answered(START, START + 25 * hour, None) == "later"
    assert answered(START, None, START + hour) is None
    assert answered(START, None, START + 30 * hour) == answered(START, None, None) == "later"


def test_children_and_youth_are_kept_apart() -> None:
    assert [group_of(("women", "children")), group_of(("youth",)), group_of(())] == ["children", "youth", "others"]
    assert [group_of_band(each) for each in ("0-14", "15-17", "18-24")] == ["children", "youth", "youth"]
    assert whole_year(2026).ready_on.isoformat() == "2027-01-08"


def test_a_share_hidden_in_a_quarter_shows_its_sum_alone() -> None:
    found = figures(Counted(shares={"alive/3": {"youth": (9, 1), "children": (6, 6)}}))
    assert found.shares["alive/3"] == {"children": Share(12, 6), "youth": Share(10, nearly="all")}
