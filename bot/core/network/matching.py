"""Who fits whom: the best set of pairs over a community, who stands next in line, and what blocks everybody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

import numpy as np

from bot.core.network.matching_rules import RULES, SAFETY, Columns, Grid, Reason, broken, points, reasons_of
from bot.core.network.model import Past, Request, Volunteer
from bot.core.schedule import local_day

STANDING = 20
"""Points that keep a pair together which was suggested before: a list in somebody's hand does not move by itself."""

TIE_BITS = 22
"""Room below one point, in which a number made from both ids settles ties: never by who stands first in a list."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A request and a volunteer's person that belong together; `points` say how well."""

    request: int
    volunteer: int
    points: int


@dataclass(frozen=True, slots=True)
class Cause:
    """Why someone has nobody. `more`: how many there would be if this one thing were not asked.

    `taken`: there are some who fit, but others need them more. `nobody`: there is no one at all on the other list.
    `several`: no single thing stands in the way; `reason` is then the first that leaves nobody.
    """

    reason: Reason | Literal["taken", "nobody"]
    more: int = 0
    several: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Pairs in the order of their requests, and by request and by volunteer's person what blocks who has none."""

    pairs: tuple[Pair, ...]
    requests: Mapping[int, tuple[Cause, ...]]
    volunteers: Mapping[int, tuple[Cause, ...]]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A volunteer who could be asked for a request. `breaks`: wishes that it would not meet; it may still be picked."""

    volunteer: int
    points: int
    breaks: tuple[Reason, ...] = ()


def suggest(requests: Sequence[Request], volunteers: Sequence[Volunteer], past: Past, now: datetime) -> Suggestion:
    """The set of pairs with the most points together, of one community. `requests` are those that wait.

    The same people give the same pairs in whatever order they come; what was suggested and still holds stays.
    """
    columns = _columns(requests, volunteers, past, now)
    if not columns.requests or not columns.volunteers:
        return Suggestion(
            (),
            {each.id: (Cause("nobody"),) for each in columns.requests},
            {each.person: (Cause("nobody"),) for each in columns.volunteers if each.room},
        )
    breaks = broken(columns)
    worth = np.where(breaks == 0, points(columns), 0)
    standing = columns.where(past.standing, lambda request: request.id)
    chosen = _assign(columns, worth, standing)
    pairs = tuple(
        Pair(columns.requests[row].id, columns.volunteers[column].person, int(worth[row, column]))
        for row, column in chosen
    )
    matched, helping = {pair.request for pair in pairs}, {pair.volunteer for pair in pairs}
    return Suggestion(
        pairs,
        {
            each.id: causes(breaks[row])
            for row, each in enumerate(columns.requests)
            if each.id not in matched and each.state == "waiting"
        },
        {
            each.person: causes(breaks[:, column])
            for column, each in enumerate(columns.volunteers)
            if each.person not in helping and each.room
        },
    )


def rank(request: Request, volunteers: Sequence[Volunteer], past: Past, now: datetime) -> tuple[Ranked, ...]:
    """Everyone who may be asked for a request: those who meet every wish first, then by points."""
    columns = _columns((request,), volunteers, past, now)
    if not columns.volunteers:
        return ()
    breaks, worth = broken(columns)[0], points(columns)[0]
    found = [
        Ranked(each.person, int(worth[column]), reasons_of(int(breaks[column])))
        for column, each in enumerate(columns.volunteers)
    ]
    allowed = [each for each in found if not set(each.breaks) & set(SAFETY)]
    return tuple(sorted(allowed, key=lambda each: (len(each.breaks), -each.points, each.volunteer)))


def forbidden(request: Request, volunteer: Volunteer, past: Past, now: datetime) -> tuple[Reason, ...]:
    """The rules between these two that nobody may set aside; empty where they may meet."""
    return tuple(reason for reason in between(request, volunteer, past, now) if reason in SAFETY)


def between(request: Request, volunteer: Volunteer, past: Past, now: datetime) -> tuple[Reason, ...]:
    """Every rule and wish that these two break, in the order in which they are told."""
    return reasons_of(int(broken(_columns((request,), (volunteer,), past, now))[0, 0]))


def blocking(request: Request, volunteers: Sequence[Volunteer], past: Past, now: datetime) -> tuple[Cause, ...]:
    """What blocks one request."""
    if not volunteers:
        return (Cause("nobody"),)
    return causes(broken(_columns((request,), volunteers, past, now))[0])


def causes(codes: Grid) -> tuple[Cause, ...]:
    """What blocks one row or column of `broken`: the things that, left out one at a time, would give somebody.

    Where no single one would, the first rule in their order after which nobody is left.
    """
    if (codes == 0).any():
        return (Cause("taken", int((codes == 0).sum())),)
    alone = [(reason, int((codes == (1 << number)).sum())) for number, reason in enumerate(RULES) if reason != "self"]
    blocking = tuple(Cause(reason, more) for reason, more in alone if more)
    if blocking:
        return tuple(sorted(blocking, key=lambda cause: -cause.more))
    left = codes
    for number, reason in enumerate(RULES):
        left = left[(left & (1 << number)) == 0]
        if not left.size:
            return (Cause(reason if reason != "self" else "nobody", 0, several=True),)
    return (Cause("nobody"),)


def _columns(requests: Sequence[Request], volunteers: Sequence[Volunteer], past: Past, now: datetime) -> Columns:
    """In the order of their ids: the order in which they come decides nothing."""
    return Columns(
        sorted(requests, key=lambda each: each.id),
        sorted(volunteers, key=lambda each: each.person),
        past,
        now,
        local_day(now),
    )


def _assign(columns: Columns, worth: Grid, standing: Grid) -> list[tuple[int, int]]:
    """The cells of the best assignment; a volunteer with room for three stands there three times, each worth less."""
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 # 0.2 s that a start need not pay

    rows = np.flatnonzero((worth > 0).any(axis=1))
    places = [
        (column, extra)
        for column, each in enumerate(columns.volunteers)
        if (worth[:, column] > 0).any()
        for extra in range(min(each.room, len(rows)))
    ]
    if not places:
        return []
    seats = np.array([column for column, _ in places])
    less = np.array([extra for _, extra in places]) * 60
    weight = worth[np.ix_(rows, seats)]
    kept = standing[np.ix_(rows, seats)]
    weight = np.where(weight > 0, np.maximum(1, weight - less + STANDING * kept), 0)
    spare = TIE_BITS - min(len(rows), len(seats)).bit_length()
    ties = _ties(columns, rows, seats) >> np.uint64(64 - max(4, spare))
    weight = np.where(weight > 0, (weight << TIE_BITS) + ties.astype(np.int64), 0)
    found = linear_sum_assignment(weight, maximize=True)
    return [(int(rows[row]), int(seats[seat])) for row, seat in zip(*found, strict=True) if weight[row, seat] > 0]


def _ties(columns: Columns, rows: Grid, seats: Grid) -> Grid:
    """A number of 64 bits for each pair, from both ids alone (SplitMix64's finish)."""
    ids = np.array([columns.requests[row].id for row in rows], dtype=np.uint64).reshape(-1, 1)
    persons = np.array([columns.volunteers[seat].person for seat in seats], dtype=np.uint64).reshape(1, -1)
    with np.errstate(over="ignore"):
        mixed = ids * np.uint64(0x9E3779B97F4A7C15) + persons * np.uint64(0xC2B2AE3D27D4EB4F)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        found: Grid = mixed ^ (mixed >> np.uint64(31))
        return found


def with_standing(past: Past, pairs: Sequence[Pair]) -> Past:
    """The past in which these pairs were suggested."""
    return replace(past, standing=frozenset((pair.request, pair.volunteer) for pair in pairs))
