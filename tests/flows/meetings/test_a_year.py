"""A year of the integration network: four meetings by the rule, their agendas and minutes, what is late, what ends."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.core.schedule import ZONE, local_day
from tests.flows.meetings.network import is_secretary, planned, represents, writes_agenda, writes_minutes
from tests.flows.stage import Phone, Stage, plain


def said_on(phone: Phone, text: str) -> list[datetime]:
    """When each bubble that holds the text was sent, on the Danish clock."""
    return [bubble.at.astimezone(ZONE) for bubble in phone.bubbles if text in plain(bubble.text)]


async def test_a_year_of_meetings_each_paper_on_its_day_and_each_thing_once(play: Stage) -> None:
    sana = await play.coordinator()
    per = await represents(play, "Per", "fynsland")
    ole = await represents(play, "Ole", "roede-kors-faaborg")
    mia = await represents(play, "Mia", "fmk-integration")
    await is_secretary(play, sana, mia)
    assert "You are the secretary" in mia.all_seen
    coming = await planned(play)
    days = [local_day(each.start) for each in coming]
    assert days[:4] == [date(2027, 2, 9), date(2027, 5, 11), date(2027, 8, 10), date(2027, 11, 9)]

    for meeting, day in zip(coming[:4], days, strict=False):
        await play.until(str(day - timedelta(days=42)), "09:01")
        assert "will you come?" in per.sees
        await per.taps(f"Ma:{meeting.id}:y")
        await play.until(str(day - timedelta(days=13)), "10:00")
        assert "Please write the agenda" in mia.all_seen
        await writes_agenda(mia, meeting.id, f"Cycling for children {day}")
        await play.until(str(day), "18:45")
        await play.until(str(day + timedelta(days=1)), "10:00")
        await writes_minutes(mia, meeting.id, f"Bicycles are lent {day}")
        await play.until(str(day + timedelta(days=8)), "10:00")

    for phone in (per, ole):
        assert [at.date() for at in said_on(phone, "📋 Agenda")] == [day - timedelta(days=7) for day in days[:4]]
        assert [at.date() for at in said_on(phone, "📝 Minutes")] == [day + timedelta(days=7) for day in days[:4]]
    assert "will you come?" not in ole.all_seen, "the orientation level gets agendas and minutes alone"
