"""Which counts of persons may be shown: none under five, and none that could be reckoned from what is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

LEAST = 5
"""Smaller counts are hidden, none at all among them: a Tigrinya speaker in a village is one person. What is hidden may
always be any of at least so many values."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Counts as they may be shown: `rows` with their names, the largest first, and `rest`: all others together.

    `rest` None: there is nothing else; where there are no `rows` either, it is under five in all. In a year's it may
    also be hidden, as it would tell a quarter's (`hide_year`). `at_least`: a year's, added up
    from what its quarters showed.
    """

    rows: tuple[tuple[str, int], ...] = ()
    rest: int | None = None
    at_least: bool = False

    @property
    def names(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.rows)


@dataclass(frozen=True, slots=True)
class Share:
    """Of how many (`total`) it holds for how many (`yes`), as it may be shown. `total` None: under five.

    `yes` None is hidden; `nearly` then says whether it holds for all but four at most, or for four at most.
    """

    total: int | None = None
    yes: int | None = None
    nearly: Literal["", "all", "none"] = ""


def hide(counts: Mapping[str, int]) -> Shown:
    """The one rule: counts under five are hidden, and where they could be had by subtraction, the next smallest too.

    What is hidden is said together (`rest`), as it is the sum less the rows anyway: so it is at least two counts, and
    so many persons that none of them can be reckoned, also not by who knows this rule.
    """
    ranked = sorted(((name, count) for name, count in counts.items() if count), key=lambda one: (-one[1], one[0]))
    rows = [one for one in ranked if one[1] >= LEAST]
    hidden = ranked[len(rows) :]
    while rows and hidden and not _is_open(_sum(hidden), len(hidden), rows[-1][1]):
        hidden.append(rows.pop())
    rest = _sum(hidden)
    return Shown(tuple(rows), rest if rest >= LEAST else None)


def _is_open(together: int, hidden: int, smallest: int) -> bool:
    """Whether a hidden count may still be anything from 1 on, also for who knows the rule: that the others which are
    hidden with it are at most as large as the smallest one shown."""
    return hidden > 1 and LEAST <= together <= (hidden - 1) * (smallest - 1) + 1


def hide_share(yes: int, no: int) -> Share:
    """Of so many, for how many it holds. Of fewer than ten nothing but the sum can be said."""
    total = yes + no
    if total < LEAST:
        return Share()
    if min(yes, no) >= LEAST:
        return Share(total, yes)
    if total < 2 * LEAST:
        return Share(total)
    return Share(total, nearly="all" if no < LEAST else "none")


def hide_year(quarters: Sequence[Shown], counts: Mapping[str, int]) -> Shown:
    """A year's counts beside its quarters, which were shown before: nothing hidden there may come out by subtraction.

    `counts` are the sums of the quarters' own. What would narrow a hidden count of a quarter to fewer than five values
    is hidden in the year too: the sum of all first, then the smallest count, and so on.
    """
    rows, whole = list(hide(counts).rows), sum(counts.values())
    columns = [_column(quarter) for quarter in quarters]
    while True:
        hidden = whole - _sum(rows)
        if (not hidden or hidden >= LEAST) and whole >= LEAST and _is_safe(counts, columns, rows, whole):
            return Shown(tuple(rows), hidden or None)
        if rows and hidden >= LEAST and _is_safe(counts, columns, rows, None):
            return Shown(tuple(rows))
        if not rows:
            return Shown()
        rows.pop()


def at_least(quarters: Sequence[Shown]) -> Shown:
    """What the quarters of a year showed, added up: it tells nothing new, so it can always be said."""
    sums: dict[str, int] = {}
    for name, count in (row for quarter in quarters for row in quarter.rows):
        sums[name] = sums.get(name, 0) + count
    return Shown(tuple(sorted(sums.items(), key=lambda one: (-one[1], one[0]))), at_least=True)


def hide_share_of_year(quarters: Sequence[Share], yes: int, no: int) -> Share:
    """A year's share beside its quarters', as far as it tells nothing that is hidden there."""
    counts = {"yes": yes, "no": no}
    columns = [_column_of(quarter) for quarter in quarters]
    share = hide_share(yes, no)
    if share.yes is not None and _is_safe(counts, columns, [("yes", yes), ("no", no)], yes + no):
        return share
    whole = [_Column({}, yes + no, "no" if share.nearly == "all" else "yes")] if share.nearly else []
    if whole and _is_safe(counts, columns, (), yes + no, most={whole[0].small: LEAST - 1}):
        return share
    if share.total is not None and _is_safe(counts, columns, (), yes + no):
        return Share(share.total)
    return Share()


@dataclass(frozen=True, slots=True)
class _Column:
    """What a quarter's list tells: its known counts, the sum of all (None: under five), which one is under five."""

    known: Mapping[str, int]
    total: int | None
    small: str = ""

    @property
    def is_open(self) -> bool:
        """Whether anything in it is hidden."""
        return self.total is None or self.total > sum(self.known.values())


