"""What a meeting needs and when: asked to it, the agenda written, sent and chased, the minutes after it.

A step has a name that stays; `Meeting.done` holds those that need no doing again. What follows from a step is decided
by what is true when it is done (`bot.meetings.clock`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from bot.core.meetings.dates import is_working_day, working_day_from, working_day_until
from bot.core.meetings.model import Charter, Meeting
from bot.core.schedule import DAY, local_day, moment

StepKind = Literal[
    "invite",
    "write_agenda",
    "agenda_soon",
    "agenda",
    "agenda_late",
    "reminder",
    "write_minutes",
    "minutes_soon",
    "minutes",
    "minutes_late",
]

SOON = 2
"""Days before a paper is due on which its writers are reminded once more."""

MINUTES_CHASED = 8
CHASE_EVERY = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Step:
    """Something to be done for a meeting at a moment (aware UTC). `name` tells it from the others of its kind."""

    name: str
    kind: StepKind
    at: datetime


def agenda_day(meeting: Meeting, charter: Charter) -> date:
    """The day on which the agenda goes out: exactly a week before, where the charter says seven days."""
    return local_day(meeting.start) - timedelta(days=charter.agenda)


def minutes_day(meeting: Meeting, charter: Charter) -> date:
    """The day on which the minutes go out: exactly a week after."""
    return local_day(meeting.start) + timedelta(days=charter.minutes)


def steps(meeting: Meeting, charter: Charter) -> tuple[Step, ...]:
    """Everything a planned meeting may need, in the order of its moments. What goes out keeps its day, also on a
    holiday; what asks somebody to write is said on a working day before it."""
    if meeting.state != "planned":
        return ()
    found = [*_before(meeting, charter), *_after(meeting, charter)]
    return tuple(sorted(found, key=lambda each: each.at))


def _before(meeting: Meeting, charter: Charter) -> Iterator[Step]:
    day, out, hour = local_day(meeting.start), agenda_day(meeting, charter), charter.hour
    yield Step("invite", "invite", moment(day - timedelta(days=charter.invite), hour))
    write = working_day_until(day - timedelta(days=charter.write))
    yield Step("write_agenda", "write_agenda", moment(write, hour))
    yield Step("agenda_soon", "agenda_soon", moment(working_day_until(out - timedelta(days=SOON)), hour))
    yield Step("agenda", "agenda", moment(out, hour))
    chased = out + DAY
    while chased < day:
        if is_working_day(chased):
            yield Step(f"agenda_late/{chased}", "agenda_late", moment(chased, hour))
        chased += DAY
    yield Step("reminder", "reminder", moment(day - DAY, hour))


def _after(meeting: Meeting, charter: Charter) -> Iterator[Step]:
    day, out, hour = local_day(meeting.start), minutes_day(meeting, charter), charter.hour
    yield Step("write_minutes", "write_minutes", moment(working_day_from(local_day(meeting.end) + DAY), hour))
    yield Step("minutes_soon", "minutes_soon", moment(working_day_until(max(out - timedelta(days=SOON), day)), hour))
    yield Step("minutes", "minutes", moment(out, hour))
    for turn in range(1, MINUTES_CHASED + 1):
        chased = working_day_from(out + turn * CHASE_EVERY)
        yield Step(f"minutes_late/{turn}", "minutes_late", moment(chased, hour))


def is_needed(meeting: Meeting, step: Step, now: datetime) -> bool:
    """Whether the step would do anything as things stand."""
    if step.name in meeting.done:
        return False
    if step.kind in ("invite", "reminder"):
        return now < meeting.start
    if paper_of(step.kind) == "agenda":
        written = meeting.agenda_out is not None if step.kind == "agenda" else meeting.agenda_ready is not None
        return now < meeting.start and not written
    written = meeting.minutes_out is not None if step.kind == "minutes" else meeting.minutes_ready is not None
    return not written


def due(meeting: Meeting, charter: Charter, now: datetime) -> tuple[Step, ...]:
    """The steps to be done at `now`, at most one for each paper: its sending where that is due, else the last that
    asks for it. Who was not there for a week is asked once."""
    ripe = [each for each in steps(meeting, charter) if each.at <= now and is_needed(meeting, each, now)]
    chosen: dict[str, Step] = {}
    for each in ripe:
        paper = paper_of(each.kind)
        if paper not in chosen or chosen[paper].kind != paper:
            chosen[paper] = each
    return tuple(chosen.values())


def paper_of(kind: StepKind) -> str:
    """What a step is about: `invite`, `agenda`, `reminder` or `minutes`."""
    return next(each for each in ("agenda", "minutes", "reminder", "invite") if each in kind)


def late(meeting: Meeting, charter: Charter, now: datetime) -> tuple[tuple[str, datetime], ...]:
    """The papers that should have gone out by `now` and did not, each with since when."""
    found = []
    for step in steps(meeting, charter):
        out = meeting.agenda_out if step.kind == "agenda" else meeting.minutes_out
        is_over = step.kind == "agenda" and now >= meeting.start
        if step.kind in ("agenda", "minutes") and step.at <= now and out is None and not is_over:
            found.append((str(step.kind), step.at))
    return tuple(found)


def past(meeting: Meeting, charter: Charter, now: datetime) -> frozenset[str]:
    """The names of all steps whose moment has come: done, or not needed any more."""
    return frozenset(each.name for each in steps(meeting, charter) if each.at <= now)


def wakes(meeting: Meeting, charter: Charter, now: datetime) -> datetime | None:
    """When the meeting needs something next; None where it never will."""
    moments = (each.at for each in steps(meeting, charter) if is_needed(meeting, each, max(now, each.at)))
    return min(moments, default=None)


def moved(meeting: Meeting, start: datetime, end: datetime, charter: Charter, now: datetime) -> Meeting:
    """The meeting at another time. An agenda that went out goes out again where its new day is still to come; what
    should have been asked or sent before now is not asked again: whoever is told of the move is told of it too."""
    new = replace(meeting, start=start, end=end, sequence=meeting.sequence + 1, done=frozenset())
    kept = {each.name for each in steps(new, charter) if each.at <= now and each.kind != "invite"}
    if "invite" in meeting.done:
        kept.add("invite")
    again = meeting.agenda_out is not None and moment(agenda_day(new, charter), charter.hour) > now
    return replace(new, done=frozenset(kept), agenda_out=None if again else meeting.agenda_out)
