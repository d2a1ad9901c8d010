"""What a calendar feed says, and how its times become those of an activity without anybody losing a seat."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Literal

from bot.core.model import Held, Schedule
from bot.core.schedule import DAY, ZONE, local_day

BACK = timedelta(days=60)
"""How long a time that is over stays in the list: as long as its sign-ups."""

NEAR = 3
"""Days by which one time of a series may move and still be the same time, so that its seats move with it."""

FEW = 3
"""Below so many activities, all of them may vanish from a feed at once; from there on at most half."""


FaultKind = Literal[
    "gone", "refused", "down", "slow", "too_big", "not_a_calendar", "too_many", "too_hard", "moved", "inner", "loses"
]
"""Why a feed was not taken: what a coordinator is told of it, one sentence a kind."""


class FeedFault(Exception):
    """A feed cannot be taken and nothing was changed; the text is a plain English sentence for the operator."""

    def __init__(self, kind: FaultKind, text: str) -> None:
        super().__init__(text)
        self.kind: FaultKind = kind


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """One event of a feed, or a series: what it says of itself, and its times in order, called-off ones among them."""

    uid: str
    title: str
    about: str
    location: str
    times: tuple[Held, ...]
    language: str = ""
    categories: tuple[str, ...] = ()
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """An event that could not be used, and why in plain English; an activity it was before stays as it is."""

    uid: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class FeedContent:
    """A feed as it was read: its events, and what could not be used of it."""

    events: tuple[FeedEvent, ...]
    unread: tuple[Unread, ...] = field(default=())


OURS = "@brobot"
"""How the UID of every event ends that we write ourselves; it begins with its community."""


def is_ours(uid: str, community: str) -> bool:
    """Whether an event is one that we have written ourselves for this community."""
    return uid.startswith(f"{community}.") and uid.endswith(OURS)


def activity_id(feed: str, uid: str) -> str:
    """The id of an event's activity, the same at every fetch: the feed's, and 12 hex digits of the event's UID."""
    return f"{feed}-{hashlib.sha256(uid.encode()).hexdigest()[:12]}"


def loses_too_much(known: Iterable[str], found: Iterable[str]) -> bool:
    """Whether so many activities would vanish at once that a broken feed is likelier than a cancelled programme."""
    before = set(known)
    return len(before) >= FEW and len(before - set(found)) * 2 > len(before)


def listed(times: Sequence[Held], before: Schedule | None, now: datetime) -> Schedule | None:
    """The schedule of an event with these times. None where it has none and had none.

    What is over stays as it was. A time to come keeps the day that names it, also when the feed has moved it, so seats
    and reminders go with it; one that the feed holds no more is called off, and stays in sight until it is over.
    """
    old = before.listed if before else {}
    kept = {day: held for day, held in old.items() if held.start <= now and held.end > now - BACK}
    ahead = {day: held for day, held in old.items() if held.start > now}
    named = _named([each for each in times if each.end > now], ahead, taken=kept)
    gone = {day: replace(held, cancelled=True) for day, held in ahead.items() if day not in named}
    every = {**kept, **gone, **named}
    if not every:
        return None
    first = min(every)
    local = [at.astimezone(ZONE).time() for at in (every[first].start, every[first].end)]
    return Schedule(
        first=min(first, before.first) if before else first,  # a course's seats hang on it
        start=local[0],
        end=local[1],
        repeats="listed",
        until=max(every),
        listed=dict(sorted(every.items())),
    )


def called_off(before: Schedule, now: datetime) -> Schedule:
    """The schedule of an event that its feed holds no more: nothing to come is held."""
    found = listed((), before, now)
    return found if found is not None else before


def _named(times: Sequence[Held], ahead: Mapping[date, Held], taken: Mapping[date, Held]) -> dict[date, Held]:
    """Each time under its day: that of the time before which it was, else its own."""
    free = dict(ahead)
    named: dict[date, Held] = {}
    waiting = list(times)
    single = len(times) == 1 and len(ahead) == 1
    for is_same in (_starts_with, _is_of_day, _alone if single else _is_near):
        rest = []
        for held in waiting:
            day = _nearest(held, [day for day, old in free.items() if is_same(held, day, old)])
            if day is None:
                rest.append(held)
            else:
                named[day] = held
                del free[day]
        waiting = rest
    for held in waiting:
        named[_own_day(held, {*named, *free, *taken})] = held
    return named


def _starts_with(held: Held, _day: date, old: Held) -> bool:
    return held.start == old.start


def _is_of_day(held: Held, day: date, old: Held) -> bool:
    return local_day(held.start) in {day, local_day(old.start)}


def _is_near(held: Held, _day: date, old: Held) -> bool:
    return abs((local_day(held.start) - local_day(old.start)).days) <= NEAR


def _alone(_held: Held, _day: date, _old: Held) -> bool:
    return True


def _nearest(held: Held, days: Sequence[date]) -> date | None:
    own = local_day(held.start)
    return min(days, key=lambda day: (abs((day - own).days), day), default=None)


def _own_day(held: Held, taken: set[date]) -> date:
    """The day it is held on; where another time has that name already, the next one that is free."""
    day = local_day(held.start)
    while day in taken:
        day += DAY
    return day
