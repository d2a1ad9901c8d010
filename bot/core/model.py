"""The domain's records, frozen: community, place, organisation, activity, occurrence, person, sign-up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal

Repeats = Literal["once", "weekly", "odd_weeks", "even_weeks", "monthly", "listed"]
PersonState = Literal["active", "stopped", "blocked"]
SignUpState = Literal["going", "waiting", "offered", "cancelled"]


@dataclass(frozen=True, slots=True)
class Place:
    """A town or village. `names` are its spellings by language, the first one to show, all to be recognised."""

    id: str
    name: str
    lat: float
    lon: float
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kind: Literal["town", "village"] = "village"


@dataclass(frozen=True, slots=True)
class Venue:
    """Where an activity is held: what stands on the door, the street, and the point on the map (WGS 84).

    `exact` is false where nobody has given the point: it is its town's then, good for distances, not as a pin.
    """

    name: str
    address: str
    lat: float
    lon: float
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who holds activities or sits in the network. `level` in the network: member, orientation, or none.

    One with a `contact` is ready to receive newcomers: a role to ask for by language, never a person's name. `place`
    and `topics` say where it is and what it does, beside what its activities say.
    """

    id: str
    name: str
    kind: str
    level: Literal["member", "orientation", "none"] = "none"
    contact: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """One time of a listed schedule, as its calendar feed says it: aware UTC, and whether it is called off."""

    start: datetime
    end: datetime
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Schedule:
    """When an activity is held, in local time (Europe/Copenhagen).

    `first` is the first day; a weekly, odd- or even-week series repeats on its weekday (ISO week numbers), a monthly
    one on the same weekday of the month (`nth` 1 to 4, -1 the last). `until` (included) ends it. `skips` are days it
    is not held. `on_holidays` false skips Danish public holidays. An `end` before `start` is past midnight.

    A `listed` one has no rule: every time it is held stands in `listed`, under the day that names it for ever.
    """

    first: date
    start: time
    end: time
    repeats: Repeats = "once"
    nth: int | None = None
    until: date | None = None
    skips: frozenset[date] = frozenset()
    on_holidays: bool = False
    listed: Mapping[date, Held] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ActivityText:
    """What an activity is called and what it is, in one language. `state`: human, draft or outdated."""

    title: str
    about: str
    state: Literal["human", "draft", "outdated"] = "draft"


@dataclass(frozen=True, slots=True)
class Activity:
    """Something to take part in. `id` is the pack's name for it; `number` the database's, used in buttons.

    `sign_up`: `each` (a seat for one occurrence), `course` (one seat for the whole series) or `none` (just come).
    `price` in kroner. `capacity` None is without limit. `contact` is a role to ask for by language, never a
    person's name or number. `paused`: nobody has confirmed it for so long that it is not offered.
    `confirmed` is when somebody last said that all of it is right. `photo` and `voices` (by language) are Telegram's
    names of files. One with a `programme` is a run of the `cohort` that the pack names, with the theme of each day.
    """

    number: int
    id: str
    community: str
    organisation: str
    place: str
    venue: Venue
    schedule: Schedule
    texts: Mapping[str, ActivityText]
    source: str
    topics: tuple[str, ...]
    audience: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    price: int = 0
    capacity: int | None = None
    contact: Mapping[str, str] = field(default_factory=dict)
    sign_up: Literal["each", "course", "none"] = "each"
    state: Literal["on", "cancelled", "paused"] = "on"
    sequence: int = 0
    example: bool = False
    confirmed: datetime | None = None
    photo: str = ""
    voices: Mapping[str, str] = field(default_factory=dict)
    programme: str = ""
    cohort: str = ""
    themes: Mapping[date, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time an activity is held. `day` is the local day the rule gives and names it for ever, also when moved.

    `start` and `end` are aware UTC. A cancelled one keeps its row, so that calendars and people can be told.
    """

    activity: int
    day: date
    start: datetime
    end: datetime
    state: Literal["on", "cancelled"] = "on"
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What a coordinator changed of one occurrence: moved to other times, cancelled, or another capacity."""

    activity: int
    day: date
    start: datetime | None = None
    end: datetime | None = None
    cancelled: bool = False
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who said yes to being remembered. Holds no name: none is needed before a match.

    `step` is where a conversation stands, `asked` the last question, `has_case` whether a person is to answer them.
    """

    id: int
    community: str
    chat: int
    language: str
    place: str | None
    roles: frozenset[str]
    state: PersonState
    step: Mapping[str, object] | None = None
    asked: Mapping[str, object] | None = None
    has_case: bool = False


@dataclass(frozen=True, slots=True)
class SignUp:
    """A person's seat, or place on the waiting list, for one occurrence (or a whole course: `day` is its first day).

    `joined` orders the waiting list. `until`: an offered seat is held to then; a cancelled one can be undone to then.
    `door` is the number that its person says at the door; `came` whether they did, None where nobody has said.
    """

    activity: int
    day: date
    person: int
    state: SignUpState
    joined: datetime
    until: datetime | None = None
    door: int = 0
    came: bool | None = None


@dataclass(frozen=True, slots=True)
class Community:
    """A municipality: its name, its office hours by ISO weekday, and by language whom to ask for at the office."""

    id: str
    name: str
    languages: tuple[str, ...]
    office_hours: Mapping[int, tuple[time, time]]
    centre: tuple[float, float]
    demo_starts: datetime
    coordinator_contact: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is being answered, in which language. `person` is None for someone who has not said yes to be remembered."""

    chat: int
    language: str
    person: Person | None = None

    @property
    def place(self) -> str | None:
        return self.person.place if self.person else None

    @property
    def coordinates(self) -> bool:
        """Whether this is a coordinator of the community. Use-cases check it; menus only show it."""
        return self.person is not None and "coordinator" in self.person.roles
