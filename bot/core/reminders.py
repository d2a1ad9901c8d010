"""What is planned for a seat: a word the day before, one two hours before, and the question of the day after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from bot.core.model import Occurrence
from bot.core.quiet import after_quiet, is_quiet
from bot.core.schedule import DAY, is_all_day, local_day, moment

Kind = Literal["day_before", "two_hours", "follow_up"]

DAY_BEFORE_AT = time(17, 0)
LAST_OF_THE_EVENING = time(19, 45)
FOLLOW_UP_AT = time(11, 0)
BEFORE = timedelta(hours=2)
STILL_OF_USE = timedelta(hours=1)
FOLLOW_UP_KEEPS = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Planned:
    """Something to say about an occurrence: at `due`, and never from `too_late` on (both aware, UTC)."""

    kind: Kind
    due: datetime
    too_late: datetime


def plan(occurrence: Occurrence, now: datetime) -> tuple[Planned, ...]:
    """What is still to be said to someone with a seat, ordered by time.

    What is due already is left out: who signs up after 17:00 the day before gets no word of the day before, who signs
    up two hours before gets no reminder at all, and both are asked afterwards. A cancelled occurrence has none. For a
    moved one the same keys get other times: plan it anew and move the rows, setting back those that were said.
    """
    if occurrence.state == "cancelled":
        return ()
    soon = () if is_all_day(occurrence.start, occurrence.end) else (_two_hours(occurrence),)  # of no hour, two before
    every = (_day_before(occurrence), *soon, _follow_up(occurrence))
    return tuple(sorted((one for one in every if one.due > now), key=lambda one: one.due))


def key(kind: Kind, activity: int, day: date) -> str:
    """The natural key of one reminder for one person: the same whenever it is planned, also for a moved occurrence."""
    return f"{kind}/{activity}/{day.isoformat()}"


def _day_before(occurrence: Occurrence) -> Planned:
    """17:00 the day before; said until midnight, as then "tomorrow" is no longer true."""
    day = local_day(occurrence.start)
    return Planned("day_before", moment(day - DAY, DAY_BEFORE_AT), moment(day, time()))


def _two_hours(occurrence: Occurrence) -> Planned:
    """Two hours before, until the start.

    Where that falls in the quiet hours it is 08:00, if an hour is left then (a start from 09:00: enough to get there,
    or to let the next in line have the seat). For an earlier or a late-night start it is 19:45 the evening before the
    quiet hours: nobody is woken, and who reads it can still set an alarm.
    """
    due = occurrence.start - BEFORE
    if is_quiet(due):
        morning = after_quiet(due)
        due = morning if morning <= occurrence.start - STILL_OF_USE else _evening_before(due)
    return Planned("two_hours", due, occurrence.start)


def _evening_before(at: datetime) -> datetime:
    evening = moment(local_day(at), LAST_OF_THE_EVENING)
    return evening if evening <= at else moment(local_day(at) - DAY, LAST_OF_THE_EVENING)


def _follow_up(occurrence: Occurrence) -> Planned:
    """11:00 the day after it began, or after it ended if that is later; after three days nobody remembers."""
    day = local_day(occurrence.start) + DAY
    while moment(day, FOLLOW_UP_AT) <= occurrence.end:
        day += DAY
    due = moment(day, FOLLOW_UP_AT)
    return Planned("follow_up", due, due + FOLLOW_UP_KEEPS)
