"""What is near is found exactly, and in the order in which a person would name it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.nearby import SMALL, Hit, Index, Item, Wish
from bot.core.schedule import ZONE, moment

RINGE = (55.2386, 10.4786)
FAABORG = (55.0951, 10.2423)
CENTRE = {"ringe": RINGE, "faaborg": FAABORG, "korinth": (55.1397, 10.3265), "odense": (55.3959, 10.3883)}
TOPICS = ("football", "cooking", "danish", "sewing")
AUDIENCE = ("children", "youth", "women", "families")
DAY = 86_400
NOW = int(datetime(2026, 11, 23, 9, tzinfo=UTC).timestamp())


def on(day: int, clock: str = "17:30", month: int = 11) -> int:
    return int(moment(date(2026, month, day), time.fromisoformat(clock)).timestamp())


def item(number: int, start: int, place: str = "ringe", **fields: Any) -> Item:
    lat, lon = CENTRE[place]
    day = datetime.fromtimestamp(start, ZONE).date()
    return replace(Item(number, day, start, start + 7200, lat, lon, place, ("cooking",)), **fields)


def numbers(hits: Sequence[Hit]) -> list[int]:
    return [hit.number for hit in hits]


def ask(items: Sequence[Item], limit: int = 5, offset: int = 0, **fields: Any) -> list[Hit]:
    return Index.build(items).search(replace(Wish(NOW, point=RINGE), **fields), limit, offset)


def test_the_nearer_comes_first_where_the_day_is_the_same() -> None:
    hits = ask([item(1, on(24), "odense"), item(2, on(24), "korinth"), item(3, on(24))])

    assert numbers(hits) == [3, 2, 1]


def test_kilometres_are_those_of_the_map() -> None:
    (hit,) = ask([item(1, on(24), "faaborg")])

    assert hit.km == pytest.approx(22.0, abs=0.6)


def test_an_activity_comes_once_with_its_next_occurrence() -> None:
    hits = ask([item(1, on(day)) for day in (30, 23, 26)] + [item(2, on(29))])

    assert [(hit.number, hit.day.day) for hit in hits] == [(1, 23), (2, 29)]


def test_sooner_outweighs_a_little_farther_and_not_much_farther() -> None:
    soon_korinth, late_ringe = item(1, on(23), "korinth"), item(2, on(24, month=12), "ringe")
    soon_odense, soon_ringe = item(3, on(23), "odense"), item(4, on(26), "ringe")

    assert numbers(ask([soon_korinth, late_ringe])) == [1, 2]
    assert numbers(ask([soon_odense, soon_ringe])) == [4, 3]


def test_a_language_that_is_spoken_there_outweighs_some_kilometres() -> None:
    spoken = item(1, on(24), lat=55.30, languages=("ti", "da"))
    near = item(2, on(24), lat=55.25, languages=("da",))

    assert numbers(ask([spoken, near], languages=("ti",))) == [1, 2]
    assert numbers(ask([spoken, near])) == [2, 1]


def test_what_is_for_the_audience_asked_for_comes_before_what_is_for_everybody() -> None:
    everybody = item(1, on(23))
    children = item(2, on(29), "odense", audience=("children",))
    families = item(3, on(24), audience=("families",))

    hits = ask([everybody, children, families], audience=("children",))

    assert numbers(hits) == [2, 1, 3]
    assert ["audience" in hit.why for hit in hits] == [True, False, False]


def test_an_activity_for_women_is_not_shown_for_a_question_about_children() -> None:
    women = item(1, on(23), audience=("women",))

    assert ask([women], audience=("children",)) == []
    assert numbers(ask([women], audience=("women",))) == [1]


def test_who_says_nothing_of_themselves_sees_all_and_the_limited_a_little_later() -> None:
    women = item(1, on(23), audience=("women",))
    families = item(2, on(23), audience=("families",))

    assert numbers(ask([women, families])) == [2, 1]


def test_a_full_activity_gives_way_and_is_not_hidden() -> None:
    full = item(1, on(23), free=0)

    hits = ask([full, item(2, on(24), "odense", free=1)])

    assert numbers(hits) == [2, 1]
    assert [hit.why for hit in hits] == [(), ("today", "near", "full")]


def test_a_seat_that_is_taken_or_given_back_is_known_at_once() -> None:
    index = Index.build([item(1, on(23)), item(2, on(24))])
    wish = Wish(NOW, point=RINGE)

    index.set_free(1, date(2026, 11, 23), 0)
    after = numbers(index.search(wish))
    index.set_free(1, date(2026, 11, 23), 2)
    index.set_free(9, date(2026, 11, 23), 0)

    assert (after, numbers(index.search(wish))) == ([2, 1], [1, 2])


def test_topics_asked_for_and_topics_refused() -> None:
    both = item(1, on(23), topics=("football", "danish"))
    football = item(2, on(24), topics=("football",))
    sewing = item(3, on(23), topics=("sewing",))
    everything = [both, football, sewing]

    assert numbers(ask(everything, topics=("football",))) == [1, 2]
    assert numbers(ask(everything, topics=("football", "sewing"), without=("danish",))) == [3, 2]
    assert ask(everything, topics=("swimming",)) == []


def test_the_window_takes_its_beginning_and_leaves_its_end() -> None:
    wednesday = [item(1, on(25, "00:00")), item(2, on(25, "23:59")), item(3, on(26, "00:00")), item(4, on(24, "23:59"))]

    assert sorted(numbers(ask(wednesday, start=on(25, "00:00"), end=on(26, "00:00")))) == [1, 2]


def test_the_part_of_the_day_is_by_the_danish_clock_in_summer_and_winter() -> None:
    winter = [item(1, on(24, "11:59")), item(2, on(24, "12:00")), item(3, on(24, "16:59")), item(4, on(24, "17:00"))]
    summer = [item(number, on(24, clock, month=6)) for number, clock in ((1, "11:59"), (2, "12:00"), (4, "17:00"))]

    assert numbers(ask(winter, part="morning")) == [1]
    assert numbers(ask(winter, part="afternoon")) == [2, 3]
    assert numbers(ask(winter, part="evening")) == [4]
    assert numbers(ask(summer, start=on(1, month=6), part="morning")) == [1]
    assert numbers(ask(summer, start=on(1, month=6), part="evening")) == [4]


def test_a_clock_time_means_what_is_on_then_or_starts_within_an_hour() -> None:
    evening = item(1, on(24, "17:30"))
    fits = ["16:30", "17:30", "18:00", "19:29", "18:30"]
    not_then = ["16:29", "19:31", "05:30"]

    assert [numbers(ask([evening], time=time.fromisoformat(clock))) for clock in fits] == [[1]] * 5
    assert [ask([evening], time=time.fromisoformat(clock)) for clock in not_then] == [[]] * 3
    assert numbers(ask([item(1, on(24, "23:30"))], time=time(0, 30))) == [1]


def test_a_place_keeps_to_it_and_pages_go_on_where_they_ended() -> None:
    items = [item(number, on(24), "ringe" if number % 2 else "faaborg") for number in range(1, 8)]

    assert numbers(ask(items, place="faaborg")) == [2, 4, 6]
    assert ask(items, place="nowhere") == []
    assert numbers(ask(items, limit=2, place="ringe")) == [1, 3]
    assert numbers(ask(items, limit=2, offset=2, place="ringe")) == [5, 7]
    assert ask(items, offset=7) == []


def test_nobody_knows_a_distance_without_a_point() -> None:
    (hit,) = ask([item(1, on(24), "odense")], point=None)

    assert (hit.km, hit.why) == (None, ())


def test_an_empty_community_has_nothing_near() -> None:
    assert ask([]) == []


def test_more_than_64_topics_are_refused_by_name() -> None:
    with pytest.raises(ValueError, match="topic64"):
        Index.build([item(number, on(24), topics=(f"topic{number}",)) for number in range(65)])


def haversine(one: tuple[float, float], other: tuple[float, float]) -> float:
    (lat1, lon1), (lat2, lon2) = [(radians(lat), radians(lon)) for lat, lon in (one, other)]
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * asin(sqrt(half))


def cost(one: Item, wish: Wish) -> float | None:
    """The rules of the ranking once more, one item at a time and without numpy; None where it does not fit."""
    start = datetime.fromtimestamp(one.start, ZONE)
    parts = {"morning": start.hour < 12, "afternoon": 12 <= start.hour < 17, "evening": start.hour >= 17}
    fits = (
        wish.start <= one.start
        and (wish.end is None or one.start < wish.end)
        and (not wish.topics or set(wish.topics) & set(one.topics))
        and not set(wish.without) & set(one.topics)
        and (wish.part is None or parts[wish.part])
        and (wish.place is None or wish.place == one.place)
    )
    kin = {"children": "families", "families": "children"}
    exact = not wish.audience or set(wish.audience) & set(one.audience)
    related = not one.audience or {kin.get(each) for each in wish.audience} & set(one.audience)
    if not fits or not (exact or related):
        return None
    km = haversine(wish.point, (one.lat, one.lon)) if wish.point else 0.0
    limited = not wish.audience and bool(set(one.audience) - {"families"})
    spoken = bool(set(wish.languages) & set(one.languages))
    full = one.free == 0
    return km + (one.start - wish.start) / DAY * 2 - 10 * spoken + 10 * limited + 30 * full + (0 if exact else 1e6)


def brute(items: Sequence[Item], wish: Wish) -> dict[int, float]:
    best: dict[int, float] = {}
    for one in items:
        its = cost(one, wish)
        if its is not None:
            best[one.number] = min(its, best.get(one.number, its))
    return best


def made_up(size: int, seed: int) -> list[Item]:
    """Activities round four towns and over the whole country, some of them weekly, over sixty days."""
    chance = random.Random(seed)
    items = []
    for number in range(size):
        place = chance.choice(list(CENTRE))
        spread = chance.choice([0.02, 0.02, 1.5])
        lat, lon = (each + chance.gauss(0, spread) for each in CENTRE[place])
        topics = tuple(sorted({chance.choice(TOPICS), chance.choice((*TOPICS, f"rare{number % 9}"))}))
        audience = (chance.choice(AUDIENCE),) if chance.random() < 0.5 else ()
        languages = tuple(sorted({chance.choice(("da", "ar", "ti", "en")) for _ in range(2)}))
        first = NOW + chance.randrange(-DAY, 60 * DAY)
        for week in range(chance.choice((1, 1, 4))):
            start = first + week * 7 * DAY
            day = date(2026, 11, 23) + timedelta(days=number % 50 + week)
            free = chance.choice((None, 0, 3))
            items.append(Item(number, day, start, start + 5400, lat, lon, place, topics, audience, languages, free))
    return items


wishes = st.builds(
    Wish,
    start=st.integers(NOW - DAY, NOW + 40 * DAY),
    end=st.none() | st.integers(NOW, NOW + 70 * DAY),
    point=st.none() | st.sampled_from(list(CENTRE.values())) | st.tuples(st.floats(54, 58), st.floats(8, 13)),
    topics=st.lists(st.sampled_from((*TOPICS, "rare1", "unheard")), max_size=2).map(tuple),
    without=st.lists(st.sampled_from(TOPICS), max_size=1).map(tuple),
    audience=st.lists(st.sampled_from(AUDIENCE), max_size=2).map(tuple),
    languages=st.lists(st.sampled_from(("ar", "ti")), max_size=1).map(tuple),
    part=st.none() | st.sampled_from(("morning", "afternoon", "evening")),
    place=st.none() | st.sampled_from(("ringe", "nowhere")),
)
FEW, MANY = made_up(60, 1), made_up(5_000, 2)
INDEXES = {"few": (FEW, Index.build(FEW)), "many": (MANY, Index.build(MANY))}


def test_the_two_ways_of_searching_are_both_under_test() -> None:
    assert len(FEW) < SMALL < len(MANY)


@pytest.mark.parametrize("which", ["few", "many"])
@settings(max_examples=80, deadline=None)
@given(wish=wishes, limit=st.sampled_from((1, 5, 40)), offset=st.sampled_from((0, 3)))
def test_every_answer_is_that_of_one_who_looks_at_everything(
    which: Literal["few", "many"], wish: Wish, limit: int, offset: int
) -> None:
    items, index = INDEXES[which]
    every = brute(items, wish)

    hits = index.search(wish, limit, offset)

    best = sorted(every.values())[offset : offset + limit]
    assert [every[hit.number] for hit in hits] == pytest.approx(best, abs=0.01)
    assert len(set(numbers(hits))) == len(hits)
    assert [hit.km for hit in hits if hit.km is None] == [None] * (0 if wish.point else len(hits))
    if wish.point:
        places = {one.number: (one.lat, one.lon) for one in items}
        distances = [haversine(wish.point, places[hit.number]) for hit in hits]
        assert [hit.km for hit in hits] == pytest.approx(distances, abs=0.01)
