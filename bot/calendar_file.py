"""Calendar files that a phone reads: one occurrence, or a whole course with its holidays, moves and cancellations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from icalendar import Calendar, Event, Timezone, vGeo, vRecur, vText

from bot.core.feed import OURS
from bot.core.model import Activity, Change, Occurrence, Schedule
from bot.core.schedule import ZONE, days, is_all_day, local_day, nth_of, occurrence, pattern_days

MIME = "text/calendar"
PRODUCT = "-//Brobot//Brobot//EN"
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

# Holidays can only be written day by day, so a course that never ends is written for a year and a bit.
AHEAD = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Entry:
    """What goes into the calendar of one person: an `occurrence`, or without one the whole course.

    `title` is neutral and in the person's language: others see the phone. `changes` are those of the course's days.
    `left` is a seat that the person gave back: it is cancelled in their calendar. `turns` is how often it was taken
    and left, so that a later file outdoes an earlier one. `about` and `link` are for calendars that all may read.
    """

    activity: Activity
    title: str
    occurrence: Occurrence | None = None
    changes: Mapping[date, Change] = field(default_factory=dict)
    left: bool = False
    turns: int = 0
    about: str = ""
    link: str = ""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Appointment:
    """A meeting in somebody's calendar. `uid` names it for ever; a higher `sequence` outdoes what was sent before."""

    uid: str
    sequence: int
    title: str
    start: datetime
    end: datetime
    venue: str = ""
    cancelled: bool = False


def calendar_file(
    entries: Sequence[Entry],
    *,
    language: str,
    now: datetime,
    name: str = "",
    appointments: Sequence[Appointment] = (),
) -> bytes:
    """An iCalendar file (RFC 5545, METHOD:PUBLISH) in UTF-8, its lines folded; no person is named in it.

    The UID is the activity and its day, the SEQUENCE that of the activity and of the seat, so a second file replaces
    what the first one put there; a cancelled occurrence stays, as STATUS:CANCELLED. A course is written from the local
    day of `now`. A `name` is for a calendar that is subscribed to: its program asks for it again after six hours.
    """
    calendar = Calendar()
    for key, value in (("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH")):
        calendar.add(key, value)
    if name:
        for key, value in (("name", name), ("x-wr-calname", name), ("x-published-ttl", "PT6H")):
            calendar.add(key, value)
        calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    events = [event for entry in entries for event in _events(entry, language, now)]
    events += [_appointment(each, language, now) for each in appointments]
    if events:
        calendar.add_component(_timezone(events))
    for event in events:
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _appointment(each: Appointment, language: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", each.uid)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", each.sequence)
    event.add("status", "CANCELLED" if each.cancelled else "CONFIRMED")
    event.add("summary", vText(each.title, params={"LANGUAGE": language}))
    event.add("dtstart", _local(each.start))
    event.add("dtend", _local(each.end))
    if each.venue:
        event.add("location", each.venue)
    event.add("class", "PRIVATE")
    return event


def uid(activity: Activity, day: date) -> str:
    """The name of an occurrence in every calendar, for ever; a course has that of the first day of its rule."""
    return f"{activity.community}.{activity.id}.{day.isoformat()}{OURS}"


def _timezone(events: Sequence[Event]) -> Timezone:
    """Europe/Copenhagen with the clock changes of the years that the file is about."""
    years = [event.decoded("dtstart").year for event in events]
    return Timezone.from_tzid(ZONE.key, first_date=date(min(years) - 1, 1, 1), last_date=date(max(years) + 3, 1, 1))


def _events(entry: Entry, language: str, now: datetime) -> Iterator[Event]:
    if entry.occurrence is not None:
        yield _single(entry, entry.occurrence, language, now)
        return
    schedule = entry.activity.schedule
    if schedule.repeats == "listed":
        yield from _listed(entry, language, now)
        return
    still_to_come = [day for day, change in entry.changes.items() if change.start is not None and change.start >= now]
    since = min([local_day(now), *still_to_come])
    for run in _runs(schedule, since + AHEAD):
        held = list(days(schedule, max(since, run[0]), run[-1]))
        if held:
            yield from _series(entry, run, held, language, now)


def _listed(entry: Entry, language: str, now: datetime) -> Iterator[Event]:
    """Each time to come of a list, by itself: it has no rule that a calendar could repeat."""
    for day in entry.activity.schedule.listed:
        one = occurrence(entry.activity.number, entry.activity.schedule, day, entry.changes.get(day))
        if one.end > now:
            yield _single(entry, one, language, now)


