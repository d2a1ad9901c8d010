"""Calendars as Google, Outlook and Nextcloud write them, as events: times, exceptions, zones, and what is no use."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.feed import FeedContent, FeedEvent, FeedFault
from bot.core.model import Held
from bot.core.schedule import ZONE, is_all_day
from bot.feeds.calendar import read_calendar

FILES = Path(__file__).parent.parent / "data" / "feeds"
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)


def read(name: str, now: datetime = NOW) -> FeedContent:
    return read_calendar((FILES / f"{name}.ics").read_bytes(), now)


def event(content: FeedContent, title: str) -> FeedEvent:
    return next(each for each in content.events if each.title.startswith(title))


def one(lines: str, now: datetime = NOW) -> FeedContent:
    """A calendar with an event of these lines."""
    body = "\r\n".join(["BEGIN:VEVENT", "UID:1", "SUMMARY:Test", *lines.strip().splitlines(), "END:VEVENT"])
    return read_calendar(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}\r\nEND:VCALENDAR\r\n".encode(), now)


def said(times: tuple[Held, ...]) -> list[str]:
    """Each time as a Dane reads it."""
    return [
        f"{held.start.astimezone(ZONE):%d/%m %H:%M}-{held.end.astimezone(ZONE):%H:%M}{' off' if held.cancelled else ''}"
        for held in times
    ]


def test_a_google_series_has_its_exceptions_moves_and_cancellations() -> None:
    football = event(read("google"), "Børnefodbold")
    times = said(football.times)
    assert times[:4] == ["27/11 18:00-19:30", "03/12 17:00-18:30 off", "10/12 17:00-18:30", "17/12 17:00-18:30"]
    assert times[4] == "07/01 17:00-18:30"  # neither of the two evenings before New Year
    assert football.times[-1].end.astimezone(UTC) < datetime(2027, 4, 30, tzinfo=UTC)


def test_a_series_keeps_its_hour_when_the_clock_changes() -> None:
    football = event(read("google"), "Børnefodbold")
    assert {held.start.astimezone(ZONE).hour for held in football.times} == {17, 18}
    assert {held.start.hour for held in football.times if not held.cancelled} == {15, 16, 17}


def test_an_all_day_event_ends_before_the_day_that_its_end_names() -> None:
    (tournament,) = event(read("google"), "Julestævne").times
    assert said((tournament,)) == ["05/12 00:00-00:00"]
    assert tournament.end.astimezone(ZONE) == datetime(2026, 12, 7, tzinfo=ZONE)
    assert is_all_day(tournament.start, tournament.end)


@pytest.mark.parametrize("end", ["DTEND;VALUE=DATE:20261205", "", "DTEND;VALUE=DATE:20261206", "DURATION:P1D"])
def test_one_day_is_one_day_however_its_end_is_written(end: str) -> None:
    (found,) = one(f"DTSTART;VALUE=DATE:20261205\n{end}").events
    assert found.times == (
        Held(datetime(2026, 12, 5, tzinfo=ZONE).astimezone(UTC), datetime(2026, 12, 6, tzinfo=ZONE).astimezone(UTC)),
    )


def test_outlooks_names_of_zones_and_its_own_descriptions_are_understood() -> None:
    content = read("outlook")
    assert said(event(content, "Sprogcafé").times) == ["08/12 16:30-18:00", "12/01 16:30-18:00", "09/02 16:30-18:00"]
    assert said(event(content, "Julehygge").times) == ["10/12 14:00-16:00"]
    assert event(content, "Sprogcafé").language == "da"


def test_a_zone_that_nobody_knows_is_named_and_never_guessed() -> None:
    content = read("outlook")
    assert [(each.title, "Nowhere Special Time" in each.why) for each in content.unread] == [
        ("Et sted langt væk", True)
    ]


def test_added_dates_periods_and_left_out_days_are_followed() -> None:
    swimming = event(read("nextcloud", datetime(2026, 10, 1, tzinfo=ZONE)), "Natsvømning")
    assert said(swimming.times) == [
        *("03/10 23:30-01:30", "10/10 23:30-01:30", "17/10 23:30-01:30", "24/10 23:30-01:30", "31/10 23:30-01:30"),
        *("07/11 23:30-01:30", "21/11 23:30-01:30", "02/12 20:00-22:00", "08/12 20:00-20:45"),
    ]
    assert swimming.point == (55.0951, 10.2423)
    assert swimming.categories == ("swimming", "Idræt")


def test_the_night_in_which_the_clock_changes_ends_by_the_clock() -> None:
    found = one("DTSTART;TZID=Europe/Copenhagen:20261024T230000\nDTEND;TZID=Europe/Copenhagen:20261025T040000",
                datetime(2026, 10, 20, tzinfo=ZONE)).events[0]  # fmt: skip
    assert said(found.times) == ["24/10 23:00-04:00"]
    assert (found.times[0].end - found.times[0].start).total_seconds() == 6 * 3600


def test_a_cancelled_event_stays_as_one_that_is_called_off() -> None:
    assert said(event(read("nextcloud"), "Aflyst").times) == ["01/12 18:00-20:00 off"]


def test_what_cannot_be_an_activity_is_named_and_spoils_nothing_else() -> None:
    content = read("nextcloud")
    assert {each.title: each.why for each in content.unread} == {
        "Baglæns": "it ends before it begins, or lasts longer than a month",
        "Uden ende": "it is repeated secondly, not by days",
        "Hver eneste dag": "it has more than 400 times",
    }
    assert len(content.events) == 2


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("DTEND:20261201T100000Z", "no start"),
        ("DTSTART:2026kaput\nDTEND:20261201T100000Z", "DTSTART cannot be read"),
        ("DTSTART:20261201T100000Z", "no end"),
        ("DTSTART;VALUE=DATE:20261201\nDTEND:20261201T100000Z", "clock time"),
        ("DTSTART:20261201T100000Z\nDTEND:20261201T110000Z\nRRULE:FREQ=WEEKLY;BYDAY=XX", "RRULE cannot be read"),
        ("DTSTART:20261201T100000Z\nDTEND:20270301T100000Z", "longer than a month"),
    ],
)
def test_an_event_without_a_sure_time_is_not_used(lines: str, why: str) -> None:
    content = one(lines)
    assert content.events == ()
    assert why in content.unread[0].why


def test_texts_lose_mark_up_and_invisible_characters() -> None:
    assert event(read("google"), "Børnefodbold").about == "Fodbold for alle børn.\nTag sko med."
    found = one(
        "DTSTART:20261201T100000Z\nDTEND:20261201T110000Z\nDESCRIPTION:a\u202eb\u200fc &amp; <script>x</script>d"
    )
    assert found.events[0].about == "abc & xd"


def test_the_newest_version_of_an_event_counts() -> None:
    lines = (
        "DTSTART:20261201T100000Z\nDTEND:20261201T110000Z\nSEQUENCE:1\nEND:VEVENT\nBEGIN:VEVENT\nUID:1\nSUMMARY:New\n"
    )
    content = one(f"{lines}DTSTART:20261202T100000Z\nDTEND:20261202T110000Z\nSEQUENCE:2")
    assert [(each.title, said(each.times)) for each in content.events] == [("New", ["02/12 11:00-12:00"])]


def test_two_times_of_a_day_are_two_activities() -> None:
    content = one("DTSTART:20261201T100000Z\nDTEND:20261201T110000Z\nRRULE:FREQ=DAILY;COUNT=2;BYHOUR=10,14;BYMINUTE=0")
    assert [(each.uid, said(each.times)) for each in content.events] == [
        ("1", ["01/12 11:00-12:00"]),
        ("1#2", ["01/12 15:00-16:00"]),
    ]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "not_a_calendar"),
        (b"", "not_a_calendar"),
        (b"\xff\xfe\x00\x00", "not_a_calendar"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR", "not_a_calendar"),
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nEND:VCARD\r\n", "not_a_calendar"),
        (
            b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT\r\n" * 2001 + b"END:VCALENDAR\r\n",
            "too_many",
        ),
    ],
    ids=["web page", "nothing", "bytes", "torn", "a card", "2001 events"],
)
def test_what_is_no_calendar_is_refused_whole(content: bytes, kind: str) -> None:
    with pytest.raises(FeedFault) as fault:
        read_calendar(content, NOW)
    assert fault.value.kind == kind


def test_a_calendar_without_events_is_one() -> None:
    assert read_calendar(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", NOW) == FeedContent(())
