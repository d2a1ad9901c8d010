"""Activities in chat: added by taps and words, changed while people sit in them, by two at once, and never lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.loading import load_pack
from bot.store.tables import activities, activity_texts
from tests.flows.stage import PACK, Phone, Stage


async def answers(phone: Phone, *steps: str) -> None:
    """Each step is a tap where it begins with `=`, else words."""
    for step in steps:
        await (phone.taps(step[1:]) if step.startswith("=") else phone.says(step))


async def adds(sana: Phone) -> str:
    """A cooking evening in Ringe, every odd week from a Thursday, written as a coordinator would on a phone."""
    await sana.says("/coordinate")
    await answers(sana, "=ek:0", "=en", "fmk integration", "Suppeaften <b", "Vi laver suppe og spiser sammen.")
    await answers(sana, "=es:1:repeats:odd_weeks", "26/11")
    assert "week 48" in sana.sees
    await answers(sana, "3/12", "kl. 17.30 til 20", "24/6", "Ringe", "Testhuset, Algade 1")
    assert "📎" in sana.sees
    return sana.sees


@pytest.mark.both_engines
async def test_a_coordinator_adds_an_activity_leaves_the_form_goes_on_and_a_newcomer_finds_it(play: Stage) -> None:
    sana, amina = await play.coordinator(), await play.newcomer("Amina")
    await adds(sana)
    await answers(sana, "=e:1", "=el:1", "=ek:0", "=eo", "=e:1", "=eg:1")
    assert "What is it about?" in sana.sees
    await sana.is_at(55.24, 10.48)
    assert "The pin is set." in sana.sees
    await answers(sana, "=et:1:topics", "=ez:1:topics", "=ez:1:audience", "=et:1:languages", "=ez:1:languages", "20")
    await answers(sana, "=es:1:sign_up:each", "2", "=es:1:contact:-")
    assert "Suppeaften <b" in sana.sees
    await sana.taps("ep:1")
    assert "This is what newcomers see" in sana.sees
    assert "Thursday 03/12 17:30–20:00" in sana.sees
    await sana.taps("eP:1")
    assert "✅ Published." in sana.sees
    assert "Arabic ❌ missing" in sana.sees
    await amina.says(f"/start a_{play.number('chat-1')}")
    assert "Suppeaften <b" in amina.sees
    await amina.taps("j:")
    assert "You have a seat." in amina.sees


async def test_a_changed_time_and_place_reach_those_who_sit_there_and_survive_the_next_load(play: Stage) -> None:
    sana, amina = await play.coordinator(), await play.newcomer("Amina")
    number = play.number("madklub-ringe")
    await amina.signs_up("madklub-ringe")
    await sana.says("/coordinate")
    await sana.forges(f"ee:{number}")
    await answers(sana, "=ef:1:hours", "18-20.30", "=ef:1:venue", "Skolen, Skolevej 2", "=ef:1:price", "25")
    await answers(sana, "=ep:1", "=eP:1")
    assert "Everyone who signed up is told." in sana.sees
    assert "18:00–20:30" in amina.all_seen
    assert "New place" in amina.all_seen
    cheaper = tuple(replace(each, price=5, capacity=99) for each in PACK.activities)
    await load_pack(play.app.services.database, replace(PACK, activities=cheaper, digest="next"))
    await play.settle()
    after = play.guide.activities[number]
    assert (after.price, after.capacity, after.venue.name) == (25, 99, "Skolen")
    assert f"{after.schedule.start:%H:%M}" == "18:00"


@pytest.mark.both_engines
async def test_two_who_change_the_same_are_asked_whose_word_counts(play: Stage) -> None:
    sana, peter = await play.coordinator("Sana"), await play.coordinator("Peter")
    number = play.number("madklub-ringe")
    for phone in (sana, peter):
        await phone.says("/coordinate")
        await phone.forges(f"ee:{number}")
    await answers(sana, "=ef:1:price", "10", "=ef:1:capacity", "9", "=ep:1", "=eP:1")
    await answers(peter, "=ef:2:price", "30", "=ef:2:title", "Madklub i Ringe", "=ep:2", "=eP:2")
    assert "Both of you changed: price" in peter.sees
    await peter.taps("eP:2:f")
    after = play.guide.activities[number]
    assert (after.price, after.capacity, after.texts["da"].title) == (30, 9, "Madklub i Ringe")
    states = {row["language"]: row["stale"] for row in await play.rows(activity_texts) if row["activity"] == number}
    assert states == {"da": False, "en": True, "ar": True, "ti": True}
    assert "published" in await peter.forges("eP:2")


async def test_what_cannot_be_is_said_in_words_and_the_form_is_kept(play: Stage) -> None:
    sana = await play.coordinator()
    await sana.says("/coordinate")
    number = play.number("madklub-ringe")
    await sana.forges(f"ec:{number}")
    await answers(sana, "=es:1:repeats:once", "28/3/2027")
    await answers(sana, "=e:1", "=ef:1:hours", "02.30-04")
    await answers(sana, "=ep:1")
    assert "That hour does not exist" in sana.sees
    await answers(sana, "=ef:1:first", "1/1/2020")
    assert "is over" in sana.sees
    await answers(sana, "=ef:1:title", "Ring til Mona på 22 33 44 55")
    assert "No phone number" in sana.sees
    await answers(sana, "x" * 60)
    assert "That is 60 characters." in sana.sees
    await sana.forges("eP:77")
    assert "not there any more" in sana.sees
    assert len(await play.rows(activities)) == len(PACK.activities)


async def test_one_time_is_moved_earlier_by_words_and_an_old_button_moves_nothing(play: Stage) -> None:
    sana, amina = await play.coordinator(), await play.newcomer("Amina")
    await amina.signs_up("madklub-ringe")
    await play.manages(sana, "madklub-ringe")
    await sana.taps("em:")
    await sana.says("onsdag kl. 16-18")
    assert "Wednesday 25/11 16:00–18:00" in "".join(sana.labels)
    old = sana.data("eM:")
    await sana.taps("eM:")
    assert "Wednesday 25/11 16:00–18:00" in amina.sees
    before = len(amina.bubbles)
    await sana.forges(old)
    assert len(amina.bubbles) == before
