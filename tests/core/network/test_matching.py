"""Matching: no hard rule is ever broken, the order decides nothing, and what only helps makes nobody wait longer."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations, permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.network.matching import Cause, forbidden, rank, suggest, with_standing
from bot.core.network.matching_rules import Reason
from bot.core.network.model import PRESETS, WHOLE_WEEK, Past, Request, Volunteer, bit
from bot.core.network.safeguarding import NOT_NEEDED, Safeguard

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
NOTHING = Past()
unhurried = settings(deadline=None, max_examples=50)  # the first one loads the solver
RINGE, FAABORG = (55.238, 10.478), (55.095, 10.242)
IN_ORDER = Safeguard("assessed", 1, date(2026, 1, 1), date(2028, 1, 1))
OFFERS = ("network_family", "mentor", "homework_help")


def a_request(number: int = 1, **changed: Any) -> Request:
    plain = Request(
        number,
        100 + number,
        "mentor",
        "me",
        "18-24",
        ("ti", "da"),
        WHOLE_WEEK,
        "ringe",
        RINGE,
        NOW - timedelta(days=10),
    )
    return replace(plain, **changed)


def a_volunteer(person: int = 1001, **changed: Any) -> Volunteer:
    plain = Volunteer(
        person, frozenset(OFFERS), ("da", "en"), WHOLE_WEEK, "ringe", RINGE, 20, NOW - timedelta(days=10), "woman"
    )
    return replace(plain, **changed)


weeks = st.sampled_from([0, WHOLE_WEEK, *PRESETS.values(), bit(1, 2), bit(1, 2) | bit(5, 0)])
points = st.sampled_from([RINGE, FAABORG, (55.4, 10.4)])
tongues = st.sets(st.sampled_from(["da", "en", "ar", "ti"]), min_size=1).map(lambda found: tuple(sorted(found)))
since = st.integers(0, 200).map(lambda days: NOW - timedelta(days=days))
safeguards = st.sampled_from([NOT_NEEDED, IN_ORDER, Safeguard("asked"), Safeguard("not_ok", 1, date(2026, 1, 1))])


@st.composite
def requests(draw: st.DrawFn, most: int = 7) -> list[Request]:
    return [
        Request(
            number,
            draw(st.integers(1, 12)),
            draw(st.sampled_from(OFFERS)),
            "me",
            draw(st.sampled_from(["0-14", "15-17", "18-24"])),
            draw(tongues),
            draw(weeks),
            "somewhere",
            draw(points),
            draw(since),
            frozenset(draw(st.sets(st.sampled_from(["woman", "family"]), max_size=1))),
        )
        for number in range(1, draw(st.integers(0, most)) + 1)
    ]


@st.composite
def volunteers(draw: st.DrawFn, most: int = 6) -> list[Volunteer]:
    return [
        Volunteer(
            person,
            frozenset(draw(st.sets(st.sampled_from(OFFERS), min_size=1))),
            draw(tongues),
            draw(weeks),
            "somewhere",
            draw(points),
            draw(st.sampled_from([5, 20, 40])),
            draw(since),
            draw(st.sampled_from(["woman", "man", "family", ""])),
            draw(st.integers(1, 3)),
            draw(st.integers(0, 2)),
            draw(st.booleans()),
            draw(st.sampled_from([None, date(2026, 12, 24)])),
            state=draw(st.sampled_from(["approved", "approved", "approved", "new", "removed"])),
            safeguard=draw(safeguards),
        )
        for person in range(8, draw(st.integers(0, most)) + 8)
    ]


@st.composite
def pasts(draw: st.DrawFn) -> Past:
    pairs = st.tuples(st.integers(1, 7), st.integers(8, 13))
    return Past(frozenset(draw(st.sets(pairs, max_size=5))), frozenset(draw(st.sets(pairs, max_size=5))))


def breaks(request: Request, volunteer: Volunteer, past: Past) -> bool:
    """The rules once more, one pair at a time and in plain words: what the columns are held against."""
    attest = volunteer.safeguard
    in_order = attest.state == "assessed" and attest.renew_by is not None and attest.renew_by > NOW.date()
    north, east = request.point[0] - volunteer.point[0], (request.point[1] - volunteer.point[1]) * 0.5592
    return (
        request.person == volunteer.person
        or volunteer.state != "approved"
        or volunteer.busy >= volunteer.capacity
        or request.offer not in volunteer.offers
        or (volunteer.starts is not None and volunteer.starts > NOW.date())
        or (request.band == "0-14" and not (volunteer.children and in_order))
        or ("woman" in request.wishes and volunteer.kind != "woman")
        or ("family" in request.wishes and volunteer.kind != "family")
        or not set(request.languages) & set(volunteer.languages)
        or not request.free & volunteer.free
        or (north**2 + east**2) ** 0.5 * 111.2 > volunteer.km
        or (request.id, volunteer.person) in past.no
        or (request.person, volunteer.person) in past.apart
    )


@unhurried
@given(requests(), volunteers(), pasts())
def test_no_hard_rule_is_ever_broken_and_nobody_meets_more_than_they_offered(
    asks: list[Request], helps: list[Volunteer], past: Past
) -> None:
    found = suggest(asks, helps, past, NOW)
    by_id, by_person = {each.id: each for each in asks}, {each.person: each for each in helps}
    assert [pair for pair in found.pairs if breaks(by_id[pair.request], by_person[pair.volunteer], past)] == []
    assert len({pair.request for pair in found.pairs}) == len(found.pairs)
    for each in helps:
        assert sum(pair.volunteer == each.person for pair in found.pairs) <= each.room


@unhurried
@given(requests(), volunteers(), pasts(), st.randoms())
def test_the_order_in_which_people_come_decides_nothing(
    asks: list[Request], helps: list[Volunteer], past: Past, chance: random.Random
) -> None:
    found = suggest(asks, helps, past, NOW)
    assert suggest(chance.sample(asks, len(asks)), chance.sample(helps, len(helps)), past, NOW) == found


@unhurried
@given(requests(), volunteers(), pasts())
def test_where_nothing_changed_every_pair_stays(asks: list[Request], helps: list[Volunteer], past: Past) -> None:
    first = suggest(asks, helps, past, NOW)
    again = suggest(asks, helps, with_standing(past, first.pairs), NOW + timedelta(hours=3))
    assert [(pair.request, pair.volunteer) for pair in again.pairs] == [
        (pair.request, pair.volunteer) for pair in first.pairs
    ]


@unhurried
@given(requests(), volunteers(), pasts())
def test_one_more_volunteer_takes_nobodys_match_away(asks: list[Request], helps: list[Volunteer], past: Past) -> None:
    first = suggest(asks, helps[:-1], past, NOW)
    then = suggest(asks, helps, with_standing(past, first.pairs), NOW)
    assert {pair.request for pair in first.pairs} <= {pair.request for pair in then.pairs}


@unhurried
@given(requests(), volunteers(), pasts())
def test_one_request_less_takes_nobodys_match_away(asks: list[Request], helps: list[Volunteer], past: Past) -> None:
    first = suggest(asks, helps, past, NOW)
    then = suggest(asks[:-1], helps, with_standing(past, first.pairs), NOW)
    kept = {pair.request for pair in first.pairs if asks and pair.request != asks[-1].id}
    assert kept <= {pair.request for pair in then.pairs}


@unhurried
@given(requests(), volunteers(), pasts())
def test_who_asks_for_less_is_never_worse_off(asks: list[Request], helps: list[Volunteer], past: Past) -> None:
    first = suggest(asks, helps, past, NOW)
    if not first.pairs:
        return
    lucky = first.pairs[0].request
    easier = [
        replace(each, wishes=frozenset(), free=WHOLE_WEEK, languages=("ar", "da", "en", "ti"))
        if each.id == lucky
        else each
        for each in asks
    ]
    then = suggest(easier, helps, with_standing(past, first.pairs), NOW)
    assert lucky in {pair.request for pair in then.pairs}


@settings(max_examples=60, deadline=None)
@given(requests(most=4), volunteers(most=4), pasts())
def test_no_other_set_of_pairs_has_more_points(asks: list[Request], helps: list[Volunteer], past: Past) -> None:
    helps = [replace(each, capacity=each.busy + 1) for each in helps]
    worth = {
        (each.id, ranked.volunteer): ranked.points
        for each in asks
        for ranked in rank(each, helps, past, NOW)
        if not ranked.breaks
    }
    best = 0
    for size in range(min(len(asks), len(helps)) + 1):
        for rows in combinations([each.id for each in asks], size):
            for columns in permutations([each.person for each in helps], size):
                pairs = list(zip(rows, columns, strict=True))
                if all(pair in worth for pair in pairs):
                    best = max(best, sum(worth[pair] for pair in pairs))
    assert sum(pair.points for pair in suggest(asks, helps, past, NOW).pairs) == best


@unhurried
@given(requests(), volunteers(), pasts())
def test_everybody_without_a_match_is_told_why(asks: list[Request], helps: list[Volunteer], past: Past) -> None:
    found = suggest(asks, helps, past, NOW)
    matched = {pair.request for pair in found.pairs}
    assert set(found.requests) == {each.id for each in asks} - matched
    assert all(found.requests.values())
    assert all(found.volunteers.values())


@pytest.mark.parametrize(
    ("asked", "offered", "cause"),
    [
        ({"languages": ("ar",)}, {}, Cause("language", 1)),
        ({"free": PRESETS["e"]}, {"free": PRESETS["a"]}, Cause("time", 1)),
        ({"point": (56.0, 9.0)}, {}, Cause("far", 1)),
        ({"wishes": frozenset({"family"})}, {}, Cause("wish", 1)),
        ({"band": "0-14"}, {"children": True}, Cause("børneattest", 1)),
        ({}, {"busy": 1}, Cause("full", 1)),
        ({}, {"state": "new"}, Cause("approved", 1)),
        ({"offer": "language_training"}, {}, Cause("offer", 1)),
        ({}, {"starts": date(2026, 12, 24)}, Cause("starts", 1)),
        ({"languages": ("ar",), "free": PRESETS["e"]}, {"free": PRESETS["a"]}, Cause("language", 0, several=True)),
    ],
)
def test_what_blocks_is_the_one_thing_that_would_help(
    asked: dict[str, Any], offered: dict[str, Any], cause: Cause
) -> None:
    found = suggest([a_request(**asked)], [a_volunteer(**offered)], NOTHING, NOW)
    assert found.pairs == ()
    assert found.requests[1] == (cause,)


def test_who_fits_but_is_given_to_another_is_counted() -> None:
    found = suggest([a_request(1), a_request(2, since=NOW)], [a_volunteer()], NOTHING, NOW)
    assert [pair.request for pair in found.pairs] == [1]
    assert found.requests == {2: (Cause("taken", 1),)}


def test_nobody_on_the_other_list_is_said_as_it_is() -> None:
    assert suggest([a_request()], [], NOTHING, NOW).requests == {1: (Cause("nobody"),)}
    assert suggest([], [a_volunteer()], NOTHING, NOW).volunteers == {1001: (Cause("nobody"),)}


def test_the_best_for_all_is_chosen_not_the_best_for_who_came_first() -> None:
    """Who came first could have either volunteer; the other only one: both are helped."""
    first, second = a_request(1), a_request(2, languages=("ar",), since=NOW)
    arabic = a_volunteer(1001, languages=("ar", "da"))
    found = suggest([first, second], [arabic, a_volunteer(1002, km=10)], NOTHING, NOW)
    assert {(pair.request, pair.volunteer) for pair in found.pairs} == {(1, 1002), (2, 1001)}


def test_a_volunteer_with_room_for_two_meets_two() -> None:
    found = suggest([a_request(1), a_request(2)], [a_volunteer(capacity=2)], NOTHING, NOW)
    assert [(pair.request, pair.volunteer) for pair in found.pairs] == [(1, 1001), (2, 1001)]


def test_among_equals_who_has_nobody_yet_goes_before_who_has_one() -> None:
    busy, idle = a_volunteer(1001, capacity=3, busy=1), a_volunteer(1002, capacity=3)
    assert [pair.volunteer for pair in suggest([a_request()], [busy, idle], NOTHING, NOW).pairs] == [1002]


def test_the_ranked_list_has_who_meets_every_wish_first_and_names_what_the_others_do_not() -> None:
    fits, far = a_volunteer(1001), a_volunteer(1002, point=(56.0, 9.0))
    found = rank(a_request(), [far, fits, a_volunteer(1003, state="new")], NOTHING, NOW)
    assert [(each.volunteer, each.breaks) for each in found] == [(1001, ()), (1002, ("far",))]


@pytest.mark.parametrize(
    ("asked", "offered", "past", "reason"),
    [
        ({"band": "0-14"}, {"children": True}, NOTHING, "børneattest"),
        ({"band": "0-14"}, {"safeguard": IN_ORDER}, NOTHING, "børneattest"),
        ({}, {"state": "removed"}, NOTHING, "approved"),
        ({}, {}, Past(no=frozenset({(1, 1001)})), "said_no"),
        ({}, {}, Past(apart=frozenset({(101, 1001)})), "apart"),
        ({"person": 1001}, {}, NOTHING, "self"),
    ],
)
def test_what_protects_people_nobody_can_set_aside(
    asked: dict[str, Any], offered: dict[str, Any], past: Past, reason: Reason
) -> None:
    request, volunteer = a_request(**asked), a_volunteer(**offered)
    assert forbidden(request, volunteer, past, NOW) == (reason,)
    assert rank(request, [volunteer], past, NOW) == ()


def test_with_a_boerneattest_in_order_a_child_is_met() -> None:
    helper = a_volunteer(children=True, safeguard=IN_ORDER)
    assert forbidden(a_request(band="0-14"), helper, NOTHING, NOW) == ()
    assert len(suggest([a_request(band="0-14")], [helper], NOTHING, NOW).pairs) == 1
