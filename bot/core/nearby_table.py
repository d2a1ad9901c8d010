"""The coming occurrences as columns of numbers, and what each costs for a wish: the weights of the ranking."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import numpy as np
from numpy.typing import NDArray

from bot.core.query import Part
from bot.core.schedule import ZONE

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]

EARTH_KM = 6371.0088
DAY_SECONDS = 86_400

# The order is a sum, in kilometres: what would a person travel further for? An hour by bus is some 25 km here.
KM_PER_DAY = 2.0  # two days sooner are worth four kilometres
KM_FOR_LANGUAGE = 10.0  # someone there speaks a language of mine
KM_FOR_LIMITED = 10.0  # it is for women, say, and we do not know who asks
KM_FOR_FULL = 30.0  # only the waiting list is left: last, and never hidden
KM_FOR_OPEN = 1_000_000.0  # asked for children: first what is for children, then all that is for everybody
NEAR_KM = 5.0

# Who is also meant where an audience is asked for. After the exact ones, together with what is for everybody.
KIN: Mapping[str, tuple[str, ...]] = {"children": ("families",), "families": ("children",)}
FOR_MANY = frozenset({"families"})  # an audience that keeps nobody out enough to warn of

PARTS: Mapping[Part, tuple[int, int]] = {"morning": (0, 720), "afternoon": (720, 1020), "evening": (1020, 1440)}
MOST_POINTS = 500  # whose distances are kept; where people live, not where their phones are
CLOCK_MINUTES = 60  # "at 17": what starts within an hour of it, or is on then


@dataclass(frozen=True, slots=True)
class Item:
    """One coming occurrence. `start` and `end` in seconds since 1970 (UTC); no `audience` means everybody.

    `free` seats: None without limit, 0 full. `day` is the day of the rule that names the occurrence.
    """

    number: int
    day: date
    start: int
    end: int
    lat: float
    lon: float
    place: str
    topics: tuple[str, ...]
    audience: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    free: int | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for. `start` to before `end` (seconds, UTC) is when it begins; `end` None is without end.

    Any of `topics` will do, none of `without` may be. `audience` is whom it is for, as far as was said. `languages`
    are the asker's. `point` (latitude, longitude) is where distance is counted from; `place` keeps to one place.
    """

    start: int
    end: int | None = None
    point: tuple[float, float] | None = None
    topics: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    part: Part | None = None
    time: time | None = None
    place: str | None = None


class Table:
    """Items in rows by activity and start, and what the rows of an activity share in groups. Columns are public.

    Raises ValueError for more than 64 different topics, audiences or languages.
    """

    def __init__(self, items: Sequence[Item]) -> None:
        self.topic_words = Words(64)
        self.audience_words = Words(64)
        self.language_words = Words(64)
        self.place_words = Words(None)
        self._km_from: dict[tuple[float, float], Floats] = {}
        groups = _grouped(items)
        self._fill_groups([group[0] for group in groups])
        self._fill_items(groups)

    def __len__(self) -> int:
        return len(self.start)

    def _fill_groups(self, firsts: Sequence[Item]) -> None:
        """What all occurrences of an activity share, one row each: that is what is compared with a wish."""
        self.number = np.array([item.number for item in firsts], dtype=np.int64)
        self.place = np.array([self.place_words.number(item.place) for item in firsts], dtype=np.int64)
        self.topics = np.array([self.topic_words.bits(item.topics) for item in firsts], dtype=np.uint64)
        self.audience = np.array([self.audience_words.bits(item.audience) for item in firsts], dtype=np.uint64)
        self.languages = np.array([self.language_words.bits(item.languages) for item in firsts], dtype=np.uint64)
        self.lat = np.array([item.lat for item in firsts], dtype=np.float64)
        self.lon = np.array([item.lon for item in firsts], dtype=np.float64)
        self.xyz = _units(self.lat, self.lon)
        self.limited = (self.audience & ~np.uint64(self.audience_words.bits(FOR_MANY))) != 0

    def _fill_items(self, groups: Sequence[Sequence[Item]]) -> None:
        items = [item for group in groups for item in group]
        sizes = np.array([len(group) for group in groups], dtype=np.int64)
        self.first = np.concatenate(([0], np.cumsum(sizes)[:-1])) if groups else np.zeros(0, dtype=np.int64)
        self.group = np.repeat(np.arange(len(groups)), sizes)
        self.start = np.array([item.start for item in items], dtype=np.int64)
        self.minutes = (np.array([item.end for item in items], dtype=np.int64) - self.start) // 60
        local = _local_minutes(self.start)
        self.clock = local % 1440
        self.local_day = local // 1440
        self.full = np.array([item.free is not None and item.free <= 0 for item in items], dtype=np.bool_)
        self.late = self.start * (KM_PER_DAY / DAY_SECONDS) + self.full * KM_FOR_FULL
        self.day = np.array([item.day.toordinal() for item in items], dtype=np.int64)

    def set_free(self, number: int, day: date, free: int | None) -> None:
        """After a sign-up: how many seats one occurrence has now. Nothing where it is not in the index."""
        ordinal = day.toordinal()
        for group in np.flatnonzero(self.number == number):
            rows = np.flatnonzero((self.group == group) & (self.day == ordinal))
            self.full[rows] = free is not None and free <= 0
            self.late[rows] = self.start[rows] * (KM_PER_DAY / DAY_SECONDS) + self.full[rows] * KM_FOR_FULL

    def shared_cost(self, groups: slice | Numbers, wish: Wish) -> Floats:
        """Kilometres of what does not depend on the occurrence; infinite for what does not fit the wish."""
        cost: Floats = self.km(groups, wish.point)
        languages = self.language_words.known(wish.languages)
        if languages:
            cost = cost - KM_FOR_LANGUAGE * ((self.languages[groups] & languages) != 0)
        cost = cost + self._audience_cost(groups, wish)
        if wish.topics:
            cost[(self.topics[groups] & self.topic_words.known(wish.topics)) == 0] = np.inf
        if wish.without:
            cost[(self.topics[groups] & self.topic_words.known(wish.without)) != 0] = np.inf
        if wish.place is not None:
            cost[self.place[groups] != self.place_words.find(wish.place)] = np.inf
        return cost

    def _audience_cost(self, groups: slice | Numbers, wish: Wish) -> Floats:
        if not wish.audience:
            limited: Floats = KM_FOR_LIMITED * self.limited[groups]
            return limited
        kin = [other for each in wish.audience for other in KIN.get(each, ())]
        audience = self.audience[groups]
        exact = (audience & self.audience_words.known(wish.audience)) != 0
        fits = (audience == 0) | ((audience & self.audience_words.known(kin)) != 0)
        cost: Floats = np.where(exact, 0.0, np.where(fits, KM_FOR_OPEN, np.inf))
        return cost

    def time_cost(self, rows: slice | Numbers, wish: Wish) -> Floats:
        """Kilometres for waiting and for a full house; infinite outside the time that is asked for."""
        start = self.start[rows]
        cost: Floats = self.late[rows] - wish.start * (KM_PER_DAY / DAY_SECONDS)
        cost[start < wish.start] = np.inf
        if wish.end is not None:
            cost[start >= wish.end] = np.inf
        if wish.part is not None:
            first, last = PARTS[wish.part]
            cost[(self.clock[rows] < first) | (self.clock[rows] >= last)] = np.inf
        if wish.time is not None:
            cost[~self._on_at(rows, wish.time)] = np.inf
        return cost

    def _on_at(self, rows: slice | Numbers, at: time) -> NDArray[np.bool_]:
        asked = at.hour * 60 + at.minute
        begins = self.clock[rows]
        lasts = np.maximum(self.minutes[rows], CLOCK_MINUTES + 1)
        since = (asked - begins + CLOCK_MINUTES) % 1440  # minutes since an hour before it begins
        on: NDArray[np.bool_] = since < lasts + CLOCK_MINUTES
        return on

    def km(self, groups: slice | Numbers, point: tuple[float, float] | None) -> Floats:
        """Great-circle distance in kilometres; a metre is the error where somebody lives next door."""
        if point is None:
            return np.zeros(len(self.number[groups]))
        if isinstance(groups, slice):  # of a small table, from one of the few dozen towns people live in
            if point not in self._km_from and len(self._km_from) < MOST_POINTS:
                self._km_from[point] = self._km(self.xyz, point)
            if point in self._km_from:
                return self._km_from[point][groups]
        return self._km(self.xyz[groups], point)

    @staticmethod
    def _km(units: Floats, point: tuple[float, float]) -> Floats:
        km: Floats = EARTH_KM * np.arccos(np.minimum(units @ unit_vector(point), 1.0))
        return km


