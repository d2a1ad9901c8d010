"""What may be shown: no count under five, and nothing from which one could be reckoned, also over a year's quarters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bot.core.hiding import LEAST, Share, Shown, at_least, hide, hide_share, hide_share_of_year, hide_year

NAMES = ("a", "b", "c")
quarters_of_three = some.lists(some.lists(some.integers(0, 9), min_size=3, max_size=3), min_size=2, max_size=3)
pairs = some.lists(some.tuples(some.integers(0, 12), some.integers(0, 12)), min_size=1, max_size=4)


def named(counts: Sequence[int]) -> dict[str, int]:
    return dict(zip(NAMES, counts, strict=True))


def test_a_small_count_is_hidden_and_takes_the_next_smallest_with_it() -> None:
    assert hide({"film": 40, "dance": 9, "chess": 3}) == Shown((("film", 40),), 12)
    assert hide({"film": 40, "dance": 9}) == Shown((("film", 40), ("dance", 9)))
    assert hide({"film": 40, "dance": 9, "chess": 3, "art": 4}) == Shown((("film", 40), ("dance", 9)), 7)
    assert hide({"film": 3, "dance": 1}) == hide({}) == Shown()
    assert hide({"film": 40, "chess": 1}) == Shown((), 41)


def test_whoever_knows_the_rule_still_finds_four_values_for_each_hidden_count() -> None:
    seen: dict[Shown, list[dict[str, int]]] = defaultdict(list)
    for counts in product(range(20), repeat=3):
        if sum(counts) < 20:  # all that could be behind a sum, none cut off
            seen[hide(named(counts))].append(named(counts))
    for shown, possible in seen.items():
        assert all(count >= LEAST for _, count in shown.rows)
        assert shown.rest is None or shown.rest >= LEAST
        complete = shown.rows and shown.rest is None
        for name in NAMES if not complete else ():
            values = {counts[name] for counts in possible}
            assert name in shown.names or len(values) >= LEAST - 1, (shown, name, values)


def test_a_share_says_nearly_all_or_nearly_none_where_the_other_side_is_small() -> None:
    assert hide_share(38, 2) == Share(40, nearly="all")
    assert hide_share(4, 36) == Share(40, nearly="none")
    assert hide_share(20, 20) == Share(40, 20)
    assert [hide_share(4, 4), hide_share(9, 0), hide_share(3, 1)] == [Share(8), Share(9), Share()]


def possible(shown: Shown) -> Iterator[dict[str, int]]:
    """All counts of the three names that a quarter's list leaves open."""
    rows = dict(shown.rows)
    hidden = [name for name in NAMES if name not in rows]
    if rows and shown.rest is None:
        yield {**dict.fromkeys(NAMES, 0), **rows}
        return
    for values in product(range((shown.rest or LEAST - 1) + 1), repeat=len(hidden)):
        if sum(values) == shown.rest or (shown.rest is None and sum(values) < LEAST):
            yield {**rows, **dict(zip(hidden, values, strict=True))}


def agrees(year: Shown, counts: Sequence[Mapping[str, int]]) -> bool:
    """Whether the quarters could be these, by what the year tells."""
    sums = {name: sum(each[name] for each in counts) for name in NAMES}
    if any(sums[name] != count for name, count in year.rows):
        return False
    whole = sum(sums.values())
    complete = year.rows and year.rest is None and sum(count for _, count in year.rows) == whole
    return year.rest is None or complete or whole == sum(count for _, count in year.rows) + year.rest


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(quarters_of_three)
def test_no_hidden_count_of_a_quarter_can_be_reckoned_from_its_year(counts: list[list[int]]) -> None:
    quarters = [hide(named(each)) for each in counts[:2]]
    year = hide_year(quarters, {name: sum(each[at] for each in counts[:2]) for at, name in enumerate(NAMES)})
    assert all(count >= LEAST for _, count in year.rows)
    open_ones = [each for each in product(*(list(possible(quarter)) for quarter in quarters)) if agrees(year, each)]
    for at, quarter in enumerate(quarters):
        if quarter.rows and quarter.rest is None:
            continue
        for name in set(NAMES) - quarter.names:
            values = {each[at][name] for each in open_ones}
            assert max(values) - min(values) >= LEAST - 1, (quarters, year, name, values)
        totals = {sum(each[at].values()) for each in open_ones}
        assert len(totals) >= LEAST or quarter.rest is not None or quarter.rows, (quarters, year, totals)


def open_shares(share: Share) -> Iterator[tuple[int, int]]:
    """The pairs of yes and no that a share leaves open."""
    for yes, no in product(range(25), repeat=2):
        if share.total is None:
            fits = yes + no < LEAST
        elif share.yes is not None:
            fits = (yes, no) == (share.yes, share.total - share.yes)
        else:
            small = {"all": no, "none": yes, "": 0}[share.nearly]
            fits = yes + no == share.total and small < LEAST
        if fits:
            yield yes, no


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pairs)
def test_no_hidden_share_of_a_quarter_can_be_reckoned_from_its_year(counts: list[tuple[int, int]]) -> None:
    counts = counts[:2]
    quarters = [hide_share(*each) for each in counts]
    year = hide_share_of_year(quarters, sum(yes for yes, _ in counts), sum(no for _, no in counts))
    fitting = []
    for each in product(*(list(open_shares(quarter)) for quarter in quarters)):
        yes, no = sum(one for one, _ in each), sum(other for _, other in each)
        small = {"all": no, "none": yes, "": 0}[year.nearly]
        if (year.total in (None, yes + no)) and (year.yes in (None, yes)) and small < LEAST:
            fitting.append(each)
    for at, quarter in enumerate(quarters):
        if quarter.yes is None:
            assert len({each[at] for each in fitting}) >= LEAST, (quarters, year)


def test_a_year_shows_what_no_quarter_could() -> None:
    quarters = [{"film": 20, "art": 3, "chess": 2}, {"film": 20, "art": 4, "chess": 4}]
    year = hide_year([hide(each) for each in quarters], {"film": 40, "art": 7, "chess": 6})
    assert year == Shown((("film", 40), ("art", 7), ("chess", 6)))


def test_a_quarter_under_five_is_not_told_by_the_year_and_what_was_shown_is_added_up() -> None:
    quarters = [hide({"film": 20, "art": 9}), hide({"film": 3})]
    assert quarters[1] == Shown()
    assert hide_year(quarters, {"film": 23, "art": 9}) == Shown()
    assert at_least(quarters) == Shown((("film", 20), ("art", 9)), at_least=True)