def _column(quarter: Shown) -> _Column:
    known = dict(quarter.rows)
    if not known and quarter.rest is None:
        return _Column(known, None)
    return _Column(known, _sum(quarter.rows) + (quarter.rest or 0))


def _column_of(quarter: Share) -> _Column:
    if quarter.total is None:
        return _Column({}, None)
    if quarter.yes is not None:
        return _Column({"yes": quarter.yes, "no": quarter.total - quarter.yes}, quarter.total)
    return _Column({}, quarter.total, {"all": "no", "none": "yes", "": ""}[quarter.nearly])


def _is_safe(
    names: Mapping[str, int],
    columns: Sequence[_Column],
    rows: Sequence[tuple[str, int]],
    whole: int | None,
    most: Mapping[str, int] | None = None,
) -> bool:
    """Whether every hidden count of the columns may still be any of five values, when the rows (and the sum of all) of
    the year are known too: the least and the most it can be, by linear programming. The sums form a network, whose
    extremes are whole numbers, so nothing is lost by reckoning with real ones.
    """
    cells = [
        (name, at) for at, column in enumerate(columns) if column.is_open for name in names if name not in column.known
    ]
    if not cells:
        return True
    problem = _Problem(cells, columns)
    for name, count in rows:
        problem.equal([cell[0] == name for cell in cells], count - sum(each.known.get(name, 0) for each in columns))
    if whole is not None:
        problem.equal(
            [True] * len(cells),
            whole
            - sum(sum(each.known.values()) for each in columns if each.is_open)
            - sum(each.total or 0 for each in columns if not each.is_open),
        )
    for name, count in (most or {}).items():
        problem.at_most([cell[0] == name for cell in cells], count - sum(each.known.get(name, 0) for each in columns))
    return all(problem.width(which) >= LEAST - 1 for which in problem.protected())


class _Problem:
    """What is known of the hidden counts as equations, and how far each is held by them."""

    def __init__(self, cells: Sequence[tuple[str, int]], columns: Sequence[_Column]) -> None:
        self._cells, self._columns = cells, columns
        self._equal: list[tuple[list[bool], int]] = []
        self._most: list[tuple[list[bool], int]] = []
        self._bounds = [(0, LEAST - 1 if columns[at].small == name else None) for name, at in cells]
        for at, column in enumerate(columns):
            inside = [cell[1] == at for cell in cells]
            if column.is_open and column.total is not None:
                self.equal(inside, column.total - sum(column.known.values()))
            elif column.is_open:
                self.at_most(inside, LEAST - 1)

    def equal(self, which: list[bool], to: int) -> None:
        if any(which):
            self._equal.append((which, to))

    def at_most(self, which: list[bool], most: int) -> None:
        if any(which):
            self._most.append((which, most))

    def protected(self) -> Iterator[list[bool]]:
        """Each hidden count, and the sum of a quarter of which nothing was shown."""
        for number in range(len(self._cells)):
            yield [at == number for at in range(len(self._cells))]
        for at, column in enumerate(self._columns):
            if column.total is None:
                yield [cell[1] == at for cell in self._cells]

    def width(self, which: list[bool]) -> float:
        """The most less the least that these can be together."""
        return self._extreme(which, -1) - self._extreme(which, 1)

    def _extreme(self, which: list[bool], sign: int) -> float:
        from scipy.optimize import linprog  # noqa: PLC0415 # a large library that only a year's report needs

        found = linprog(
            [sign * each for each in which],
            A_ub=[row for row, _ in self._most] or None,
            b_ub=[to for _, to in self._most] or None,
            A_eq=[row for row, _ in self._equal] or None,
            b_eq=[to for _, to in self._equal] or None,
            bounds=self._bounds,
        )
        return round(sign * float(found.fun)) if found.status == 0 else 0.0


def _sum(rows: Sequence[tuple[str, int]]) -> int:
    return sum(count for _, count in rows)
