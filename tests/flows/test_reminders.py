"""Reminders: the day before and two hours before, moved and cancelled times, one's own, and the day after."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.core.schedule import ZONE
from bot.store.tables import notices, signups
from tests.flows.stage import Phone, Stage, plain

CLUB = "madklub-ringe"  # Thursdays 17:30–20:00; the story begins on Monday 23/11 at 10:00
BREAD = "bagning-korinth"  # Tuesdays 15:00–17:00


def local(phone: Phone, text: str) -> list[str]:
    """When the bot wrote bubbles with this in them, by the clock in Denmark."""
    return [f"{each.at.astimezone(ZONE):%d/%m %H:%M}" for each in phone.bubbles if text in plain(each.text)]


async def test_reminded_at_five_the_day_before_and_two_hours_before_with_a_pin(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.signs_up(CLUB)
    await play.until("2026-11-26", "18:00")
    assert local(amina, "Tomorrow") == ["25/11 17:00"]
    assert local(amina, "Soon") == ["26/11 15:30"]
    (pin,) = [each for each in amina.bubbles if each.kind == "venue"]
    assert pin.api["venue"]["title"] == play.guide.activities[play.number(CLUB)].venue.name
    assert f"{pin.at.astimezone(ZONE):%H:%M}" == "15:30"


async def test_a_thumb_up_keeps_the_seat_and_a_thumb_down_frees_it_for_the_next(play: Stage) -> None:
    amina, berhane, chen = [await play.newcomer(name) for name in ("Amina", "Berhane", "Chen")]
    for phone in (amina, berhane, chen):
        await phone.signs_up(BREAD)
        await play.later(minutes=1)
    await play.until("2026-11-23", "17:00")
    await amina.taps("a:")
    assert "See you there." in amina.sees
    await berhane.taps(next(each for each in berhane.buttons if each.endswith(":n")))
    assert "You are not signed up any more." in berhane.sees
    await play.later(minutes=11)
    assert "A seat is free for you." in chen.sees
    await chen.taps("o:")
    await play.until("2026-11-24", "13:00")
    assert (local(amina, "Soon"), local(berhane, "Soon"), local(chen, "Soon")) == (["24/11 13:00"], [], ["24/11 13:00"])


async def test_a_moved_time_is_told_at_once_and_every_reminder_moves_with_it(play: Stage) -> None:
    sana = await play.coordinator()
    amina = await play.newcomer("Amina")
    await amina.signs_up(CLUB)
    await amina.taps("r:")
    await amina.taps(next(each for each in amina.buttons if each.endswith(":h")))
    await play.manages(sana, CLUB)
    day_later = next(each for each in sana.buttons if ":d:" in each)
    await sana.taps(day_later)
    assert "New time" in amina.sees
    assert "Friday 27/11 17:30" in amina.sees
    assert "Thursday 26/11" in amina.sees
    await sana.forges(day_later)  # the old button once more
    await play.until("2026-11-28", "12:00")
    assert local(amina, "Tomorrow") == ["26/11 17:00"]
    assert local(amina, "Soon") == ["27/11 15:30"]
    assert local(amina, "You asked me to remind you") == ["27/11 15:30"]
    assert local(amina, "New time") == ["23/11 10:00"]
    assert local(amina, "How was it?") == ["28/11 11:00"]


async def test_two_moves_in_one_night_are_told_as_one(play: Stage) -> None:
    sana = await play.coordinator()
    amina = await play.newcomer("Amina")
    await amina.signs_up(CLUB)
    await play.until("2026-11-23", "22:00")
    await play.manages(sana, CLUB)
    await sana.taps("km:")
    await sana.taps("km:")
    await play.until("2026-11-24", "12:00")
    assert local(amina, "New time") == ["24/11 08:00"]
    told = next(plain(each.text) for each in amina.bubbles if "New time" in each.text)
    assert "19:30" in told
    assert "Before it was Thursday 26/11 17:30" in told


async def test_two_taps_at_once_move_it_once(play: Stage) -> None:
    sana = await play.coordinator()
    await play.manages(sana, CLUB)
    sana.presses("km:", twice=True)
    await play.settle()
    assert "Thursday 26/11 18:30" in sana.sees


async def test_a_cancelled_time_is_told_at_once_and_nothing_is_said_of_it_afterwards(play: Stage) -> None:
    sana = await play.coordinator()
    amina, berhane = await play.newcomer("Amina"), await play.newcomer("Berhane", "ti")
    for phone in (amina, berhane):
        await phone.signs_up(CLUB)
    await play.manages(sana, CLUB)
    await sana.taps("kx:")
    await sana.taps("kX:")
    assert "Cancelled" in amina.sees
    assert amina.bubbles[-1].at == berhane.bubbles[-1].at == play.clock()
    said = len(amina.bubbles)
    await play.until("2026-11-28", "12:00")
    assert len(amina.bubbles) == said
    await amina.opens(CLUB)
    assert "03/12" in amina.sees or "3/12" in amina.sees


async def test_news_waits_for_the_morning_unless_it_is_about_to_begin(play: Stage) -> None:
    sana = await play.coordinator()
    amina = await play.newcomer("Amina")
    await amina.signs_up(CLUB)
    await amina.signs_up(BREAD)
    await play.until("2026-11-23", "22:00")
    await play.manages(sana, CLUB)
    await sana.taps("km:")
    await play.until("2026-11-24", "06:00")
    assert local(amina, "New time") == []
    await play.manages(sana, BREAD)  # at 15:00 today
    await sana.taps("kx:")
    await sana.taps("kX:")
    await play.until("2026-11-24", "09:00")
    assert local(amina, "Cancelled") == ["24/11 06:00"]
    assert local(amina, "New time") == ["24/11 08:00"]


async def test_a_reminder_asked_for_on_a_card_comes_once_and_without_a_seat(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.opens(CLUB)
    await amina.taps("r:")
    amina.presses("ra:", twice=True)
    await play.settle()
    assert "I remind you on" in amina.sees
    await play.until("2026-11-27", "12:00")
    assert local(amina, "You asked me to remind you") == ["25/11 17:00"]
    assert await play.rows(signups) == []


async def test_what_was_asked_for_on_a_card_goes_with_the_seat_and_comes_back_with_its_undo(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.signs_up(CLUB)
    for seat_is_back in (True, False):
        await amina.opens(CLUB)
        await amina.taps("r:")
        await amina.taps("ra:")
        await amina.opens(CLUB)
        await amina.taps("x:")
        if seat_is_back:
            await amina.taps("u:")
            asked = [row["state"] for row in await play.rows(notices) if row["kind"] == "asked"]
            assert asked == ["waiting"]
    await play.until("2026-11-27", "12:00")
    assert local(amina, "You asked me to remind you") == []


async def test_a_reminder_in_ones_own_words_is_confirmed_and_comes_once_at_its_minute(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("remind me on Thursday at 9:00 to call the doctor")
    assert "Thursday 26/11 09:00" in amina.sees
    amina.presses("ry", twice=True)
    await play.settle()
    assert "I remind you on Thursday 26/11 09:00" in amina.sees
    await play.until("2026-11-27", "12:00")
    assert local(amina, "You asked me to remind you") == ["26/11 09:00"]
    assert "call the doctor" in amina.sees


async def test_a_missing_day_and_hour_are_asked_for(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("remind me to call the doctor")
    assert "Which day shall I remind you?" in amina.sees
    await amina.taps(amina.buttons[1])
    assert "At what time shall I remind you?" in amina.sees
    await amina.taps("rt:")
    await amina.taps("ry")
    await play.until("2026-11-25", "12:00")
    assert local(amina, "You asked me to remind you") == ["24/11 09:00"]


async def test_who_asks_for_a_reminder_at_night_gets_it_at_night_and_no_is_no(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("remind me today at 22:30 to lock the door")
    await amina.taps("ry")
    await amina.says("remind me today at 22:45 to sleep")
    await amina.taps("rn")
    await play.until("2026-11-24", "09:00")
    assert local(amina, "You asked me to remind you") == ["23/11 22:30"]


async def test_the_day_after_one_tap_says_how_it_was_and_takes_the_next_seat(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.signs_up(CLUB)
    await play.until("2026-11-27", "11:00")
    assert "How was it?" in amina.sees
    amina.presses("g:", twice=True)
    await play.settle()
    assert "You have a seat." in amina.all_seen
    assert amina.all_seen.count("Shall I tell you what is new each week?") == 1
    kept = sorted(await play.rows(signups), key=lambda row: row["day"])
    assert [(row["day"], row["state"], row["answer"]) for row in kept] == [
        (date(2026, 11, 26), "going", "again"),
        (date(2026, 12, 3), "going", None),
    ]


async def test_who_signs_up_late_is_not_reminded_of_what_is_past(play: Stage) -> None:
    await play.until("2026-11-25", "18:00")
    amina = await play.newcomer("Amina")
    await amina.signs_up(CLUB)
    await play.until("2026-11-26", "18:00")
    assert (local(amina, "Tomorrow"), local(amina, "Soon")) == ([], ["26/11 15:30"])


async def test_a_series_keeps_its_hour_over_the_night_the_clock_goes_forward(play: Stage) -> None:
    await play.until("2027-03-25", "18:00")  # a Thursday evening; the clock changes on Sunday
    amina = await play.newcomer("Amina")
    coming = [each.start.astimezone(ZONE) for each in play.guide.coming(play.number("sycafe-faaborg"), play.clock())]
    assert {each.time() for each in coming} == {time(13, 0)}
    await amina.signs_up("sycafe-faaborg")
    day = coming[0].date()
    await play.until(f"{day}", "13:00")
    assert day >= date(2027, 4, 1)
    assert local(amina, "Soon") == [f"{day:%d/%m} 11:00"]


@pytest.mark.parametrize(("evening", "day"), [("2027-03-27", "28/03"), ("2027-10-30", "31/10")])
async def test_an_own_reminder_keeps_its_hour_over_both_nights_of_the_clock(
    play: Stage, evening: str, day: str
) -> None:
    await play.until(evening, "18:00")
    amina = await play.newcomer("Amina")
    for words in ("tomorrow at 9:00 to call", "tomorrow at 02:30 to look"):
        await amina.says(f"remind me {words}")
        await amina.taps("ry")
    await play.later(hours=30)
    night, morning = local(amina, "You asked me to remind you")
    assert morning == f"{day} 09:00"
    assert night in {f"{day} 02:30", f"{day} 03:30"}


async def test_nothing_is_held_or_reminded_of_on_a_public_holiday(play: Stage) -> None:
    await play.until("2026-12-14", "10:00")
    closed = {date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)}
    for number, activity in play.guide.activities.items():
        if not activity.schedule.on_holidays:
            held = {each.day for each in play.guide.coming(number, play.clock())}
            assert held & closed == set(), activity.id
    amina = await play.newcomer("Amina")
    await amina.signs_up("faellesspisning-faaborg")  # Fridays: 18/12, then not before 8/1
    await play.until("2026-12-19", "11:00")
    await amina.taps("g:")
    (_, following) = sorted(row["day"] for row in await play.rows(signups))
    assert following >= date(2027, 1, 8)
    due = [row["due"].astimezone(ZONE).date() for row in await play.rows(notices) if row["state"] == "waiting"]
    assert all(day >= date(2027, 1, 7) for day in due)
