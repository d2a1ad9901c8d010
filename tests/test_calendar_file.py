"""A calendar app reads the same days and hours out of the file as the bot says, and nothing about the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar

from bot.calendar_file import Entry, calendar_file, uid
from bot.core.model import Activity, Change, Occurrence, Schedule, Venue
from bot.core.schedule import ZONE, occurrence, occurrences

# icalendar gives every property the union of all the types there are; what stands in ours, the tests say.
Read = Any

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TUESDAYS = Schedule(date(2026, 9, 1), time(17, 30), time(20), "weekly")
ACTIVITY = Activity(
    number=12,
    id="madklub",
    community="faaborg-midtfyn",
    organisation="frivilligcenter",
    place="ringe",
    venue=Venue("Kulturhuset", "Algade 1, 5750 Ringe", 55.2386, 10.4786),
    schedule=TUESDAYS,
    texts={},
    source="da",
    topics=("cooking",),
    sequence=3,
)


def written(schedule: Schedule, changes: Mapping[date, Change] | None = None, now: datetime = NOW) -> Read:
    entry = Entry(replace(ACTIVITY, schedule=schedule), "Madklub", changes=changes or {})
    return Calendar.from_ical(calendar_file([entry], language="da", now=now))


def single(one: Occurrence, title: str = "Madklub", activity: Activity = ACTIVITY, language: str = "da") -> Read:
    content = calendar_file([Entry(activity, title, one)], language=language, now=NOW)
    (event,) = Calendar.from_ical(content).events
    return event


def as_read(calendar: Read) -> list[tuple[datetime, datetime, str]]:
    """What an app shows: rules unrolled on the Danish clock, exceptions taken out, changed days put in their place."""
    found: dict[tuple[str, datetime], tuple[datetime, datetime, str]] = {}
    changed = [event for event in calendar.events if "recurrence-id" in event]
    for event in (event for event in calendar.events if "recurrence-id" not in event):
        start, lasts = event.start, event.end.astimezone(UTC) - event.start.astimezone(UTC)
        for wall in unrolled(event):
            at = wall.replace(tzinfo=ZONE).astimezone(UTC) if "rrule" in event else start.astimezone(UTC)
            found[event["uid"], at] = (at, at + lasts, event["status"])
    for event in changed:
        key = (event["uid"], event["recurrence-id"].dt.astimezone(UTC))
        assert key in found, "a changed day is one of the rule"
        found[key] = (event.start.astimezone(UTC), event.end.astimezone(UTC), event["status"])
    return sorted(found.values())


def unrolled(event: Read) -> list[datetime]:
    first = event.start.replace(tzinfo=None)
    if "rrule" not in event:
        return [first]
    rule = dict(event["rrule"])
    (until,) = rule.pop("UNTIL")
    text = ";".join(f"{name}={','.join(map(str, value))}" for name, value in rule.items())
    end = until.astimezone(ZONE).replace(tzinfo=None)
    left_out = {each.dt.replace(tzinfo=None) for each in exceptions(event)}
    return [wall for wall in rrulestr(text, dtstart=first).between(first, end, inc=True) if wall not in left_out]


def exceptions(event: Read) -> list[Read]:
    lists = event.get("exdate", [])
    return [each for one in (lists if isinstance(lists, list) else [lists]) for each in one.dts]


def as_said(
    schedule: Schedule, changes: Mapping[date, Change], now: datetime = NOW
) -> list[tuple[datetime, datetime, str]]:
    until = now + timedelta(days=380)
    state = {"on": "CONFIRMED", "cancelled": "CANCELLED"}
    return [(one.start, one.end, state[one.state]) for one in occurrences(12, schedule, changes, now, until)]


SERIES = {
    "weekly, over both clock changes and all holidays": TUESDAYS,
    "weekly on Thursdays, with days off": replace(
        TUESDAYS, first=date(2026, 9, 3), skips=frozenset({date(2026, 12, 10), date(2027, 1, 7)})
    ),
    "odd weeks, over a year of 53 weeks": replace(TUESDAYS, repeats="odd_weeks"),
    "even weeks, over a year of 53 weeks": replace(TUESDAYS, repeats="even_weeks", until=date(2027, 6, 30)),
    "the second Thursday of the month": replace(TUESDAYS, first=date(2026, 9, 10), repeats="monthly", nth=2),
    "the last Thursday of the month, Christmas Eve too": replace(
        TUESDAYS, first=date(2026, 9, 24), repeats="monthly", nth=-1, on_holidays=True
    ),
    "a Sunday night in which the clock changes": replace(
        TUESDAYS, first=date(2027, 3, 7), start=time(2, 30), end=time(4), until=date(2027, 11, 28)
    ),
    "from Saturday evening into Sunday": replace(TUESDAYS, first=date(2026, 11, 28), start=time(20), end=time(5)),
    "a term": replace(TUESDAYS, until=date(2026, 12, 8)),
    "a single evening left": replace(TUESDAYS, until=date(2026, 11, 24)),
}


@pytest.mark.parametrize("name", SERIES)
def test_an_app_reads_out_of_a_course_what_the_bot_says(name: str) -> None:
    schedule = SERIES[name]

    read = as_read(written(schedule))

    said = as_said(schedule, {})
    assert said
    assert [each for each in read if each[0] < NOW + timedelta(days=380)] == said


def test_a_moved_and_a_cancelled_day_are_exceptions_of_their_course() -> None:
    moved, cancelled = date(2026, 12, 1), date(2026, 12, 8)
    changes = {
        moved: Change(12, moved, start=datetime(2026, 12, 2, 18, tzinfo=UTC)),
        cancelled: Change(12, cancelled, cancelled=True),
    }
    schedule = replace(TUESDAYS, until=date(2026, 12, 15))

    calendar = written(schedule, changes)

    assert as_read(calendar) == as_said(schedule, changes)
    assert [(event["status"], event.start.day) for event in calendar.events if "recurrence-id" in event] == [
        ("CONFIRMED", 2),
        ("CANCELLED", 8),
    ]
    assert len({event["uid"] for event in calendar.events}) == 1


def test_a_day_of_last_week_that_was_moved_into_the_next_is_still_there() -> None:
    past = date(2026, 11, 17)
    changes = {past: Change(12, past, start=datetime(2026, 11, 25, 16, tzinfo=UTC))}

    read = as_read(written(replace(TUESDAYS, until=date(2026, 11, 24)), changes))

    assert [start.day for start, _, _ in read] == [24, 25]


def test_a_course_that_is_over_is_an_empty_calendar() -> None:
    assert written(replace(TUESDAYS, until=date(2026, 11, 17))).events == []


def test_one_occurrence_says_where_and_when_and_who_replaces_whom() -> None:
    one = occurrence(12, TUESDAYS, date(2026, 11, 24))

    event = single(one)

    assert (event["uid"], event["sequence"], event["status"]) == (
        "faaborg-midtfyn.madklub.2026-11-24@brobot",
        3,
        "CONFIRMED",
    )
    assert (event.start, event.end) == (one.start, one.end)
    assert event["dtstart"].params["TZID"] == "Europe/Copenhagen"
    assert event["dtstamp"].dt == NOW
    assert (event["location"], event["geo"].to_ical()) == ("Kulturhuset, Algade 1, 5750 Ringe", "55.2386;10.4786")
    assert "rrule" not in event


def test_a_moved_and_a_cancelled_occurrence_keep_their_name() -> None:
    day = date(2026, 11, 24)
    change = Change(12, day, start=datetime(2026, 11, 27, 18, tzinfo=UTC), cancelled=True)

    event = single(occurrence(12, TUESDAYS, day, change))

    assert (event["uid"], event["status"], event.start) == (uid(ACTIVITY, day), "CANCELLED", change.start)


def test_a_cancelled_activity_cancels_all_of_it() -> None:
    one = occurrence(12, TUESDAYS, date(2026, 11, 24))

    assert single(one, activity=replace(ACTIVITY, state="cancelled"))["status"] == "CANCELLED"


def test_the_second_of_two_same_hours_in_autumn_is_not_taken_for_the_first() -> None:
    day = date(2026, 11, 24)
    second = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)  # 02:30 in winter time; 00:30 UTC is 02:30 too

    event = single(occurrence(12, TUESDAYS, day, Change(12, day, start=second)))

    assert event.start.astimezone(UTC) == second


def test_titles_in_every_script_come_back_whole_from_folded_lines() -> None:
    one = occurrence(12, TUESDAYS, date(2026, 11, 24))
    titles = {"ar": "نادي الطبخ والأكل معًا · " * 6, "ti": "ክበብ ምግቢ ምኽሻን · " * 6, "da": "Æbler, øl; å\nog mere"}

    read = {language: single(one, title, language=language) for language, title in titles.items()}

    assert {language: str(event["summary"]) for language, event in read.items()} == titles
    assert [event["summary"].params["LANGUAGE"] for event in read.values()] == list(titles)
    content = calendar_file([Entry(ACTIVITY, titles["ti"], one)], language="ti", now=NOW)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


def test_the_time_zone_comes_with_the_file_and_agrees_with_ours() -> None:
    calendar = written(TUESDAYS)
    (zone,) = calendar.timezones
    winter, summer = datetime(2026, 12, 1, 12, tzinfo=UTC), datetime(2027, 7, 1, 12, tzinfo=UTC)

    assert (calendar["method"], zone.tz_name) == ("PUBLISH", "Europe/Copenhagen")
    read = zone.to_tz(lookup_tzid=False)
    assert [at.astimezone(read).utcoffset() for at in (winter, summer)] == [timedelta(hours=1), timedelta(hours=2)]


def test_the_same_question_gives_the_same_file() -> None:
    entries = [Entry(ACTIVITY, "Madklub"), Entry(ACTIVITY, "Madklub", occurrence(12, TUESDAYS, date(2026, 11, 24)))]

    first, second = (calendar_file(entries, language="da", now=NOW) for _ in range(2))

    assert first == second
