"""Let's Network's records, frozen: request, volunteer, match, what happened between two, and a week's free time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from bot.core.network.safeguarding import NOT_NEEDED, Safeguard

Whom = Literal["me", "child", "child2", "child3"]
RequestState = Literal["waiting", "paused", "withdrawn", "matched"]
VolunteerState = Literal["new", "approved", "declined", "removed"]
MatchState = Literal[
    "suggested",  # the assignment proposes it; a coordinator has not looked yet
    "queued",  # approved; next in line behind another volunteer for the same request
    "asking_volunteer",
    "later",  # the volunteer said: ask me in a week
    "asking_newcomer",
    "meeting",  # both said yes; the first meeting is being agreed on
    "active",  # the first meeting is agreed on, or over
    "paused",  # somebody felt unsafe, or a rule no longer holds; nothing is passed on
    "refused",  # a coordinator said: not these two
    "declined",  # one of them said no
    "lapsed",  # nobody answered in time
    "filled",  # somebody else was found first
    "ended",
]
Part = Literal["morning", "afternoon", "evening"]

SUGGESTED: tuple[MatchState, ...] = ("suggested",)

LIVE: tuple[MatchState, ...] = ("meeting", "active", "paused")
"""Both know of each other: it counts against a volunteer's capacity, and its request is not looked for any more."""

ASKED: tuple[MatchState, ...] = ("asking_volunteer", "later", "asking_newcomer")
"""One of them has been asked, or will be: neither is suggested elsewhere meanwhile."""

PARTS: tuple[Part, ...] = ("morning", "afternoon", "evening")
WEEKDAYS = 7
WHOLE_WEEK = (1 << (WEEKDAYS * len(PARTS))) - 1

PRESETS: Mapping[str, int] = {
    "a": sum(1 << (day * 3 + 1) for day in range(5)),
    "e": sum(1 << (day * 3 + 2) for day in range(5)),
    "w": sum(1 << (day * 3 + part) for day in (5, 6) for part in range(3)),
}
"""One tap for many: weekday afternoons, weekday evenings, the weekend."""


def bit(day: int, part: int) -> int:
    """A part of a day in the mask of a week. `day` 0 is Monday, `part` counts in PARTS."""
    return 1 << (day * len(PARTS) + part)


def free_parts(mask: int) -> tuple[tuple[int, Part], ...]:
    """The weekday (0 is Monday) and part of every free bit, in the week's order."""
    return tuple((day, PARTS[part]) for day in range(WEEKDAYS) for part in range(len(PARTS)) if mask & bit(day, part))


@dataclass(frozen=True, slots=True)
class Request:
    """A newcomer's wish for one person of their own.

    `band` is an age band such as `15-17`; no more of the age is known. `free` is a week's mask. Any of the `languages`
    will do. `wishes`: `woman`, `family`. `point` is where the town lies (WGS 84).
    """

    id: int
    person: int
    offer: str
    whom: Whom
    band: str
    languages: tuple[str, ...]
    free: int
    place: str
    point: tuple[float, float]
    since: datetime
    wishes: frozenset[str] = frozenset()
    state: RequestState = "waiting"

    @property
    def for_child(self) -> bool:
        """Whether a guardian asks. Each child has a request of its own: `child`, `child2`, `child3`."""
        return self.whom != "me"

    @property
    def guarded(self) -> bool:
        """Whether somebody under 15 would be met: then the law asks for a børneattest."""
        return is_guarded(self.band)


def is_guarded(band: str) -> bool:
    """Whether the band reaches below 15 years."""
    return int(band.partition("-")[0]) < 15


@dataclass(frozen=True, slots=True)
class Volunteer:
    """Someone who offers their time. `kind` is `woman`, `man`, `family` or empty (rather not said).

    `km` is how far they would go, `capacity` how many people they would meet, `busy` how many they meet already.
    `starts` is the first day they can; `children` whether they would meet somebody under 15.
    """

    person: int
    offers: frozenset[str]
    languages: tuple[str, ...]
    free: int
    place: str
    point: tuple[float, float]
    km: int
    since: datetime
    kind: str = ""
    capacity: int = 1
    busy: int = 0
    children: bool = False
    starts: date | None = None
    motivation: str = ""
    state: VolunteerState = "approved"
    safeguard: Safeguard = NOT_NEEDED

    @property
    def room(self) -> int:
        return max(0, self.capacity - self.busy)


@dataclass(frozen=True, slots=True)
class Match:
    """A request and a volunteer that have to do with each other, from the first suggestion to the end.

    `until` is the moment at which something happens by itself. `notes` holds what else is known (names to be shown, the
    first meeting, who agreed to give their contact, the reason of the end); it is kept encrypted.
    """

    id: int
    request: int
    newcomer: int
    volunteer: int
    state: MatchState
    made: datetime
    changed: datetime
    until: datetime | None = None
    notes: Mapping[str, object] = field(default_factory=dict)

    def other(self, person: int) -> int:
        """The other side's person."""
        return self.volunteer if person == self.newcomer else self.newcomer

    def side(self, person: int) -> Literal["newcomer", "volunteer"]:
        return "newcomer" if person == self.newcomer else "volunteer"


@dataclass(frozen=True, slots=True)
class Past:
    """What has happened before: who said no for which request, who must not meet, which suggestions stand."""

    no: frozenset[tuple[int, int]] = frozenset()
    """(request, volunteer's person): never asked again for this request."""
    apart: frozenset[tuple[int, int]] = frozenset()
    """(newcomer's person, volunteer's person): one of them felt unsafe, reported or blocked the other."""
    standing: frozenset[tuple[int, int]] = frozenset()
    """(request, volunteer's person): suggested already, and nobody has decided."""
