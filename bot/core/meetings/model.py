"""The network's records: its charter, who belongs to it, its meetings, items of an agenda, outcomes of a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal

Level = Literal["member", "orientation"]
MeetingKind = Literal["fixed", "citizens", "exchange", "other"]
MeetingState = Literal["draft", "planned", "cancelled", "dropped"]
Reply = Literal["yes", "no", "substitute"]
PointState = Literal["proposed", "taken", "declined"]
OutcomeKind = Literal["note", "decision", "action"]
OutcomeState = Literal["open", "done", "dropped"]


@dataclass(frozen=True, slots=True)
class Rule:
    """When the fixed meetings are held: the `nth` (1 to 5, -1 the last) weekday (Monday 0) of each month named.

    `start` and `end` are local time. A day that is a holiday is held a week later (`bot.core.meetings.dates`).
    """

    months: tuple[int, ...]
    nth: int
    weekday: int
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Membership:
    """An organisation's time in the network. `left` is its first day outside; `mandate_until` its mandate's last."""

    organisation: str
    level: Level
    joined: date | None = None
    left: date | None = None
    mandate_until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the organisation belongs to the network on a day."""
        return (self.joined is None or self.joined <= day) and (self.left is None or day < self.left)


@dataclass(frozen=True, slots=True)
class Charter:
    """What the network has agreed on: its name by language, its rule, where it meets, and how long before and after.

    Spans are in days: members are asked `invite` days before, the agenda is to be written `write` days before and
    goes out `agenda` days before, the minutes `minutes` days after; all at `hour`. `revise_by` ends the mandate.
    """

    names: Mapping[str, str]
    rule: Rule
    venue: str = ""
    invite: int = 42
    write: int = 14
    agenda: int = 7
    minutes: int = 7
    hour: time = time(9, 0)
    revise_by: date | None = None
    memberships: tuple[Membership, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting. `rule_day` names a fixed one for ever, also when it is moved. `parties` empty: all members.

    A `draft` is being made; a `dropped` one the rule gives no more, and nobody was told of it.
    `ready` says since when a paper may go out, `out` when it went; `done` are the steps that need no doing again.
    The stamps tell what went out (`bot.core.meetings.stamps`). `sequence` counts what calendars have to follow.
    """

    id: int
    kind: MeetingKind
    start: datetime
    end: datetime
    state: MeetingState = "planned"
    rule_day: date | None = None
    sequence: int = 0
    subject: str = ""
    venue: str = ""
    parties: tuple[str, ...] = ()
    agenda_ready: datetime | None = None
    agenda_out: datetime | None = None
    minutes_ready: datetime | None = None
    minutes_out: datetime | None = None
    agenda_stamp: str = ""
    minutes_stamp: str = ""
    done: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Point:
    """An item for an agenda. `meeting` is None for one that waits for the next meeting. `organisation`: whose it is."""

    id: int
    meeting: int | None
    text: str
    state: PointState
    position: int
    person: int | None
    organisation: str
    made: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """A line of the minutes. An action has a name (`whose`), perhaps a `person` that we know, and a date (`due`)."""

    id: int
    meeting: int
    kind: OutcomeKind
    text: str
    made: datetime
    whose: str = ""
    person: int | None = None
    due: date | None = None
    state: OutcomeState = "open"
