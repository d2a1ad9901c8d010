"""The times of a calendar event within a window: its rule, dates added and left out, and single times changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from dateutil.rrule import rrulestr

from bot.core.model import Held
from bot.core.schedule import ZONE

MOST_TIMES = 400
"""Times that one series may have in the window: more than every day of a year is no activity."""

FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
LONGEST = timedelta(days=31)

Component = Any
"""An event as icalendar has read it: its values are of thirty types, and which one a property has, its name says."""


class NotAnActivity(Exception):
    """An event cannot be used; the text says why, in plain English."""


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when times are wanted (aware)."""

    since: datetime
    until: datetime


def times_of(master: Component | None, changed: Sequence[Component], window: Window) -> tuple[Held, ...]:
    """Every time within the window, in order. `changed` are the events with a RECURRENCE-ID of the same series.

    Raises NotAnActivity for a rule or a moment that cannot be relied on.
    """
    found: dict[datetime, Held] = {}
    if master is not None:
        whole = _single(master)
        for start, end in _expanded(master, whole, window):
            found[start] = Held(start, end, whole.cancelled)
    for each in changed:
        found[_replaced(each["recurrence-id"].dt, found)] = _single(each)
    inside = [held for held in found.values() if held.end > window.since and held.start < window.until]
    return tuple(sorted(inside, key=lambda held: (held.start, held.end)))


def _replaced(at: date, found: Mapping[datetime, Held]) -> datetime:
    """Which time a RECURRENCE-ID means; one that is only a date means the time of that day."""
    if not isinstance(at, datetime):
        return next((start for start in found if start.astimezone(ZONE).date() == at), _moment(at))
    return _moment(at)


def _single(event: Component) -> Held:
    start = _start(event)
    end = _moment(start) + _length(event)
    return Held(_moment(start), end, str(event.get("status", "")).upper() == "CANCELLED")


def _start(event: Component) -> date:
    found = event.get("dtstart")
    if found is None or not isinstance(found.dt, date):
        raise NotAnActivity("it has no start that can be read (DTSTART)")
    start: date = found.dt
    if isinstance(start, datetime) and start.tzinfo is None and found.params.get("TZID"):
        raise NotAnActivity(f"its time zone {str(found.params['TZID'])[:40]} is not known and not described")
    return start


def _length(event: Component) -> timedelta:
    """How long it lasts in real time; a DTEND is exclusive, so an all-day event of one day ends as the next begins."""
    start, end, lasts = event["dtstart"].dt, event.get("dtend"), event.get("duration")
    whole_days = not isinstance(start, datetime)
    if end is not None:
        if isinstance(end.dt, datetime) == whole_days:
            raise NotAnActivity("one of its start and end has a clock time and the other has none")
        length = _moment(end.dt) - _moment(start)
        if whole_days and length == timedelta(0):  # an end that means the day itself, as some programs write it
            length = _moment(start + timedelta(days=1)) - _moment(start)
    elif lasts is not None and isinstance(lasts.dt, timedelta):
        length = lasts.dt
    elif whole_days:
        length = _moment(start + timedelta(days=1)) - _moment(start)
    else:
        raise NotAnActivity("it has no end (DTEND or DURATION)")
    if not timedelta(0) < length <= LONGEST:
        raise NotAnActivity("it ends before it begins, or lasts longer than a month")
    return length


def _expanded(event: Component, whole: Held, window: Window) -> Iterator[tuple[datetime, datetime]]:
    """Start and end of each time, by the clock on the wall: a series at 17:00 stays there when the clock changes."""
    start, lasts = event["dtstart"].dt, _wall_length(event)
    exceptions = list(_dates(event, "exdate"))
    moments = {_moment(at) for at in exceptions}
    whole_days = {at for at in exceptions if not isinstance(at, datetime)}
    ends: dict[datetime, datetime] = {}
    for at in [start, *_ruled(event, start, window)]:
        began = _moment(at)
        end = _moment(at + lasts) if lasts is not None else began
        ends[began] = end if end > began else began + (whole.end - whole.start)
    for added in _dates(event, "rdate", periods=True):
        ends[_moment(added)] = _end_of(added) or _moment(added) + (whole.end - whole.start)
    for began, end in sorted(ends.items()):
        if began not in moments and began.astimezone(ZONE).date() not in whole_days:
            yield began, end


