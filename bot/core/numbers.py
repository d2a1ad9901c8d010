"""Numbers: from what was counted in a quarter to the figures that may be shown, and from quarters to their year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Literal, TypeVar

from bot.core.hiding import LEAST, Share, Shown, at_least, hide, hide_share, hide_share_of_year, hide_year

Group = Literal["children", "youth", "others"]
GROUPS: tuple[Group, ...] = ("children", "youth", "others")

_V = TypeVar("_V")

REST = ""
"""The name of all others together, beside the rows of a list."""

ALIVE_AFTER = (3, 6, 12)
"""Months after the first meeting at which it is looked whether two still meet."""

Lists = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Counted:
    """A quarter before anything is hidden, by measure, then by name.

    `lists`: counts (`need/topic`, `seats/organisation`, …); `capacity`: beside a list of seats how many there were;
    `days`: how long it took each, by group (`activity`, `meeting`); `shares`: for how many it holds and for how many
    not, by group (`alive/3`, …, `answered`). No persons: nobody can be found in it but by being few.
    """

    lists: Lists = field(default_factory=dict)
    capacity: Lists = field(default_factory=dict)
    days: Mapping[str, Mapping[str, Sequence[int]]] = field(default_factory=dict)
    shares: Mapping[str, Mapping[str, tuple[int, int]]] = field(default_factory=dict)

    def sizes(self) -> dict[str, Mapping[str, int]]:
        """Every list of counts: those of `lists`, and how many each median and share rests on."""
        spans = {f"days/{name}": {who: len(each) for who, each in by.items()} for name, by in self.days.items()}
        parts = {f"of/{name}": {who: sum(each) for who, each in by.items()} for name, by in self.shares.items()}
        return {**self.lists, **spans, **parts}


@dataclass(frozen=True, slots=True)
class Figures:
    """A period as it may be shown. `lists` by measure (also `days/…` and `of/…`: how many a median or share rests on);
    `capacity`, `medians` (days) and `shares` by measure, then by the rows of its list; REST is the others."""

    lists: Mapping[str, Shown] = field(default_factory=dict)
    capacity: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    medians: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    shares: Mapping[str, Mapping[str, Share]] = field(default_factory=dict)


def group_of(audience: Iterable[str]) -> Group:
    """Whom an activity is for; children before youth, as they are to be kept apart first."""
    found = set(audience)
    return "children" if "children" in found else "youth" if "youth" in found else "others"


def group_of_band(band: str) -> Group:
    """The group of an age band such as `15-17`; all of Let's Network's are under 25."""
    return "children" if int(band.partition("-")[0]) < 15 else "youth"


def figures(counted: Counted) -> Figures:
    """What of a quarter may be shown. The activities of an organisation only where its own count is shown."""
    lists = {name: hide(counts) for name, counts in counted.sizes().items()}
    hosts = lists.get("seats/organisation", Shown()).names
    lists = {name: each for name, each in lists.items() if (host := _host(name)) is None or host in hosts}
    shares = {
        name: {row: hide_share(*_added(by, members)) for row, members in _members(lists[f"of/{name}"], by).items()}
        for name, by in counted.shares.items()
    }
    return Figures(lists, _capacity(counted, lists), _medians(counted, lists), shares)


def figures_of_year(quarters: Sequence[tuple[Counted, Figures]]) -> Figures:
    """What of a year may be shown beside its quarters. Where that is nothing, what the quarters showed is added up."""
    whole = added([counted for counted, _ in quarters])
    lists = {}
    for name, counts in whole.sizes().items():
        if _host(name) is None:
            before = [shown.lists.get(name, Shown()) for _, shown in quarters]
            found = hide_year(before, counts)
            lists[name] = found if found.rows or found.rest is not None else at_least(before)
    exact = {name: each for name, each in lists.items() if not each.at_least}
    capacity, medians = _capacity(whole, exact), _medians(whole, exact)
    for name in lists.keys() - exact.keys():
        apart = added([_only(counted, shown, name) for counted, shown in quarters])
        capacity.update(_capacity(apart, {name: lists[name]}))
        medians.update(_medians(apart, {name: lists[name]}))
    return Figures(lists, capacity, medians, _shares(quarters, whole, lists))


def added(counted: Sequence[Counted]) -> Counted:
    """Several quarters as one."""

    def sums(of: Sequence[Lists]) -> dict[str, dict[str, int]]:
        return {
            name: {row: sum(each.get(name, {}).get(row, 0) for each in of) for each in of for row in each.get(name, {})}
            for name in _names(of)
        }

    days: dict[str, dict[str, list[int]]] = {}
    shares: dict[str, dict[str, tuple[int, int]]] = {}
    for each in counted:
        for name, by in each.days.items():
            for who, spans in by.items():
                days.setdefault(name, {}).setdefault(who, []).extend(spans)
        for name, parts in each.shares.items():
            for who, (yes, no) in parts.items():
                before = shares.setdefault(name, {}).get(who, (0, 0))
                shares[name][who] = (before[0] + yes, before[1] + no)
    return Counted(sums([each.lists for each in counted]), sums([each.capacity for each in counted]), days, shares)


def _names(of: Sequence[Mapping[str, object]]) -> list[str]:
    return list(dict.fromkeys(name for each in of for name in each))


def _only(counted: Counted, shown: Figures, name: str) -> Counted:
    """Of a quarter only the rows of one list that were shown."""
    rows = shown.lists.get(name, Shown()).names
    kind, _, measure = name.partition("/")

    def kept(of: Mapping[str, Mapping[str, _V]], of_name: str) -> dict[str, dict[str, _V]]:
        return {of_name: {row: value for row, value in of.get(of_name, {}).items() if row in rows}}

    if kind == "days":
        return Counted(days=kept(counted.days, measure))
    return Counted(kept(counted.lists, name), kept(counted.capacity, name))


def _host(name: str) -> str | None:
    """The organisation within whose seats a list is."""
    return name.removeprefix("seats/of/") if name.startswith("seats/of/") else None


def _members(shown: Shown, by: Mapping[str, object]) -> dict[str, list[str]]:
    """The names behind each row of a list, and behind the rest of it."""
    rows = {name: [name] for name, _ in shown.rows}
    return rows if shown.rest is None else {**rows, REST: [name for name in by if name not in rows]}


def _added(by: Mapping[str, tuple[int, int]], members: Iterable[str]) -> tuple[int, int]:
    pairs = [by[each] for each in members]
    return sum(yes for yes, _ in pairs), sum(no for _, no in pairs)


def _capacity(counted: Counted, lists: Mapping[str, Shown]) -> dict[str, dict[str, int]]:
    return {
        name: {row: sum(by[each] for each in members) for row, members in _members(lists[name], by).items()}
        for name, by in counted.capacity.items()
        if name in lists
    }


def _medians(counted: Counted, lists: Mapping[str, Shown]) -> dict[str, dict[str, float]]:
    """By row, of five spans or more."""
    found = {}
    for name, by in counted.days.items():
        rows = _members(lists[f"days/{name}"], by) if f"days/{name}" in lists else {}
        spans = {row: [span for each in members for span in by[each]] for row, members in rows.items()}
        found[f"days/{name}"] = {row: float(median(each)) for row, each in spans.items() if len(each) >= LEAST}
    return found


def _shares(
    quarters: Sequence[tuple[Counted, Figures]], whole: Counted, lists: Mapping[str, Shown]
) -> dict[str, dict[str, Share]]:
    """A year's shares: exact for a group that no quarter said together with others, else only how many."""
    found: dict[str, dict[str, Share]] = {}
    for name, by in whole.shares.items():
        before = [(shown.lists.get(f"of/{name}", Shown()), shown.shares.get(name, {})) for _, shown in quarters]
        rows = dict(lists[f"of/{name}"].rows)
        found[name] = {who: Share(count) for who, count in rows.items()}
        for who in rows if not lists[f"of/{name}"].at_least else ():
            if all(who in each.names or each.rest is None for each, _ in before):
                parts = [shares.get(who, Share()) for each, shares in before if who in each.names or not each.rows]
                found[name][who] = hide_share_of_year(parts, *by[who])
    return found
