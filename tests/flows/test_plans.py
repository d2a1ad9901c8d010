"""My plans, and a calendar file that a calendar app reads."""

from __future__ import annotations

from typing import Any

import pytest
from icalendar import Calendar

from tests.flows.stage import Phone, Stage

CLUB = "madklub-ringe"  # Thursdays 17:30–20:00
COURSE = "dansk-begyndere-faaborg"  # Wednesdays 18:00 from 2027-01-06 to 2027-03-31


def events(phone: Phone) -> list[Any]:
    """The events of the calendar file that is the newest bubble."""
    bubble = phone.bubbles[-1]
    assert bubble.api["document"]["mime_type"] == "text/calendar"
    file = phone.stage.world.files[bubble.api["document"]["file_id"]]
    return list(Calendar.from_ical(file.content).walk("VEVENT"))


def wall(event: Any, name: str) -> str:
    """A time of an event as the clock in Denmark shows it; a calendar is told the zone by its name."""
    assert event[name].params["TZID"] == "Europe/Copenhagen"
    return f"{event.decoded(name):%Y-%m-%d %H:%M}"


async def test_plans_list_what_one_signed_up_for_soonest_first_and_lead_to_each_card(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("📅 My plans")
    assert "You have no plans yet." in amina.sees
    await amina.signs_up(CLUB)
    await amina.signs_up("bagning-korinth")
    await amina.says("📅 My plans")
    assert amina.sees.index("Bake your own bread") < amina.sees.index("Cooking club")
    await amina.taps(f"c:{play.number(CLUB)}:")
    assert "You have a seat." in amina.sees
    assert any(each.startswith("x:") for each in amina.buttons)


async def test_what_was_cancelled_is_no_plan_any_more(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.signs_up(CLUB)
    await amina.taps("x:")
    await amina.says("/plans")
    assert "You have no plans yet." in amina.sees


async def test_a_seat_becomes_an_event_that_a_calendar_reads(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.signs_up(CLUB)
    await amina.taps("ics")
    (event,) = events(amina)
    assert wall(event, "DTSTART") == "2026-11-26 17:30"
    assert wall(event, "DTEND") == "2026-11-26 20:00"
    assert str(event["UID"]) == "faaborg-midtfyn.madklub-ringe.2026-11-26@brobot"
    assert (int(event["SEQUENCE"]), str(event["STATUS"])) == (0, "CONFIRMED")
    assert "RRULE" not in event
    assert "Amina" not in str(event)


async def test_a_moved_time_replaces_the_event_and_a_cancelled_one_says_so(play: Stage) -> None:
    sana = await play.coordinator()
    amina = await play.newcomer("Amina")
    await amina.signs_up(CLUB)
    await amina.taps("ics")
    (first,) = events(amina)
    await play.manages(sana, CLUB)
    await sana.taps("km:")  # one hour later
    await amina.taps("ics")
    (moved,) = events(amina)
    assert moved["UID"] == first["UID"]
    assert int(moved["SEQUENCE"]) > int(first["SEQUENCE"])
    assert wall(moved, "DTSTART") == "2026-11-26 18:30"
    await sana.taps("kx:")
    await sana.taps("kX:")
    await amina.taps("ics")
    (cancelled,) = events(amina)
    assert (cancelled["UID"], str(cancelled["STATUS"])) == (first["UID"], "CANCELLED")
    assert int(cancelled["SEQUENCE"]) > int(moved["SEQUENCE"])


@pytest.mark.both_engines
async def test_a_course_is_one_seat_and_one_series(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.signs_up(COURSE)
    await amina.taps("ics:")
    series = events(amina)[0]
    assert series["RRULE"]["FREQ"] == ["WEEKLY"]
    assert wall(series, "DTSTART") == "2027-01-06 18:00"
    await play.until("2027-01-11", "12:00")  # the course has begun
    await amina.opens(COURSE)
    await amina.taps("ics:")
    assert events(amina)[0]["UID"] == series["UID"]


async def test_who_joins_a_course_late_is_reminded_of_its_next_evening(play: Stage) -> None:
    await play.until("2027-01-11", "12:00")
    amina = await play.newcomer("Amina")
    await amina.signs_up(COURSE)
    await play.until("2027-01-12", "17:00")
    assert "Tomorrow" in amina.sees
    await amina.says("/plans")
    assert "13/01" in amina.sees or "13/1" in amina.sees


@pytest.mark.both_engines
async def test_one_file_holds_everything_one_signed_up_for(play: Stage) -> None:
    amina = await play.newcomer("Amina", "ar")
    for activity in (CLUB, "bagning-korinth", COURSE):
        await amina.signs_up(activity)
    await amina.says("/plans")
    await amina.taps("ics")
    assert len({str(event["UID"]) for event in events(amina)}) == 3
