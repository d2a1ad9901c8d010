"""The hard rules between requests and volunteers, each by its name, and the points of a pair that breaks none.

Rules and points work on whole columns at once (numpy), so that the same few lines decide one pair and a million.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from bot.core.network.model import Past, Request, Volunteer
from bot.core.network.safeguarding import may_meet_children

Grid = NDArray[Any]
"""One cell for each request (row) and volunteer (column)."""

Reason = Literal[
    "self", "approved", "said_no", "apart", "børneattest", "offer", "starts", "full", "wish", "language", "time", "far"
]

KM_PER_DEGREE = 111.2

# The points of a pair. They are whole numbers, so that sums are exact and results the same on every machine.
PAIR = 5_000  # two matches, whoever they are, are worth more than one very good one
LANGUAGE, MOST_LANGUAGES = 150, 2  # each common language; the second helps, a third hardly
SHARED_TIME, MOST_SHARED = 30, 5  # each common part of the week
NEAR, PER_KM = 120, 4  # next door, and what each kilometre takes of it
KIND = 80  # a family for who asked for a network family
WAITED_REQUEST, WAITED_VOLUNTEER, MOST_WEEKS = 30, 10, 26  # each week of waiting, for half a year
BALANCE = 60  # taken off for each person a volunteer meets already, so that nobody carries all


@dataclass(frozen=True, slots=True)
class Columns:
    """Both lists as columns of numbers; `today` is the local day on which is matched."""

    requests: Sequence[Request]
    volunteers: Sequence[Volunteer]
    past: Past
    now: datetime
    today: date

    def asks(self, of: Callable[[Request], object], kind: Any = np.int64) -> Grid:
        """A value of each request, standing upright."""
        return np.array([of(each) for each in self.requests], dtype=kind).reshape(-1, 1)

    def helps(self, of: Callable[[Volunteer], object], kind: Any = np.int64) -> Grid:
        """A value of each volunteer, lying flat."""
        return np.array([of(each) for each in self.volunteers], dtype=kind).reshape(1, -1)

    def where(self, pairs: frozenset[tuple[int, int]], row_of: Callable[[Request], int]) -> Grid:
        """True in the cells of these (row, volunteer's person) pairs."""
        grid = np.zeros((len(self.requests), len(self.volunteers)), dtype=bool)
        if pairs:
            columns = {each.person: column for column, each in enumerate(self.volunteers)}
            rows: dict[int, list[int]] = {}
            for row, request in enumerate(self.requests):
                rows.setdefault(row_of(request), []).append(row)
            for who, volunteer in pairs:
                if who in rows and volunteer in columns:
                    grid[rows[who], columns[volunteer]] = True
        return grid


Rule = Callable[[Columns], Grid]


def is_oneself(columns: Columns) -> Grid:
    found: Grid = columns.asks(lambda each: each.person) == columns.helps(lambda each: each.person)
    return found


def is_not_approved(columns: Columns) -> Grid:
    """A coordinator speaks with every volunteer first."""
    return columns.helps(lambda each: each.state != "approved", bool)


def said_no(columns: Columns) -> Grid:
    """A no is never asked twice for the same request."""
    return columns.where(columns.past.no, lambda request: request.id)


def must_stay_apart(columns: Columns) -> Grid:
    return columns.where(columns.past.apart, lambda request: request.person)


def lacks_attest(columns: Columns) -> Grid:
    """Nobody meets someone under 15 without a børneattest that was assessed and holds today."""
    may = columns.helps(lambda each: each.children and may_meet_children(each.safeguard, columns.today), bool)
    found: Grid = columns.asks(lambda each: each.guarded, bool) & ~may
    return found


def is_other_offer(columns: Columns) -> Grid:
    offers = sorted({request.offer for request in columns.requests})
    bits = {offer: 1 << number for number, offer in enumerate(offers)}
    given = columns.helps(lambda each: sum(bits.get(offer, 0) for offer in each.offers))
    found: Grid = (columns.asks(lambda each: bits[each.offer]) & given) == 0
    return found


def cannot_yet(columns: Columns) -> Grid:
    """A pause, or a start that is still ahead."""
    return columns.helps(lambda each: each.starts is not None and each.starts > columns.today, bool)


def is_full(columns: Columns) -> Grid:
    return columns.helps(lambda each: each.room == 0, bool)


def is_not_wished(columns: Columns) -> Grid:
    """Who wishes for a woman, or for a family, is not given anybody else."""
    woman = columns.asks(lambda each: "woman" in each.wishes, bool) & ~columns.helps(
        lambda each: each.kind == "woman", bool
    )
    family = columns.asks(lambda each: "family" in each.wishes, bool) & ~columns.helps(
        lambda each: each.kind == "family", bool
    )
    found: Grid = woman | family
    return found


def shares_no_language(columns: Columns) -> Grid:
    found: Grid = common_languages(columns) == 0
    return found


def shares_no_time(columns: Columns) -> Grid:
    found: Grid = common_time(columns) == 0
    return found


def is_too_far(columns: Columns) -> Grid:
    return distance(columns) > columns.helps(lambda each: each.km, np.float64)


RULES: Mapping[Reason, Rule] = {
    "self": is_oneself,
    "approved": is_not_approved,
    "said_no": said_no,
    "apart": must_stay_apart,
    "børneattest": lacks_attest,
    "offer": is_other_offer,
    "full": is_full,
    "starts": cannot_yet,
    "wish": is_not_wished,
    "language": shares_no_language,
    "time": shares_no_time,
    "far": is_too_far,
}
"""In the order in which they are told: what protects people first."""

SAFETY: tuple[Reason, ...] = ("self", "approved", "said_no", "apart", "børneattest", "offer", "full", "starts")
"""Nobody can set these aside. The others a coordinator may, who knows both and picks by hand."""


def broken(columns: Columns) -> Grid:
    """Which rules each pair breaks, as bits in the order of RULES; 0 where it breaks none."""
    grid = np.zeros((len(columns.requests), len(columns.volunteers)), dtype=np.uint16)
    for number, rule in enumerate(RULES.values()):
        grid |= np.where(rule(columns), np.uint16(1 << number), np.uint16(0))
    return grid


def reasons_of(code: int) -> tuple[Reason, ...]:
    """The rules that stand behind a cell of `broken`."""
    return tuple(reason for number, reason in enumerate(RULES) if code & (1 << number))


def points(columns: Columns) -> Grid:
    """What each pair is worth, broken rules aside: always more than 0."""
    worth = np.full((len(columns.requests), len(columns.volunteers)), PAIR, dtype=np.int64)
    worth += LANGUAGE * np.minimum(common_languages(columns), MOST_LANGUAGES)
    worth += SHARED_TIME * np.minimum(common_time(columns), MOST_SHARED)
    worth += np.maximum(0, NEAR - PER_KM * distance(columns)).astype(np.int64)
    family = columns.asks(lambda each: each.offer == "network_family", bool)
    worth += KIND * (family & columns.helps(lambda each: each.kind == "family", bool))
    worth += WAITED_REQUEST * columns.asks(lambda each: _weeks(each.since, columns.now))
    worth += WAITED_VOLUNTEER * columns.helps(lambda each: _weeks(each.since, columns.now))
    worth -= BALANCE * columns.helps(lambda each: min(each.busy, 5))
    return worth


def common_languages(columns: Columns) -> Grid:
    spoken = [*(each.languages for each in columns.requests), *(each.languages for each in columns.volunteers)]
    known = sorted({language for languages in spoken for language in languages})
    bits = {language: 1 << number for number, language in enumerate(known[:62])}
    asks = columns.asks(lambda each: sum(bits.get(language, 0) for language in set(each.languages)))
    helps = columns.helps(lambda each: sum(bits.get(language, 0) for language in set(each.languages)))
    return np.bitwise_count(asks & helps).astype(np.int64)


def common_time(columns: Columns) -> Grid:
    return np.bitwise_count(columns.asks(lambda each: each.free) & columns.helps(lambda each: each.free)).astype(
        np.int64
    )


def distance(columns: Columns) -> Grid:
    """Kilometres as the crow flies between two towns. Denmark is small enough for a flat map."""
    shrink = math.cos(math.radians(56.0))
    north = columns.asks(lambda each: each.point[0], np.float64) - columns.helps(lambda each: each.point[0], np.float64)
    east = columns.asks(lambda each: each.point[1], np.float64) - columns.helps(lambda each: each.point[1], np.float64)
    found: Grid = np.hypot(north, east * shrink) * KM_PER_DEGREE
    return found


def _weeks(since: datetime, now: datetime) -> int:
    return min(MOST_WEEKS, max(0, (now - since).days // 7))
