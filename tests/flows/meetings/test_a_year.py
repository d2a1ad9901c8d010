"""A year of the integration network: each thing once, on the day that a slow reckoning gives, never at night."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from bot.core.quiet import is_quiet
from bot.core.schedule import ZONE
from tests.flows.meetings.network import is_secretary, represents, writes_agenda, writes_minutes
from tests.flows.stage import Phone, Stage, plain

UNASKED = (
    *("will you come?", "📋 Agenda", "⏰ Tomorrow", "📝 Minutes", "How far is it?", "is up for revision"),
    *(
        "Please write the agenda",
        "Please write the minutes",
        "is missing",
        "are missing",
        "not ready yet",
        "Still open",
    ),
)
"""What only the clock says, by words that stand in it."""


def said_by_itself(phone: Phone) -> list[tuple[datetime, str]]:
    """What the clock said on this phone, and when, on the Danish wall."""
    return [
        (bubble.at.astimezone(ZONE).replace(second=0, microsecond=0), words)
        for bubble in phone.bubbles
        for words in UNASKED
        if words in plain(bubble.text)
    ]


def second_tuesdays(year: int) -> list[date]:
    """By looking at every day of the year."""
    days = [date(year, 1, 1) + timedelta(days=at) for at in range(366)]
    return [day for day in days if day.month in (2, 5, 8, 11) and day.weekday() == 1 and 8 <= day.day <= 14]


def at_nine(day: date) -> datetime:
    return datetime.combine(day, time(9), ZONE)


@pytest.mark.slow
async def test_a_year_of_meetings_says_each_thing_once_on_its_day(play: Stage) -> None:
    sana = await play.coordinator()
    per = await represents(play, "Per", "fynsland")
    ole = await represents(play, "Ole", "roede-kors-faaborg")
    mia = await represents(play, "Mia", "fmk-integration")
    await is_secretary(play, sana, mia)

    meetings = second_tuesdays(2027)
    assert len(meetings) == 4
    for number, day in enumerate(meetings, 1):
        await play.until(str(day - timedelta(days=13)), "10:00")
        await writes_agenda(mia, number, f"Cycling in month {day.month}")
        await play.until(str(day + timedelta(days=1)), "10:00")
        if number == 1:
            await mia.says("/meetings")
            await mia.taps("Mm:1")
            await mia.taps("Mv:1")
            await mia.taps("Mb:1:a")
            await mia.says("Ask for a room")
            await mia.chooses_label("Per, Fynsland")
            await mia.says("1/6")
        await writes_minutes(mia, number, f"Bicycles are lent in month {day.month}")
    await play.until("2027-12-01", "10:00")

    week, weeks = timedelta(days=7), timedelta(days=42)
    papers = [(at_nine(day - week), "📋 Agenda") for day in meetings]
    papers += [(at_nine(day + week), "📝 Minutes") for day in meetings]
    papers += [(at_nine(date(2027, 4, 21)), "is up for revision")]  # sixty days before 20 June
    assert said_by_itself(ole) == sorted(papers), "the orientation level gets agendas and minutes alone"
    own = [(at_nine(day - weeks), "will you come?") for day in meetings]
    own += [(at_nine(day - timedelta(days=1)), "⏰ Tomorrow") for day in meetings]
    own += [(at_nine(date(2027, 5, 29)), "How far is it?"), (at_nine(date(2027, 6, 1)), "How far is it?")]
    assert said_by_itself(per) == sorted([*papers, *own])
    # what she wrote herself shows the papers too; what asks her to write came on working days
    asked = [(at.date(), words) for at, words in said_by_itself(mia) if words.startswith("Please")]
    assert asked == sorted(
        [
            *((day - timedelta(days=14), "Please write the agenda") for day in meetings),
            *((day + timedelta(days=1), "Please write the minutes") for day in meetings),
        ]
    )
    assert [at for at, words in said_by_itself(mia) if words == "Still open"] == [at_nine(date(2027, 6, 2))]
    for phone in (per, ole, mia, sana):
        assert not [words for at, words in said_by_itself(phone) if is_quiet(at)]
    opens = next(plain(bubble.text) for bubble in ole.bubbles if "Cycling in month 8" in plain(bubble.text))
    assert opens.index("Ask for a room (Per, Fynsland, Tuesday 01/06)") < opens.index("Cycling in month 8")
