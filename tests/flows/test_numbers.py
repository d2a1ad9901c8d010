"""Numbers: who says yes is counted, a quarter and its year are made once, and each sees only what they may."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from bot.core.schedule import ZONE
from bot.numbers import counting, reports
from bot.store import counts, needs
from bot.store.case_tables import cases
from bot.store.counts import SeatCount
from bot.store.number_tables import first_activities, seat_counts
from bot.store.number_tables import reports as report_rows
from tests.flows.stage import Phone, Stage

CLUB = "madklub-ringe"  # Thursdays; the story begins on Monday 23/11
NAMES = ("Amina", "Berhane", "Chen", "Dawit", "Elif", "Farah")


def file_of(phone: Phone) -> bytes:
    """What the newest bubble with a file holds."""
    bubble = next(each for each in reversed(phone.bubbles) if each.kind in ("document", "photo"))
    found = bubble.api[bubble.kind]
    return phone.stage.world.files[found[-1]["file_id"] if isinstance(found, list) else found["file_id"]].content


async def seed(play: Stage) -> None:
    """What others did in the same quarter."""
    services = play.app.services
    async with services.database.write() as tx:
        for topic, place, language, times in (("swimming", "ringe", "ti", 9), ("dance", "faaborg", "ar", 3)):
            for _ in range(times):
                month = date(2026, 10, 1)
                await needs.count_need(tx, services.community, month, language=language, topic=topic, place=place)
        for activity, organisation, used in ((901, "eksempel-idraet", 30), (902, "eksempel-bibliotek", 12)):
            start = datetime(2026, 10, 8, 17, tzinfo=ZONE)
            await counts.keep_seats(
                tx, services.community, [SeatCount(activity, start.date(), start, organisation, "children", 40, used)]
            )
        months = {(date(2026, 10, 1), "day"): 38, (date(2026, 11, 1), "later"): 2}
        await counts.count_cases(tx, services.community, months)


@pytest.mark.both_engines
async def test_a_quarter_and_its_year_are_made_once_and_nobody_can_be_found_in_them(play: Stage) -> None:
    sana, omar = await play.coordinator(), await play.coordinator("Omar", "organiser/eksempel-mad")
    people = [await play.newcomer(name) for name in NAMES]
    await seed(play)
    for phone in people:
        await phone.signs_up(CLUB)
        if phone is not people[-1]:
            await phone.forges("Zy")
    await people[0].says("/settings")
    await people[0].taps("Z")
    assert "✅ You are counted." in people[0].sees
    await people[1].says("I want to speak to a person")
    await sana.says("/numbers")
    assert sana.labels[:2] == ["⏳ 2026-Q4", "📊 2026-Q3"]
    assert "Quarter 4 of 2026 is ready on Friday 08/01." in sana.sees
    await play.until("2026-11-27", "18:00")
    await people[1].taps("g:")
    assert "what is new each week" in people[1].sees  # counted already: nothing else is asked
    await people[-1].taps("g:")
    await people[-1].taps("Wx")
    await play.until("2026-12-05", "18:00")
    assert len(await play.rows(first_activities)) == 5
    await counting.look_through(play.app.services, play.clock())  # twice is the same as once
    (case,) = await play.rows(cases)
    assert case["counted"]
    await people[-1].taps("g:")
    assert "May we count you?" in people[-1].sees
    await people[-1].taps("Zn")
    await play.until("2027-01-08", "09:00")
    await sana.says("/numbers")
    await sana.taps("ZN:2026-Q4")
    assert sana.bubbles[-1].kind == "photo"
    assert "From first contact to first activity · others: 3 days (median of 5)" in sana.sees
    assert "Answered by a person within a day · all: at least 37 of 41" in sana.sees
    assert file_of(sana).startswith(b"\x89PNG")
    await sana.taps("ZX:2026-Q4")
    cells = [row for sheet in load_workbook(io.BytesIO(file_of(sana))) for row in sheet.iter_rows(values_only=True)]
    assert ("Asked for and not found, by topic", "all others together", 12, None, None, "12") in cells
    assert not any("swimming" in str(cell) or "dance" in str(cell) for row in cells for cell in row)
    assert min(row[2] for row in cells if len(row) > 2 and isinstance(row[2], int)) >= 5
    await sana.says("/numbers")
    await sana.taps("ZN:2026")
    await sana.taps("ZP:2026")
    assert file_of(sana).startswith(b"%PDF-")
    await people[0].says("/settings")
    await people[0].taps("Z")
    await people[0].taps("Zn")
    assert len(await play.rows(first_activities)) == 4
    await reports.make_due(play.app.services, play.clock())
    await sana.says("/numbers")
    await sana.taps("ZN:2026-Q4")
    assert "median of 5" in sana.sees  # as it was first shown: who took their yes back is not found by comparing
    assert [row["counted"] for row in await play.rows(report_rows)] == [None, None]
    await omar.says("/numbers")
    await omar.taps("ZN:2026-Q4")
    assert "Seats used" in omar.sees
    assert "first contact" not in omar.sees
    await omar.forges("ZP:2026")
    await people[2].says("/numbers")
    assert "Only coordinators can do this." in omar.sees
    assert people[2].sees == omar.sees


async def test_the_last_full_quarter_and_the_running_one_can_always_be_opened_and_say_what_they_hide(
    play: Stage,
) -> None:
    sana, amina = await play.coordinator(), await play.newcomer("Amina")
    await amina.signs_up(CLUB)
    await amina.forges("Zy")
    await sana.says("/numbers")
    await sana.taps("ZN:2026-Q4")
    assert "Quarter 4 of 2026 is ready on Friday 08/01." in sana.sees
    assert "all of it is hidden" in sana.sees
    await sana.says("/numbers")
    await sana.taps("ZN:2026-Q3")  # before the first person came
    assert sana.bubbles[-1].kind == "photo"
    assert "Everything is hidden: too few people." in sana.sees
    await play.until("2026-11-27", "18:00")
    play.clock.set(datetime(2027, 1, 8, 0, 0, 1, tzinfo=ZONE))  # nothing has ticked yet on this day
    await sana.says("/numbers")
    assert sana.labels[:3] == ["⏳ 2027-Q1", "📊 2026", "📊 2026-Q4"]
    assert any(row["day"] > date(2026, 12, 24) for row in await play.rows(seat_counts)), "counted before it is kept"
    await sana.taps("ZN:2026-Q4")
    assert "Everything is hidden: too few people." in sana.sees
    await sana.taps("ZX:2026-Q4")
    cells = [row for sheet in load_workbook(io.BytesIO(file_of(sana))) for row in sheet.iter_rows(values_only=True)]
    assert not any(isinstance(cell, int) for row in cells for cell in row)


async def test_seats_are_counted_once_a_day_also_those_that_stayed_empty(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.signs_up(CLUB)
    await play.until("2026-11-27", "09:00")
    held = {(row["activity"], row["day"]): row for row in await play.rows(seat_counts)}
    club = held[play.number(CLUB), date(2026, 11, 26)]
    assert (club["used"], club["capacity"], club["organisation"]) == (1, 8, "eksempel-mad")
    assert any(row["used"] == 0 for row in held.values())
    assert all(row["day"] < date(2026, 11, 27) for row in held.values())