def _wall_length(event: Component) -> timedelta | None:
    """How long it lasts by the clock on the wall; None where it says so in real time (DURATION)."""
    if event.get("dtend") is None:
        return None if event.get("duration") is not None else timedelta(days=1)
    return _wall(event, "dtend") - _wall(event, "dtstart")


def _ruled(event: Component, start: date, window: Window) -> Iterator[date]:
    rules = event.get("rrule") or []
    for rule in rules if isinstance(rules, list) else [rules]:
        yield from _of_rule(rule, start, window)


def _of_rule(rule: Mapping[str, Sequence[object]], start: date, window: Window) -> Iterator[date]:
    """The days and times of one rule within the window. Dateutil counts on the wall: zones come back afterwards."""
    frequency = str((rule.get("FREQ") or [""])[0])
    if frequency not in FREQUENCIES:
        raise NotAnActivity(f"it is repeated {frequency.lower() or 'without a rule'}, not by days")
    zone = start.tzinfo if isinstance(start, datetime) else None
    wall = start.replace(tzinfo=None) if isinstance(start, datetime) else datetime.combine(start, time())
    parts = {name: values for name, values in rule.items() if name != "UNTIL"}
    try:
        series = rrulestr(_written(parts, _last_of(rule, zone)), dtstart=wall)
    except (ValueError, TypeError, IndexError) as error:
        raise NotAnActivity(f"its rule cannot be read: {str(error)[:80]}") from None
    first = window.since.astimezone(zone or ZONE).replace(tzinfo=None) - LONGEST
    last = window.until.astimezone(zone or ZONE).replace(tzinfo=None)
    given = 0
    for at in series:
        if at > last:
            return
        if at < first:
            continue
        given += 1
        if given > MOST_TIMES:
            raise NotAnActivity(f"it has more than {MOST_TIMES} times")
        yield at.replace(tzinfo=zone) if isinstance(start, datetime) else at.date()


def _written(parts: Mapping[str, Sequence[object]], until: datetime | None) -> str:
    said = [f"{name}={','.join(str(value) for value in values)}" for name, values in parts.items()]
    return ";".join([*said, *([f"UNTIL={until:%Y%m%dT%H%M%S}"] if until else [])])


def _last_of(rule: Mapping[str, Sequence[object]], zone: tzinfo | None) -> datetime | None:
    """UNTIL on the wall of the event: it may come as a date, as UTC or without a zone."""
    until = (rule.get("UNTIL") or [None])[0]
    if isinstance(until, datetime):
        return until.astimezone(zone or ZONE).replace(tzinfo=None) if until.tzinfo else until
    return datetime.combine(until, time(23, 59, 59)) if isinstance(until, date) else None


def _dates(event: Component, name: str, *, periods: bool = False) -> Iterator[Any]:
    found = event.get(name) or []
    for group in found if isinstance(found, list) else [found]:
        for each in group.dts:
            if periods or not isinstance(each.dt, tuple):
                yield each.dt


def _end_of(at: object) -> datetime | None:
    """The end of an added time that brings its own (a period); None for one that lasts as the others."""
    if not isinstance(at, tuple):
        return None
    start, end = at
    return _moment(start) + end if isinstance(end, timedelta) else _moment(end)


def _wall(event: Component, name: str) -> datetime:
    at = event[name].dt
    if not isinstance(at, datetime):
        return datetime.combine(at, time())
    start = event["dtstart"].dt
    return at.astimezone(start.tzinfo).replace(tzinfo=None) if at.tzinfo and start.tzinfo else at.replace(tzinfo=None)


def _moment(at: object) -> datetime:
    """The UTC moment of a calendar's value: a date begins at local midnight, a floating time is of Copenhagen."""
    if isinstance(at, tuple):
        at = at[0]
    if isinstance(at, datetime):
        return (at if at.tzinfo else at.replace(tzinfo=ZONE)).astimezone(UTC)
    if isinstance(at, date):
        return datetime.combine(at, time(), ZONE).astimezone(UTC)
    raise NotAnActivity("it holds a moment that cannot be read")
