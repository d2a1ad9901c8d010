"""A question in a button: it comes back as it was, always fits, and a forged one does no harm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.query import FARTHEST, Query, base36, code, codes, day_code, decode, encode
from bot.packs import PACKS, read_pack
from bot.topics import read_topics

CONCEPTS = read_topics()
TOPICS, AUDIENCE = CONCEPTS.ids("topic"), CONCEPTS.ids("audience")
PLACES = [place.id for pack in PACKS.iterdir() for place in read_pack(pack).places]
CODES = codes(TOPICS, AUDIENCE, PLACES)
LONGEST_DATA = 64  # bytes; Bot API, `callback_data`
MOST_ACTIVITIES = 99_999


def some(names: list[str] | tuple[str, ...], most: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(sorted(names)), max_size=most, unique=True).map(tuple)


def queries(most: int) -> st.SearchStrategy[Query]:
    """Queries with up to `most` concepts of each kind."""
    days = st.dates(date(2026, 1, 1), date(2030, 12, 31))
    spans = st.none() | st.tuples(days, st.integers(0, 400))
    return st.builds(
        lambda query, span: replace(query, start=span[0], end=span[0] + timedelta(span[1])) if span else query,
        st.builds(
            Query,
            topics=some(TOPICS, most),
            without=some(TOPICS, most),
            audience=some(AUDIENCE, most),
            part=st.sampled_from([None, "morning", "afternoon", "evening"]),
            time=st.none() | st.builds(time, st.integers(0, 23), st.integers(0, 59)),
            place=st.none() | st.sampled_from(PLACES),
            offset=st.integers(0, FARTHEST),
        ),
        spans,
    )


@given(queries(most=1))
def test_a_question_of_one_of_each_comes_back_as_it_was(query: Query) -> None:
    assert decode(encode(query), CODES) == query


@given(queries(most=12))
def test_of_a_long_question_topics_days_and_town_come_back_and_nothing_is_added(query: Query) -> None:
    back = decode(encode(query), CODES)
    kept = [(each.start, each.end, each.part, each.place, each.offset, each.topics[:4]) for each in (back, query)]
    assert kept[0] == kept[1]
    assert set(back.topics) <= set(query.topics)
    assert back.without in ((), query.without)
    assert back.audience in ((), query.audience)
    assert back.time in (None, query.time)


@given(queries(most=12), st.integers(1, MOST_ACTIVITIES))
def test_a_button_with_verb_activity_day_and_language_is_never_too_long(query: Query, number: int) -> None:
    data = f"c:{number}:{day_code(date(2199, 12, 31))}:{encode(query)}~ar"
    assert len(data.encode()) <= LONGEST_DATA


FORGED = st.text(max_size=64) | st.text("0123456789.-tnadphl_ z", max_size=64)


@given(FORGED)
def test_a_forged_question_is_refused_or_read_as_one_that_can_be_asked_again(text: str) -> None:
    try:
        query = decode(text, CODES)
    except ValueError:
        return
    assert decode(encode(query), CODES).start == query.start


@pytest.mark.parametrize("text", ["", "0.dfuy4--5", "0.d-1", "0.dzzzzzzzz", "0.h2561", "0.h1", "x y", "0.dfuy4-zzzzz"])
def test_days_and_hours_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        decode(text, CODES)


def test_a_negative_number_has_no_code() -> None:
    with pytest.raises(ValueError, match="-1"):
        base36(-1)


def test_what_is_no_longer_known_is_left_out_of_an_old_button() -> None:
    old = f"0.t{code('a topic that was')}{code('football')}.l{code('a town that was', 3)}"
    assert decode(old, CODES) == Query(topics=("football",))


@pytest.mark.parametrize(("kind", "names", "length"), [("topic", TOPICS, 2), ("audience", AUDIENCE, 2)])
def test_no_two_concepts_share_a_code(kind: str, names: tuple[str, ...], length: int) -> None:
    found = {code(name, length) for name in names}
    assert (kind, len(found)) == (kind, len(set(names)))
    assert len(found) > 5


def test_no_two_places_of_all_packs_share_a_code() -> None:
    assert len({code(place, 3) for place in PLACES}) == len(set(PLACES)) > 20
