"""The records of interpreting, frozen: an interpreter, a task, who was asked for it, and what the task is for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Mode = Literal["both", "phone", "meet"]
MODES: tuple[Mode, ...] = ("both", "meet", "phone")
InterpreterState = Literal["new", "approved", "declined"]
Kind = Literal["seat", "first", "case"]
"""What a task is for: a seat in an activity, the first meeting of a match, a conversation that a coordinator has."""

TaskState = Literal[
    "looking",  # interpreters are asked in turn
    "none",  # all who suit were asked, or there are none; a late yes is still welcome
    "found",
    "off",  # not needed any more
    "over",
]
OPEN: tuple[TaskState, ...] = ("looking", "none", "found")
Answer = Literal["", "yes", "no", "silent", "cannot"]
"""`silent`: the time to answer is over; `cannot`: said yes, and cannot after all."""


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A volunteer who interprets between any two of their `languages`.

    `free` is a week's mask as in Let's Network, `km` how far they would go from `point` (WGS 84), `rests` until which
    day they are not asked, `asked` when they were asked last, `children` whether they may meet somebody under 15 today.
    """

    person: int
    languages: tuple[str, ...]
    free: int
    km: int
    mode: Mode
    place: str
    point: tuple[float, float]
    since: datetime
    state: InterpreterState = "new"
    rests: date | None = None
    asked: datetime | None = None
    children: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """Somebody needs an interpreter between `language` and `other`, from `start` to `end` (aware, UTC).

    `person` asked for it; `name` is their first name, where they agreed to show it to who says yes. `where` is the
    place in words (empty: by phone), `point` on the map. `guarded`: somebody under 15 is met. `told`: they know
    already that nobody was found so far. `made`: since when somebody is looked for. `until` is the moment at which
    something happens by itself. `sequence` grows with every move, call-off and change of who comes, for calendars.
    """

    id: int
    kind: Kind
    person: int
    language: str
    other: str
    start: datetime
    end: datetime
    state: TaskState
    made: datetime
    where: str = ""
    point: tuple[float, float] = (0.0, 0.0)
    name: str = ""
    guarded: bool = False
    told: bool = False
    activity: int | None = None
    day: date | None = None
    match: int | None = None
    case: int | None = None
    interpreter: int | None = None
    until: datetime | None = None
    sequence: int = 0

    @property
    def by_phone(self) -> bool:
        return not self.where


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody was asked for a task, has until then to answer, and answered so. `name`: shown once they said yes."""

    task: int
    person: int
    at: datetime
    until: datetime
    answer: Answer = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a task is for, as it is now: whether it still stands, when and where."""

    stands: bool
    start: datetime
    end: datetime
    where: str
    point: tuple[float, float]
