"""A question as it fits into a button: topics, audience, days, part of the day, town, and how far one has paged.

Buttons carry at most 64 bytes (Bot API, `callback_data`), so every concept has a code of two characters, which only
depends on its id: an old bubble still means the same when the lists have grown.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from functools import lru_cache
from typing import Any, Literal

Part = Literal["morning", "afternoon", "evening"]

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_PARTS: Mapping[str, Part] = {"m": "morning", "a": "afternoon", "e": "evening"}
FIRST_DAY, LAST_DAY = date(2000, 1, 1).toordinal(), date(2199, 12, 31).toordinal()
FARTHEST = 10_000
"""Pages end: an offset past all that a community may have is a forged one."""

_LONGEST = 44
"""Bytes a query may take: 64 less the verb, an activity, a day and the language of someone unknown."""


_LEFT_OUT: tuple[Mapping[str, Any], ...] = ({"without": ()}, {"without": (), "audience": (), "time": None})
"""What is left out first, and then, where a query is too long."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. Days are local and both included; `place` is a place's id; empty tuples mean anything."""

    topics: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    part: Part | None = None
    time: time | None = None
    place: str | None = None
    offset: int = 0

    @property
    def is_open(self) -> bool:
        """Whether nothing is asked for but what is near."""
        return self == Query(place=self.place, offset=self.offset)

    @property
    def kind(self) -> Query:
        """The kind of thing that is looked for, wherever and whenever it is."""
        return Query(topics=self.topics, without=self.without, audience=self.audience)


@lru_cache(4096)
def code(concept: str, length: int = 2) -> str:
    """The code of an id: its CRC-32 in base 36, so short that a test holds them apart."""
    return base36(zlib.crc32(concept.encode()) % 36**length).rjust(length, "0")


def base36(number: int) -> str:
    """The digits of a number that is not negative."""
    if number < 0:
        raise ValueError(number)
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"


def day_code(day: date) -> str:
    return base36(day.toordinal())


def coded_day(text: str) -> date:
    """The day of a code. Raises ValueError for a forged one, and for one that no activity of ours has."""
    return _day(int(text, 36))


def _day(ordinal: int) -> date:
    if not FIRST_DAY <= ordinal <= LAST_DAY:
        raise ValueError(ordinal)
    return date.fromordinal(ordinal)


def encode(query: Query) -> str:
    """The query as text for a button; the least telling parts are left out where it would not fit."""
    text = _encode(query)
    for left_out in _LEFT_OUT:
        if len(text) <= _LONGEST:
            return text
        text = _encode(replace(query, **left_out))
    if len(text) <= _LONGEST:
        return text
    return _encode(replace(query, topics=query.topics[:4], without=(), audience=(), time=None))


def _encode(query: Query) -> str:
    parts = [base36(query.offset)]
    for letter, concepts in (("t", query.topics), ("n", query.without), ("a", query.audience)):
        if concepts:
            parts.append(letter + "".join(map(code, concepts)))
    if query.start:
        last = (query.end or query.start) - query.start
        parts.append(f"d{day_code(query.start)}-{base36(last.days)}")
    if query.part:
        parts.append(f"p{query.part[0]}")
    if query.time:
        parts.append(f"h{query.time:%H%M}")
    if query.place:
        parts.append(f"l{code(query.place, 3)}")
    return ".".join(parts)


@dataclass(frozen=True, slots=True)
class Codes:
    """What the codes stand for in one community."""

    topics: Mapping[str, str]
    audience: Mapping[str, str]
    places: Mapping[str, str]


def codes(topics: Iterable[str], audience: Iterable[str], places: Iterable[str]) -> Codes:
    return Codes(
        {code(each): each for each in topics},
        {code(each): each for each in audience},
        {code(each, 3): each for each in places},
    )


def decode(text: str, known: Codes) -> Query:
    """The query of a button. What is no longer known is left out; ValueError for a forged one."""
    offset, *parts = text.split(".")
    query = Query(offset=min(FARTHEST, max(0, int(offset, 36))))
    for letter, rest in ((part[:1], part[1:]) for part in parts):
        if letter == "t":
            query = replace(query, topics=_concepts(rest, known.topics))
        elif letter == "n":
            query = replace(query, without=_concepts(rest, known.topics))
        elif letter == "a":
            query = replace(query, audience=_concepts(rest, known.audience))
        elif letter == "d":
            first, _, days = rest.partition("-")
            start = coded_day(first)
            last = _day(start.toordinal() + int(days or "0", 36))
            if last < start:
                raise ValueError(days)
            query = replace(query, start=start, end=last)
        elif letter == "p":
            query = replace(query, part=_PARTS.get(rest))
        elif letter == "h":
            query = replace(query, time=time(int(rest[:2]), int(rest[2:])))
        elif letter == "l":
            query = replace(query, place=known.places.get(rest))
    return query


def _concepts(text: str, known: Mapping[str, str]) -> tuple[str, ...]:
    pairs = (text[at : at + 2] for at in range(0, len(text), 2))
    return tuple(known[pair] for pair in pairs if pair in known)