def _single(entry: Entry, one: Occurrence, language: str, now: datetime) -> Event:
    event = _event(entry, uid(entry.activity, one.day), one.state, language, now)
    _span(event, one)
    return event


def _span(event: Event, one: Occurrence) -> None:
    """From when to when; what is about whole days has no hour, and its end is the day after its last."""
    start, end = _local(one.start), _local(one.end)
    whole_days = is_all_day(one.start, one.end)
    event.add("dtstart", start.date() if whole_days else start)
    event.add("dtend", end.date() if whole_days else end)


def _runs(schedule: Schedule, until: date) -> list[list[date]]:
    """The days of the rule, parted where one calendar rule no longer fits.

    "Every odd week" is "every second week" to a calendar, until a year of 53 weeks, after which two odd weeks follow.
    """
    every = list(pattern_days(schedule, schedule.first, until))
    if schedule.repeats not in {"odd_weeks", "even_weeks"}:
        return [every] if every else []
    runs = [every[:1]] if every else []
    for day, following in pairwise(every):
        if following - day == timedelta(days=14):
            runs[-1].append(following)
        else:
            runs.append([following])
    return runs


def _series(entry: Entry, run: Sequence[date], held: Sequence[date], language: str, now: datetime) -> Iterator[Event]:
    """The event of a run from its first day that is held, and one for each day that is not as the rule has it."""
    schedule, name = entry.activity.schedule, uid(entry.activity, run[0])
    first = occurrence(entry.activity.number, schedule, held[0])
    lasts = first.end - first.start
    event = _event(entry, name, "on", language, now)
    event.add("dtstart", _wall(schedule, held[0]))
    event.add("dtend", _local(first.end))
    if len(held) > 1:
        event.add("rrule", _rule(schedule, occurrence(entry.activity.number, schedule, held[-1]).start))
    skipped = sorted(set(run) - set(held))
    for day in (day for day in skipped if held[0] < day < held[-1]):
        event.add("exdate", _wall(schedule, day))
    yield event
    for day in held:
        one = occurrence(entry.activity.number, schedule, day, entry.changes.get(day))
        # A calendar repeats the length, not the end: a night in which the clock changes needs its own event.
        if one.moved or one.state == "cancelled" or one.end - one.start != lasts:
            changed = _event(entry, name, one.state, language, now)
            changed.add("recurrence-id", _wall(schedule, day))
            changed.add("dtstart", _local(one.start))
            changed.add("dtend", _local(one.end))
            yield changed


def _rule(schedule: Schedule, last: datetime) -> vRecur:
    weekday = WEEKDAYS[schedule.first.weekday()]
    if schedule.repeats == "monthly":
        return vRecur(FREQ="MONTHLY", BYDAY=f"{nth_of(schedule)}{weekday}", UNTIL=last)
    interval = 1 if schedule.repeats == "weekly" else 2
    return vRecur(FREQ="WEEKLY", INTERVAL=interval, BYDAY=weekday, UNTIL=last)


def _event(entry: Entry, name: str, state: str, language: str, now: datetime) -> Event:
    activity, venue = entry.activity, entry.activity.venue
    event = Event()
    event.add("uid", name)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", activity.sequence + entry.turns)
    event.add("status", "CANCELLED" if entry.left or "cancelled" in {state, activity.state} else "CONFIRMED")
    event.add("summary", vText(entry.title, params={"LANGUAGE": language}))
    event.add("location", ", ".join(part for part in (venue.name, venue.address) if part))
    if venue.exact:
        event.add("geo", vGeo((venue.lat, venue.lon)))
    event.add("class", "PUBLIC" if entry.link else "PRIVATE")
    if entry.about:
        event.add("description", vText(entry.about, params={"LANGUAGE": language}))
    if entry.link:
        event.add("url", entry.link)
    if entry.categories:
        event.add("categories", list(entry.categories))
    return event


def _wall(schedule: Schedule, day: date) -> datetime:
    """The start as the poster says it, which is what a series repeats, also on the night that has no such hour."""
    return datetime.combine(day, schedule.start, ZONE)


def _local(at: datetime) -> datetime:
    """A moment on the Danish clock; the second of two same hours in autumn has no name there and stays in UTC."""
    local = at.astimezone(ZONE)
    return at.astimezone(UTC) if local.fold else local
