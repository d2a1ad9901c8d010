"""Stop and start again, in every language; quiet hours and the caps on what nobody asked for; settings and help."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from bot.core.quiet import is_quiet
from bot.core.schedule import ZONE, local_day
from bot.store.tables import notices, people
from tests.flows.stage import Stage, plain

CLUB = "madklub-ringe"  # Thursdays 17:30–20:00; the story begins on Monday 23/11 at 10:00
STOPS = {
    "ar": ("توقف", "أوقفوا الرسائل"),
    "ti": ("ኣቋርጹ", "ኣይትስደዱለይ"),
    "da": ("stop", "Stop med at sende mig beskeder"),
    "en": ("STOP", "please stop sending me messages"),
}


@pytest.mark.parametrize("language", list(STOPS))
async def test_a_stop_word_stops_everything_at_once_and_start_brings_it_back(play: Stage, language: str) -> None:
    for number, word in enumerate((*STOPS[language], "/stop")):
        phone = await play.newcomer(f"N{number}", language)
        await phone.signs_up(CLUB)
        await phone.says(word)
        person = (await phone.reader()).person
        assert person is not None
        assert person.state == "stopped", word
        assert "go" in phone.buttons
    assert {row["state"] for row in await play.rows(notices)} == {"stopped"}
    await play.until("2026-11-25", "18:00")
    assert "⏰" not in phone.all_seen
    await phone.taps("go")
    await play.until("2026-11-26", "16:00")
    assert phone.all_seen.count("⏰") == 1


async def test_who_stopped_is_still_answered_when_they_write(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("/stop")
    await amina.says("cooking")
    assert any(each.startswith("c:") for each in amina.buttons)


async def test_who_said_stop_still_gets_the_answer_of_a_person_they_asked_for(play: Stage) -> None:
    sana = await play.coordinator()
    amina = await play.newcomer("Amina")
    await amina.says("🙋 A person")
    asked = sana.bubbles[-1].id
    await amina.says("/stop")
    await sana.taps("ht:")
    await sana.says("Come to the library on Monday.", reply_to=asked)
    assert "Come to the library on Monday." in amina.all_seen


async def test_a_stranger_who_says_stop_is_told_and_not_remembered(play: Stage) -> None:
    eve = play.phone("Eve", "da")
    await eve.says("stop")
    assert any(each.startswith("go") for each in eve.buttons)
    assert await play.rows(people) == []


async def test_what_waits_for_its_turn_to_be_sent_is_not_sent_after_a_stop(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.signs_up(CLUB)
    play.clock.set(play.clock() + timedelta(days=2, hours=7, minutes=1))  # due now, and nobody has looked yet
    play.world.says(amina.person, "/stop")
    await play.settle()
    assert amina.all_seen.rindex("🔕") > amina.all_seen.rfind("Tomorrow")
    assert {row["state"] for row in await play.rows(notices)} <= {"stopped", "sent"}


async def test_nobody_is_asked_more_than_once_a_day_or_three_times_in_seven_days_nor_at_night(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    seats = 0
    for number, activity in play.guide.activities.items():
        coming = play.guide.coming(number, play.clock(), play.clock() + timedelta(days=8))
        if activity.sign_up == "each" and coming and seats < 9:
            await amina.signs_up(activity.id)
            seats += 1
    before = len(amina.bubbles)
    await play.until("2026-12-05", "12:00")
    unasked = [local_day(each.at) for each in amina.bubbles if "How was it?" in plain(each.text)]
    assert len(unasked) >= 4
    assert max(Counter(unasked).values()) == 1
    first, last = min(unasked), max(unasked)
    for back in range((last - first).days + 1):
        week = [day for day in unasked if first <= day - timedelta(days=back) < first + timedelta(days=7)]
        assert len(week) <= 3
    assert [each.at.astimezone(ZONE) for each in amina.bubbles[before:] if is_quiet(each.at)] == []


async def test_every_command_answers_with_a_way_on_for_known_and_unknown(play: Stage) -> None:
    for phone in (await play.newcomer("Amina"), play.phone("Eve")):
        for command in ("/help", "/settings", "/privacy", "/language", "/plans", "/person", "/mydata", "/deleteme"):
            before = len(phone.bubbles)
            await phone.says(command)
            assert len(phone.bubbles) == before + 1
            assert phone.buttons or phone.bubbles[-1].kind == "document", command


async def test_settings_lead_to_language_town_messages_and_privacy(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("⚙️ Settings")
    assert {"lang", "t:0", "stop", "priv", "help"} <= set(amina.buttons)
    await amina.taps("t:0")
    await amina.chooses("Faaborg")
    assert (await amina.reader()).place == "faaborg"
