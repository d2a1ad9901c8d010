"""Where the occurrences of a large community lie: cells on the map, so that a search looks only at what can win."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bot.core.nearby_table import (
    DAY_SECONDS,
    EARTH_KM,
    KM_FOR_LANGUAGE,
    KM_FOR_OPEN,
    KM_PER_DAY,
    Floats,
    Numbers,
    Table,
    Wish,
    unit_vector,
)

CELL = (0.05, 0.08)  # degrees of latitude and longitude: about 5.5 by 5 km in Denmark
FIRST_CELLS = 8
FIRST_DAYS = 1.0
FEW = 4_096  # rows that are looked at without asking where they are


@dataclass(frozen=True, slots=True)
class _Posting:
    """Rows of the table by cell and then start: `keys` are sorted, `rows` beside them."""

    keys: Numbers
    rows: Numbers


class Cells:
    """Where the rows of a large table lie: cells of a few kilometres, in them by start, for all and for each topic.

    Exact: a cell is left out only if its nearest point is farther than what was found already, waiting included.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        cell = _cell_of(table.lat, table.lon)
        self._centres, self._radius = _circles(table.xyz, cell)
        self._base = int(table.start.min())
        self._span = int(table.start.max()) - self._base + 2
        keys = cell[table.group] * self._span + (table.start - self._base)
        order = keys.argsort(kind="stable")
        self._every = _Posting(keys[order], order)
        topics = table.topics[table.group][order]
        self._by_topic = {
            topic: _Posting(keys[order][chosen], order[chosen])
            for topic, bit in table.topic_words.each().items()
            for chosen in [(topics & np.uint64(bit)) != 0]
        }
        places = table.place[table.group]
        self._by_place = places.argsort(kind="stable")
        self._places = places[self._by_place]

    def search(self, wish: Wish, count: int) -> Iterator[tuple[float, int]]:
        """Cost and row of the best `count` activities of each posting that the wish touches."""
        if wish.place is not None:
            place = self._table.place_words.find(wish.place)
            first, last = np.searchsorted(self._places, [place, place + 1])
            yield from best_of(self._table, self._by_place[first:last], wish, count)
            return
        away = self._away(wish.point)
        postings = [self._by_topic[topic] for topic in wish.topics if topic in self._by_topic]
        for posting in postings if wish.topics else [self._every]:
            yield from self._search(posting, away, wish, count)

    def _away(self, point: tuple[float, float] | None) -> Floats:
        """How far the nearest point of each cell can be at least."""
        if point is None:
            return np.zeros(len(self._radius))
        centre = EARTH_KM * np.arccos(np.minimum(self._centres @ unit_vector(point), 1.0))
        return np.maximum(centre - self._radius - 0.001, 0.0)

    def _search(self, posting: _Posting, away: Floats, wish: Wish, count: int) -> Sequence[tuple[float, int]]:
        if len(posting.rows) <= FEW:
            return best_of(self._table, posting.rows, wish, count)
        worst = self._worst(posting, away, wish, count)
        if math.isinf(worst):
            return best_of(self._table, posting.rows, wish, count)
        floor = -KM_FOR_LANGUAGE if wish.languages else 0.0
        cells = np.flatnonzero(away + floor <= worst + 1e-6)
        waits = (worst - floor - away[cells]) / KM_PER_DAY
        return best_of(self._table, self._rows(posting, cells, wish, waits), wish, count)

    def _worst(self, posting: _Posting, away: Floats, wish: Wish, count: int) -> float:
        """A cost that the best `count` do not exceed, from the nearest cells and days; infinite if all must be seen.

        Looks farther until it has found so many that are for the audience asked for: one that is for everybody
        costs so much more that it would bound nothing.
        """
        cells, days = FIRST_CELLS, FIRST_DAYS
        while cells < 4 * len(away):
            near = np.argpartition(away, cells)[:cells] if cells < len(away) else np.arange(len(away))
            found = best_of(self._table, self._rows(posting, near, wish, np.full(len(near), days)), wish, count)
            if len(found) >= count and found[-1][0] < KM_FOR_OPEN / 2:
                return found[-1][0]
            cells, days = 4 * cells, 4 * days
        return math.inf

    def _rows(self, posting: _Posting, cells: Numbers, wish: Wish, waits: Floats) -> Numbers:
        """The rows in the cells that begin at most so many days after the wish's start, each cell with its own."""
        last = self._span - 1 if wish.end is None else wish.end - self._base
        until = np.minimum(wish.start - self._base + np.ceil(waits * DAY_SECONDS) + 1, last)
        first = np.clip(wish.start - self._base, 0, self._span - 1)
        begin = np.searchsorted(posting.keys, cells * self._span + first)
        finish = np.searchsorted(
            posting.keys, cells * self._span + np.clip(until, first, self._span - 1).astype(np.int64)
        )
        sizes = finish - begin
        jumps = np.repeat(begin - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes)
        rows: Numbers = posting.rows[jumps + np.arange(len(jumps))]
        return rows


def best_of(table: Table, rows: slice | Numbers, wish: Wish, count: int) -> list[tuple[float, int]]:
    """Cost and row of the best `count` activities among the rows, best first."""
    when = table.time_cost(rows, wish)
    fits = np.flatnonzero(np.isfinite(when))
    chosen = fits if isinstance(rows, slice) else rows[fits]
    cost = when[fits] + table.shared_cost(table.group[chosen], wish)
    few = 8 * count + 32
    if len(cost) > few:
        cheap = np.flatnonzero(cost <= np.partition(cost, few)[few])
        found = _distinct(table, chosen[cheap], cost[cheap], count)
        if len(found) >= count:
            return found
    return _distinct(table, chosen, cost, count)


def _distinct(table: Table, rows: Numbers, cost: Floats, count: int) -> list[tuple[float, int]]:
    """The cheapest row of each activity, cheapest first; equal costs by number."""
    numbers = table.number[table.group[rows]]
    found: dict[int, tuple[float, int]] = {}
    for each in np.lexsort((numbers, cost)):
        price, number = cost.item(each), numbers.item(each)
        if math.isinf(price) or len(found) >= count:
            break
        found.setdefault(number, (price, rows.item(each)))
    return list(found.values())


def _cell_of(lat: Floats, lon: Floats) -> Numbers:
    rows, columns = np.floor(lat / CELL[0]).astype(np.int64), np.floor(lon / CELL[1]).astype(np.int64)
    _, cell = np.unique(rows * 10_000 + columns, return_inverse=True)
    numbers: Numbers = cell.astype(np.int64)
    return numbers


def _circles(xyz: Floats, cell: Numbers) -> tuple[Floats, Floats]:
    """A centre and a radius in kilometres round all points of each cell."""
    sums: Floats = np.column_stack([np.bincount(cell, weights=xyz[:, axis]) for axis in range(3)]).astype(np.float64)
    centres: Floats = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    away = EARTH_KM * np.arccos(np.minimum((xyz * centres[cell]).sum(axis=1), 1.0))
    radius = np.zeros(len(centres))
    np.maximum.at(radius, cell, away)
    return centres, radius
