"""What there is near a person, and what to name first: an index in memory over the coming occurrences."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress
from typing import Literal

import numpy as np

from bot.core.nearby_cells import Cells, best_of
from bot.core.nearby_table import EARTH_KM, Item, Table, Wish, offset_minutes, unit_vector

__all__ = ["Hit", "Index", "Item", "Reason", "Wish"]

Reason = Literal["topic", "audience", "language", "today", "near", "full"]
REASONS: tuple[Reason, ...] = ("topic", "audience", "language", "today", "near", "full")

NEAR_KM = 5.0
SMALL = 8_192  # up to here every item is looked at; beyond, only cells that can still win


@dataclass(frozen=True, slots=True)
class Hit:
    """An activity to name, with the occurrence it is named for. `km` None where nobody said from where."""

    number: int
    day: date
    km: float | None
    why: tuple[Reason, ...]


class Index:
    """The coming occurrences of a community. Built anew when activities change; only seats change in between."""

    def __init__(self, table: Table, cells: Cells | None) -> None:
        self._table = table
        self._cells = cells

    @classmethod
    def build(cls, items: Sequence[Item]) -> Index:
        """An index over the items, in any order. Raises ValueError for more than 64 topics, audiences or languages."""
        table = Table(items)
        return cls(table, Cells(table) if len(table) > SMALL else None)

    def __len__(self) -> int:
        return len(self._table)

    def set_free(self, number: int, day: date, free: int | None) -> None:
        """After a sign-up: how many seats one occurrence has now. Nothing where it is not in the index."""
        self._table.set_free(number, day, free)

    def search(self, wish: Wish, limit: int = 5, offset: int = 0) -> list[Hit]:
        """The best activities for a wish, best first, each once, with the occurrence that fits best.

        First what is for the audience asked for, then what is for everybody (or its kin); what is for others only is
        not shown. An asker of whom nothing is said sees all, what is limited to somebody a little later. Within that
        the sum of kilometres above; equal sums by number.
        """
        best: dict[int, tuple[float, int]] = {}
        for cost, row in self._candidates(wish, offset + limit):
            number = int(self._table.number[self._table.group[row]])
            if number not in best or (cost, row) < best[number]:
                best[number] = (cost, row)
        ranked = sorted((cost, number, row) for number, (cost, row) in best.items())
        return list(self._hits([row for _, _, row in ranked[offset : offset + limit]], wish))

    def _candidates(self, wish: Wish, count: int) -> Iterator[tuple[float, int]]:
        """Cost and row of at least the `count` best activities, where there are so many."""
        if not len(self._table) or count <= 0:
            return
        if self._cells is None:
            yield from self._all(wish, count)
        else:
            yield from self._cells.search(wish, count)

    def _all(self, wish: Wish, count: int) -> Iterator[tuple[float, int]]:
        if len(self._table) < 4 * len(
            self._table.first
        ):  # hardly any that repeats: first what is in the time asked for
            yield from best_of(self._table, slice(None), wish, count)
            return
        shared = self._table.shared_cost(slice(None), wish)
        when = self._table.time_cost(slice(None), wish)
        total = shared + np.minimum.reduceat(when, self._table.first)
        order = total.argsort(kind="stable")
        numbers: set[int] = set()
        for group in order.tolist():
            cost = float(total[group])
            if math.isinf(cost) or len(numbers) >= count:
                return
            numbers.add(int(self._table.number[group]))
            first = int(self._table.first[group])
            last = int(self._table.first[group + 1]) if group + 1 < len(self._table.first) else len(self._table)
            yield cost, first + int(when[first:last].argmin())

    def _hits(self, rows: Sequence[int], wish: Wish) -> Iterator[Hit]:
        table = self._table
        audience = table.audience_words.known(wish.audience)
        languages = table.language_words.known(wish.languages)
        today = (wish.start // 60 + offset_minutes(wish.start)) // 1440
        here = None if wish.point is None else unit_vector(wish.point).tolist()
        for row in rows:
            group = table.group.item(row)
            km = None if here is None else _km(table.xyz[group].tolist(), here)
            holds = (
                bool(wish.topics),
                table.audience.item(group) & audience,
                table.languages.item(group) & languages,
                table.local_day.item(row) == today,
                km is not None and km <= NEAR_KM,
                table.full.item(row),
            )
            day = date.fromordinal(table.day.item(row))
            yield Hit(table.number.item(group), day, km, tuple(compress(REASONS, holds)))


def _km(one: Sequence[float], other: Sequence[float]) -> float:
    return EARTH_KM * math.acos(min(1.0, one[0] * other[0] + one[1] * other[1] + one[2] * other[2]))