class Words:
    """Words as numbers, and sets of words as bits."""

    def __init__(self, most: int | None) -> None:
        self._numbers: dict[str, int] = {}
        self._bits: dict[tuple[str, ...] | frozenset[str], int] = {}
        self._most = most

    def number(self, word: str) -> int:
        if word not in self._numbers and self._most is not None and len(self._numbers) >= self._most:
            raise ValueError(f"more than {self._most} different words; the first too many is {word!r}")
        return self._numbers.setdefault(word, len(self._numbers))

    def find(self, word: str) -> int:
        """The number of a word, -1 where no item has it."""
        return self._numbers.get(word, -1)

    def bits(self, words: tuple[str, ...] | frozenset[str]) -> int:
        """The words of an item, each of them learned."""
        if words not in self._bits:
            self._bits[words] = sum(1 << number for number in {self.number(word) for word in words})
        return self._bits[words]

    def known(self, words: Iterable[str]) -> int:
        """The words of a wish, as far as any item has them."""
        return sum(1 << self._numbers[word] for word in set(words) if word in self._numbers)

    def each(self) -> Mapping[str, int]:
        return {word: 1 << number for word, number in self._numbers.items()}


def _grouped(items: Sequence[Item]) -> list[list[Item]]:
    """The items of one activity that only differ in their time, by number; in a group by start."""
    groups: dict[tuple[object, ...], list[Item]] = {}
    for item in items:
        what = (item.number, item.lat, item.lon, item.place, item.topics, item.audience, item.languages)
        groups.setdefault(what, []).append(item)
    for group in groups.values():
        group.sort(key=lambda item: item.start)
    return sorted(groups.values(), key=lambda group: group[0].number)


def _units(lat: Floats, lon: Floats) -> Floats:
    lat, lon = np.radians(lat), np.radians(lon)
    return np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))


def unit_vector(point: tuple[float, float]) -> Floats:
    lat, lon = math.radians(point[0]), math.radians(point[1])
    return np.array((math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)))


def _local_minutes(start: Numbers) -> Numbers:
    """Minutes on the Danish clock since 1970. The offset only changes on the hour: one look an hour is enough."""
    hours, which = np.unique(start // 3600, return_inverse=True)
    offsets = np.array([offset_minutes(int(hour) * 3600) for hour in hours], dtype=np.int64)
    return start // 60 + offsets[which]


def offset_minutes(at: int) -> int:
    """How far the Danish clock is ahead of UTC at a moment in seconds since 1970."""
    offset = datetime.fromtimestamp(at, ZONE).utcoffset()
    assert offset is not None, "an aware moment has an offset"
    return int(offset.total_seconds()) // 60
