"""The practical list of a pair: what stands on it, what a tick has brought, and what the other has not heard yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal

from bot.core.schedule import DAY, local_day, moment

Side = Literal["newcomer", "volunteer"]
Reached = Literal["", "first", "half", "all"]

TOLD_AT = time(18, 0)
MOST_OWN = 6
"""How many things each of the two may add: the list stays one that can be seen whole."""

HALF_FROM = 4
"""Things from which on half of them is worth a word: of fewer, the first and the last are enough."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """A thing that comes with Brobot: its id and its text by language."""

    id: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a pair has made of a thing. `thing`: the id of a suggested one, or `=` and the number of their own one.

    `by`: who added it, in their own `words` and `language`, if one of them did.
    `off`: a suggested thing that they do not want on their list. `done_by` and `done` say who ticked it, and when.
    """

    thing: str
    made: datetime
    by: Side | None = None
    words: str = ""
    language: str = ""
    off: bool = False
    done_by: Side | None = None
    done: datetime | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as it stands on the list: suggested `texts`, or somebody's own words; and what became of it."""

    texts: Mapping[str, str]
    kept: Kept

    @property
    def id(self) -> str:
        return self.kept.thing

    @property
    def is_done(self) -> bool:
        return self.kept.done is not None


def the_list(suggested: Sequence[Suggested], kept: Sequence[Kept], began: datetime) -> tuple[Thing, ...]:
    """What stands on the list: what is suggested and was not taken off, then their own things, oldest first."""
    known = {each.thing: each for each in kept}
    found = [Thing(each.texts, known.get(each.id) or Kept(each.id, began)) for each in suggested]
    own = sorted((each for each in kept if each.by is not None), key=lambda each: (each.made, each.thing))
    return tuple(each for each in [*found, *(Thing({}, each) for each in own)] if not each.kept.off)


def taken_off(suggested: Sequence[Suggested], kept: Sequence[Kept]) -> tuple[Suggested, ...]:
    """What is suggested and not wanted at the moment."""
    off = {each.thing for each in kept if each.off}
    return tuple(each for each in suggested if each.id in off)


def done_of(things: Sequence[Thing]) -> int:
    return sum(each.is_done for each in things)


def reached(before: int, after: int, total: int) -> Reached:
    """What going from `before` to `after` ticks of `total` has brought: the first, half of them, all of them."""
    if after <= before:
        return ""
    if after == total:
        return "all"
    if total >= HALF_FROM and before * 2 < total <= after * 2:
        return "half"
    return "first" if before == 0 else ""


@dataclass(frozen=True, slots=True)
class News:
    """What one of the two has done since the other was told: ticked and added, and what that has reached."""

    ticked: tuple[Thing, ...]
    added: tuple[Thing, ...]
    reached: Reached

    @property
    def is_empty(self) -> bool:
        return not (self.ticked or self.added)


def news_for(side: Side, things: Sequence[Thing], since: datetime) -> News:
    """What the other side of `side` did from `since` on, as far as it still stands."""
    ticked = tuple(
        each
        for each in things
        if each.kept.done_by is not None and each.kept.done_by != side and each.kept.done and each.kept.done >= since
    )
    added = tuple(
        each
        for each in things
        if each.kept.by is not None and each.kept.by != side and each.kept.made >= since and each not in ticked
    )
    done = done_of(things)
    return News(ticked, added, reached(done - len(ticked), done, len(things)))


def told_at(now: datetime) -> datetime:
    """When what happens at `now` is told: the next 18:00, so that an afternoon together is one message."""
    due = moment(local_day(now), TOLD_AT)
    return due if due > now else moment(local_day(now) + DAY, TOLD_AT)
