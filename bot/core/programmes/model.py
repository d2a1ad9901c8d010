"""The records of programmes, frozen: programme, theme, session, and what is known of a person's part in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.model import ActivityText, Occurrence


@dataclass(frozen=True, slots=True)
class Theme:
    """What a session is about. A `required` one is for everyone, of the others each person chooses some."""

    id: str
    texts: Mapping[str, ActivityText]
    source: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Programme:
    """Themes that belong together, held again and again in cohorts. `choose`: how many themes of choice one takes."""

    id: str
    texts: Mapping[str, ActivityText]
    source: str
    themes: tuple[Theme, ...]
    choose: int = 0

    def theme(self, name: str) -> Theme | None:
        return next((each for each in self.themes if each.id == name), None)

    @property
    def required(self) -> tuple[Theme, ...]:
        return tuple(each for each in self.themes if each.required)

    @property
    def of_choice(self) -> tuple[Theme, ...]:
        return tuple(each for each in self.themes if not each.required)


@dataclass(frozen=True, slots=True)
class Session:
    """One time of a cohort (an activity with a programme), and the theme that it is about."""

    theme: Theme
    occurrence: Occurrence

    @property
    def activity(self) -> int:
        return self.occurrence.activity

    @property
    def day(self) -> date:
        return self.occurrence.day

    @property
    def is_on(self) -> bool:
        return self.occurrence.state == "on"


@dataclass(frozen=True, slots=True)
class Attendance:
    """A person and a session: whether they came (None: nobody has said), or that they come for a theme they missed.

    `visit`: the session is of another cohort than their own. `start` and `minutes` are how it was held, or is planned.
    `offered`: they were told when the theme is held again.
    """

    activity: int
    day: date
    person: int
    programme: str
    theme: str
    start: datetime
    minutes: int
    visit: bool = False
    came: bool | None = None
    offered: bool = False
