"""Associations: found by town and interest, asked for a newcomer, answered through the bot; and the ways in."""

from __future__ import annotations

import pytest

from bot.core.rights import organiser_of
from bot.store.case_tables import cases
from tests.flows.stage import Stage, plain
from tests.flows.test_cases import told

CLUB = "eksempel-idraet"


@pytest.mark.both_engines
async def test_an_association_is_found_asked_and_answers_and_nobody_else_hears_of_it(play: Stage) -> None:
    sana = await play.coordinator("Sana")
    omar = await play.coordinator("Omar", organiser_of(CLUB))
    peter = await play.coordinator("Peter", organiser_of("eksempel-svoem"))
    amina = await play.newcomer("Amina", "ar")
    quiet = len(sana.bubbles), len(peter.bubbles)
    await amina.says("جمعيات")
    await amina.taps("VI")
    await amina.taps("Vi:football")
    assert "Eksempel Idrætsforening" in amina.sees
    await amina.taps(f"Vo:{CLUB}")
    assert any(each.startswith("c:") for each in amina.buttons), "what it offers is a tap away"
    await amina.taps("Va:")
    amina.stage.world.says(amina.person, "ابني يحب كرة القدم")
    await play.settle()
    assert "ابني يحب كرة القدم" in amina.sees, "what was sent is said again"
    assert "ابني يحب كرة القدم" in omar.sees
    assert "Arabic" in omar.sees
    assert "Ringe" in omar.sees
    assert "Amina" not in omar.all_seen
    assert (len(sana.bubbles), len(peter.bubbles)) == quiet

    await omar.taps("ht:")
    await omar.says("He is welcome on Saturday.", reply_to=told(omar, "You have this case.").id)
    assert "He is welcome on Saturday." in amina.sees
    assert "Eksempel Idrætsforening" in amina.sees
    assert "Omar" not in amina.all_seen
    seen = len(omar.bubbles)
    await amina.says("كرة القدم يوم السبت")
    assert len(omar.bubbles) == seen, "what is written without the button is for the bot"
    await amina.taps("Va:")
    await amina.says("شكرا جزيلا لكم")
    assert "شكرا جزيلا لكم" in omar.sees
    (row,) = await play.rows(cases)
    assert (row["organisation"], row["taken_by"]) == (CLUB, await play.id_of(omar))
    number = row["id"]
    await peter.forges(f"hv:{number}")
    assert "Only coordinators can do this." in peter.sees
    await peter.forges(f"hc:{number}")
    await omar.taps("hc:")
    assert any(each.startswith("hg:") for each in amina.buttons)


async def test_where_nobody_of_it_is_there_the_coordinators_ask_and_nobody_waits_in_silence(play: Stage) -> None:
    sana = await play.coordinator("Sana")
    amina = await play.newcomer("Amina")
    await amina.says("associations")
    await amina.taps("VT")
    await amina.taps("Vt:ringe:0")
    await amina.taps(f"Vo:{CLUB}")
    await amina.taps("Va:")
    assert "Nobody from there is in Brobot yet." in amina.sees
    amina.presses("VA:", twice=True)
    await play.settle()
    assert "The coordinators ask Eksempel Idrætsforening for you." in amina.sees
    assert "Monday 23/11 14:00" in amina.sees
    assert len([each for each in sana.bubbles if "Somebody asks an association" in each.text]) == 1
    assert "Please ask them, and answer here." in sana.sees
    await amina.says("🙋 A person")
    assert {row["organisation"] for row in await play.rows(cases)} == {"", CLUB}, "a conversation of its own"
    await amina.taps("hx")

    omar = await play.coordinator("Omar", organiser_of(CLUB))
    await omar.forges("k")
    await omar.taps("Vq")
    assert "English · Ringe" in omar.sees
    await play.until("2026-11-23", "14:30")
    assert "Your question to Eksempel Idrætsforening" in amina.sees
    assert "It takes longer than I said." in amina.sees
    assert "Somebody still waits" in omar.sees
    assert "Somebody still waits" in sana.sees
    await omar.says("Come on Thursday.", reply_to=omar.bubbles[-1].id)
    assert "Come on Thursday." in amina.sees
    seen = len(sana.bubbles), len(omar.bubbles)
    await play.until("2026-11-26", "12:00")
    assert (len(sana.bubbles), len(omar.bubbles)) == seen


async def test_who_answers_leaves_and_the_question_is_the_coordinators(play: Stage) -> None:
    sana, omar = await play.coordinator("Sana"), await play.coordinator("Omar", organiser_of(CLUB))
    amina = await play.newcomer("Amina")
    await amina.says("associations")
    await amina.taps(f"Vo:{CLUB}")
    await amina.taps("Va:")
    await amina.says("my husband beats me help me now")
    assert "112" in amina.all_seen
    assert "beats me" not in omar.all_seen, "danger is never left to an association"
    assert "Somebody may be in danger" in sana.sees
    await amina.taps("VA:")
    await omar.taps("ht:")
    await sana.says("/colleagues")
    await sana.taps(f"Rp:{await play.id_of(omar)}")
    await sana.taps("RX:")
    assert "For Eksempel Idrætsforening" in plain(sana.bubbles[-2].text) + sana.sees
    await omar.says("Hello", reply_to=told(omar, "You have this case.").id)
    assert "Hello" not in amina.all_seen


async def test_an_association_and_a_helper_find_their_way_in(play: Stage) -> None:
    sana = await play.coordinator("Sana")
    klub, hana = await play.newcomer("Klub", "da"), await play.newcomer("Hana", "da")
    await klub.says("Vi er en forening")
    await klub.taps("Vk")
    await klub.says("Vi er en strikkeklub i Ringe")
    assert "An association wants to take part" in sana.sees
    assert "strikkeklub" in sana.sees
    await sana.taps("Vv")
    await sana.taps("RO:eksempel-bibliotek")
    link = "/start " + sana.sees.partition("?start=")[2].split()[0]
    await klub.says(link)
    assert (await klub.reader()).person is not None
    assert "Eksempel Bibliotek" in klub.all_seen
    await hana.says("Ny her, hvad gør jeg?")
    await hana.taps("nv")
    assert any(each.startswith("nvo:") for each in hana.buttons)
