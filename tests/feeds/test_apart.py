"""Calendars read in a process of their own: the same events, and an end to what has none."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from bot.core.feed import FeedFault
from bot.core.schedule import ZONE
from bot.feeds.apart import read_apart
from bot.feeds.calendar import read_calendar

FILES = Path(__file__).parent.parent / "data" / "feeds"
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)


async def test_what_is_read_apart_is_what_would_be_read_here() -> None:
    content = (FILES / "google.ics").read_bytes() + (FILES / "nextcloud.ics").read_bytes()
    assert await read_apart(content, NOW) == read_calendar(content, NOW)
    with pytest.raises(FeedFault) as fault:
        await read_apart(b"<html>", NOW)
    assert (fault.value.kind, str(fault.value)) == ("not_a_calendar", "It is a web page, not a calendar.")


async def test_a_rule_that_never_comes_true_is_given_up() -> None:
    rule = "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"
    event = f"BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:x\r\nDTSTART:20261201T100000Z\r\nDURATION:PT1H\r\n{rule}\r\nEND:VEVENT"
    with pytest.raises(FeedFault) as fault:
        await read_apart(f"BEGIN:VCALENDAR\r\n{event}\r\nEND:VCALENDAR\r\n".encode(), NOW, seconds=1.5)
    assert fault.value.kind == "too_hard"
