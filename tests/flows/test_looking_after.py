"""What is done for activities that are there: texts, the door list, a message to all, proposals, and "still right?"."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.privacy import forget_old
from bot.store.activity_tables import attendance
from bot.store.tables import signups
from tests.flows.stage import Stage
from tests.flows.test_editing import answers

COURSE = "sykursus-ringe"


async def test_a_changed_original_asks_who_translates_and_their_words_reach_the_newcomer(play: Stage) -> None:
    sana, peter, selam = await play.coordinator("Sana"), await play.coordinator("Peter"), await play.newcomer("S", "ti")
    number = play.number("madklub-ringe")
    await answers(peter, "/coordinate", "=ek:0", "=eu", "=eU:ti:y")
    await sana.says("/coordinate")
    await sana.forges(f"ee:{number}")
    await answers(sana, "=ef:1:about", "Vi laver suppe sammen.", "=ep:1", "=eP:1")
    assert "Tigrinya ⚠️ outdated" in sana.sees
    assert "Vi laver suppe sammen." in peter.sees
    await answers(peter, f"=ew:{number}:ti", "Soup")
    assert "not written in the letters of Tigrinya" in peter.sees
    await answers(peter, "ናይ ምብሳል ክለብ · Madklub", "ብሓባር መረቕ ነብስል።")
    await selam.opens("madklub-ringe")
    assert "ብሓባር መረቕ ነብስል።" in selam.sees
    await sana.taps("eT:")
    assert "Tigrinya ✅ by a person" in sana.sees
    assert "Arabic ⚠️ outdated" in sana.sees


@pytest.mark.both_engines
async def test_at_the_door_numbers_are_ticked_and_who_stayed_away_is_missed_without_blame(play: Stage) -> None:
    sana, amina, yusuf = await play.coordinator(), await play.newcomer("Amina"), await play.newcomer("Yusuf")
    await amina.signs_up("madklub-ringe")
    await yusuf.signs_up("madklub-ringe")
    assert "Your number at the door: 2" in yusuf.sees
    await play.manages(sana, "madklub-ringe")
    await sana.taps("eD:")
    assert "You can tick from two hours before" in sana.sees
    await play.until("2026-11-26", "17:20")
    await play.manages(sana, "madklub-ringe")
    await sana.taps("eD:")
    await sana.taps(sana.data("eI:").rsplit(":", 2)[0] + ":1:y")
    assert "✅ 1" in sana.labels
    await sana.taps(next(each for each in sana.buttons if each.endswith(":d")))
    assert "1 could not come" in sana.sees
    assert [row["came"] for row in sorted(await play.rows(signups), key=lambda row: row["door"])] == [True, False]
    await play.until("2026-11-27", "18:00")
    assert "How was it?" in amina.sees
    assert "We missed you" in yusuf.sees
    assert "could not" not in amina.all_seen


async def test_a_course_is_ticked_evening_by_evening_and_its_seats_last_to_its_end(play: Stage) -> None:
    sana, amina, yusuf = await play.coordinator(), await play.newcomer("Amina"), await play.newcomer("Yusuf")
    await amina.signs_up(COURSE)
    await yusuf.signs_up(COURSE)
    assert "Your number at the door: 2" in yusuf.sees
    for day, came in (("2027-01-11", "1"), ("2027-01-18", "2")):
        await play.until(day, "18:00")
        await play.manages(sana, COURSE)
        await sana.taps("eD:")
        assert not any("✅ 1" in each or "✅ 2" in each for each in sana.labels), "each evening begins anew"
        await sana.taps(sana.data("eI:").rsplit(":", 2)[0] + f":{came}:y")
        await sana.taps(next(each for each in sana.buttons if each.endswith(":d")))
        assert "1 came" in sana.sees
    assert sorted((row["day"].isoformat(), row["came"]) for row in await play.rows(attendance)) == [
        *(("2027-01-11", False), ("2027-01-11", True), ("2027-01-18", False), ("2027-01-18", True)),
    ]
    await play.until("2027-01-19", "18:00")
    assert "We missed you" in amina.sees
    assert "How was it?" in yusuf.sees
    for day, seats in (("2027-03-14", 2), ("2027-05-20", 0)):
        await forget_old(play.app.services, datetime.fromisoformat(f"{day}T12:00+01:00"))
        assert len(await play.rows(signups)) == seats, "a seat in a course counts to its last evening"


async def test_a_message_to_all_who_signed_up_comes_in_their_language_or_says_that_it_does_not(play: Stage) -> None:
    sana = await play.coordinator()
    amina, selam = await play.newcomer("Amina", "ar"), await play.newcomer("Selam", "ti")
    await amina.signs_up("madklub-ringe")
    await selam.signs_up("madklub-ringe")
    await play.manages(sana, "madklub-ringe")
    await sana.taps("eh:")
    await sana.says("Bring warm <clothes>.")
    assert "1 reads Arabic and gets English" in sana.sees
    await sana.taps(next(each for each in sana.buttons if each.endswith(":ar")))
    await sana.says("أحضروا ملابس دافئة.")
    assert "✅ 1 reads Arabic" in sana.sees
    send = sana.data("eH:")
    await sana.taps("eH:")
    assert "Sent to 2 people." in sana.sees
    assert "أحضروا ملابس دافئة." in amina.sees
    assert "Bring warm <clothes>." in selam.sees
    assert len(selam.sees.split("\n")) > 3  # and that there is only a text in English
    before = len(amina.bubbles)
    await sana.forges(send)
    assert len(amina.bubbles) == before


async def test_an_association_proposes_is_sent_back_is_published_and_answers_for_it_every_three_months(
    play: Stage,
) -> None:
    sana, karen, amina = await play.coordinator(), await play.newcomer("Karen"), await play.newcomer("Amina")
    await karen.says("/propose")
    await answers(karen, "Strikkeklubben i Ringe", "Strikkecafé", "Vi strikker.", "=es:1:repeats:weekly", "1/12")
    await answers(karen, "14-16", "=es:1:until:-", "Ringe", "Biblioteket, Algade 40", "=et:1:topics", "=ez:1:topics")
    await answers(karen, "=ez:1:audience", "=et:1:languages", "=ez:1:languages", "0", "=es:1:sign_up:each", "10")
    await answers(karen, "=es:1:contact:-", "=ep:1", "=eP:1", "=eA:1")
    assert "An activity is proposed" in sana.sees
    await answers(sana, "=eV:1", "=eS:1", "How big is the room?")
    assert "How big is the room?" in karen.sees
    await answers(karen, "=e:1", "=ef:1:capacity", "6", "=ep:1", "=eP:1", "=eA:1")
    await answers(sana, "=eV:1", "=eB:1")
    assert "Your activity is published." in karen.sees
    number = play.number("chat-1")
    assert play.guide.organisations[play.guide.activities[number].organisation].name == "Strikkeklubben i Ringe"
    await play.until("2027-03-02", "12:00")
    assert "Is this still right?" in karen.sees
    await play.until("2027-03-20", "12:00")
    await amina.opens("chat-1")
    assert "Not confirmed since Monday 23/11" in amina.sees
    await play.until("2027-04-02", "12:00")
    assert "Paused, as nobody answers" in sana.sees
    await amina.opens("chat-1")
    assert not any(each.startswith("j:") for each in amina.buttons)
    await sana.taps("eY:")
    await amina.opens("chat-1")
    assert any(each.startswith("j:") for each in amina.buttons)


async def test_a_picture_and_a_recording_are_opened_from_the_card(play: Stage) -> None:
    sana, amina = await play.coordinator(), await play.newcomer("Amina", "ar")
    number = play.number("madklub-ringe")
    await sana.says("/coordinate")
    await sana.forges(f"eR:{number}")
    assert "picture or a voice note" in await sana.sends("sticker")
    assert "First tap the language" in await sana.sends("voice")
    await sana.sends("photo")
    await sana.taps(f"ev:{number}:ar")
    assert "Spoken in Arabic" in await sana.sends("voice")
    await amina.opens("madklub-ringe")
    await amina.taps("vp:")
    await amina.opens("madklub-ringe")
    await amina.taps("vv:")
    assert [bubble.kind for bubble in amina.bubbles if bubble.kind in ("photo", "voice")] == ["photo", "voice"]
    await sana.taps(f"eG:{number}:photo")
    assert "There is no picture yet." in sana.sees
