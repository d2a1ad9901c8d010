"""First steps: what a newcomer meets when, by weeks since they came. Which steps matter now, and what is said when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from bot.core.model import ActivityText
from bot.core.schedule import DAY, local_day, moment

Phase = Literal["before", "reception", "first_time"]
PHASES: tuple[Phase, ...] = ("before", "reception", "first_time")

SAID_AT = time(10, 0)
MID_MONTH = 15
LONG_AGO = timedelta(days=400)
"""Where somebody came “earlier”: longer ago than any month that they can choose."""

MONTHS = 12
WORTH_SAYING = timedelta(days=28)
"""For how long after its day a step is still said unasked, where its own time is not over before."""


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One thing to know or do. It matters from `from_week` to `until_week` (weeks since the person came, both
    included); steps of the phase `before` are for who has not come yet and have no weeks. `topics` lead to
    activities that help with it."""

    id: str
    phase: Phase
    texts: Mapping[str, ActivityText]
    source: str
    from_week: int = 0
    until_week: int = 0
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Beginning:
    """What we know of a person's first time here: the day we take them to have come (None: not yet), what is done."""

    person: int
    came: date | None
    done: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Planned:
    """A step to be said at `due`, and never from `too_late` on (both aware, UTC)."""

    step: str
    due: datetime
    too_late: datetime


def months(today: date) -> tuple[date, ...]:
    """The months a person can say they came in: this one first, and eleven before it; each by its first day."""
    year, month = today.year, today.month
    found = []
    for _ in range(MONTHS):
        found.append(date(year, month, 1))
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    return tuple(found)


def day_of(month: date, today: date) -> date:
    """The day we reckon from when only the month is known: today for this month, else its middle."""
    if (month.year, month.month) == (today.year, today.month):
        return today
    return month.replace(day=MID_MONTH)


def matter_now(steps: Sequence[FirstStep], beginning: Beginning, today: date) -> tuple[FirstStep, ...]:
    """The steps whose time it is and that are not done, the one that ends first before the others."""
    return tuple(
        step
        for step in sorted(steps, key=lambda each: (each.from_week, each.until_week))
        if step.id not in beginning.done and _is_time(step, beginning.came, today)
    )


def _is_time(step: FirstStep, came: date | None, today: date) -> bool:
    if came is None or step.phase == "before":
        return came is None and step.phase == "before"
    first, last = _window(step, came)
    return first <= today <= last


def still_to_come(steps: Sequence[FirstStep], beginning: Beginning, today: date) -> int:
    """How many steps have their time later."""
    if beginning.came is None:
        return sum(step.phase != "before" for step in steps)
    came = beginning.came
    return sum(step.phase != "before" and _window(step, came)[0] > today for step in steps)


def plan(steps: Sequence[FirstStep], beginning: Beginning, now: datetime) -> tuple[Planned, ...]:
    """What is still to be said: each step at 10:00 on the first day of its time, from tomorrow on, if not done."""
    if beginning.came is None:
        return ()
    found = []
    for step in steps:
        if step.phase == "before" or step.id in beginning.done:
            continue
        first, last = _window(step, beginning.came)
        due = moment(first, SAID_AT)
        if first > local_day(now):  # what matters today is shown at once
            found.append(Planned(step.id, due, min(moment(last + DAY, time()), due + WORTH_SAYING)))
    return tuple(sorted(found, key=lambda each: each.due))


def _window(step: FirstStep, came: date) -> tuple[date, date]:
    """First and last day on which it matters."""
    return came + timedelta(weeks=step.from_week), came + timedelta(weeks=step.until_week, days=6)
