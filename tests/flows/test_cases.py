"""A person answers: asked for, taken, replied to, done; a second coordinator, nobody there, and asking again."""

from __future__ import annotations

import pytest

from bot.demo.botapi import phone
from bot.demo.botapi.records import Message
from bot.store.case_tables import cases
from tests.flows.stage import Phone, Stage, plain


def told(coordinator: Phone, text: str) -> Message:
    """The coordinator's newest bubble with this in it."""
    return next(each for each in reversed(coordinator.bubbles) if text in plain(each.text))


@pytest.mark.both_engines
async def test_a_person_asks_a_coordinator_takes_it_answers_by_reply_and_it_is_done(play: Stage) -> None:
    sana = await play.coordinator()
    amina = await play.newcomer("Amina", "ar")
    await amina.says("🙋 A person")
    await amina.says("qwrtplkj my papers")
    assert "qwrtplkj my papers" in sana.sees
    assert "Arabic" in sana.sees
    assert "Ringe" in sana.sees
    assert "Amina" not in sana.all_seen
    case = told(sana, "qwrtplkj")
    await sana.taps("ht:")
    assert "You have this case." in sana.sees
    await sana.says("Come to the library on Monday.", reply_to=case.id)
    assert "Come to the library on Monday." in amina.sees
    assert "Sana" not in amina.all_seen
    await sana.taps("hc:")
    assert any(each.startswith("hg:") for each in amina.buttons)
    await amina.taps("hg:")
    (row,) = await play.rows(cases)
    assert row["closed_at"] is not None


async def test_a_reply_to_the_bubble_that_says_you_have_this_case_reaches_the_person(play: Stage) -> None:
    sana = await play.coordinator()
    amina = await play.newcomer("Amina")
    await amina.says("🙋 A person")
    await sana.taps("ht:")
    await sana.says("I am here.", reply_to=told(sana, "You have this case.").id)
    assert "I am here." in amina.sees


async def test_while_a_case_is_open_what_the_person_writes_goes_to_the_coordinator_and_is_answered_too(
    play: Stage,
) -> None:
    sana = await play.coordinator()
    amina = await play.newcomer("Amina")
    await amina.says("🙋 A person")
    await amina.says("cooking on Thursday")
    assert any(each.startswith("c:") for each in amina.buttons)
    assert "cooking on Thursday" in sana.sees


@pytest.mark.both_engines
async def test_the_second_coordinator_hears_that_somebody_has_it(play: Stage) -> None:
    sana, peter = await play.coordinator("Sana"), await play.coordinator("Peter")
    amina = await play.newcomer("Amina")
    await amina.says("🙋 A person")
    sana.presses("ht:")
    peter.presses("ht:")
    await play.settle()
    said = sorted(("You have this case." in phone.sees) for phone in (sana, peter))
    assert said == [False, True]
    first, second = (sana, peter) if "You have this case." in sana.sees else (peter, sana)
    assert f"{first.person.name} has this case." in second.sees
    await second.taps("ho:")
    assert "You have this case." in second.all_seen
    assert f"{second.person.name} has this case." in first.sees
    assert [row["taken_by"] for row in await play.rows(cases)] == [await play.id_of(second)]


@pytest.mark.both_engines
async def test_pictures_voices_corrections_and_notes_go_where_they_should_and_a_closed_case_opens_again(
    play: Stage,
) -> None:
    sana, peter = await play.coordinator("Sana"), await play.coordinator("Peter")
    amina = await play.newcomer("Amina", "ar")
    await amina.sends("voice")
    assert any(each.startswith("hx") for each in amina.buttons), "a voice note opens a case"
    assert "Somebody sent a voice message" in sana.all_seen
    assert [bubble.kind for bubble in sana.bubbles[-2:]] == ["text", "voice"]
    await sana.taps("ht:")

    await amina.says("my papers are in Odense")
    play.world.edits(amina.person, "my papers are in Ringe")
    await play.settle()
    assert "my papers are in Odense" in sana.all_seen
    assert "Changed to: “my papers are in Ringe”" in sana.all_seen
    assert "Ringe”" not in peter.all_seen, "once taken, only who has it hears more"

    await sana.says("Come on Monday.", reply_to=sana.bubbles[-1].id)
    assert "Passed on." in sana.sees
    await sana.says("At ten.", reply_to=sana.bubbles[-1].id)
    assert "At ten." in amina.sees, "a reply to “Passed on” belongs to the case"
    mine = play.world.chat(sana.person)[-2]
    await sana.says("Bring the letter.", reply_to=mine.id)
    assert "Bring the letter." in amina.sees, "and so does one to the coordinator's own words"
    play.world.edits(sana.person, "Bring both letters.")
    await play.settle()
    assert "Bring both letters." in amina.sees
    assert amina.sees.startswith("✏️")
    await sana.sends("photo", text="The door", reply_to=sana.bubbles[-1].id)
    assert amina.bubbles[-1].kind == "photo"
    assert "The door" in amina.sees

    seen = len(amina.bubbles)
    await peter.says("// she is a neighbour of mine", reply_to=told(peter, "Somebody sent").id)
    assert "Noted for your colleagues." in peter.sees
    assert "she is a neighbour of mine" in sana.sees
    assert len(amina.bubbles) == seen
    await sana.taps("hc:")
    await sana.says("The answer has come.", reply_to=mine.id)
    assert "The answer has come." in amina.sees
    (row,) = await play.rows(cases)
    assert row["closed_at"] is None


@pytest.mark.both_engines
async def test_who_waits_is_called_to_mind_and_told_when_the_promise_is_not_kept(play: Stage) -> None:
    sana, peter = await play.coordinator("Sana"), await play.coordinator("Peter")
    amina = await play.newcomer("Amina")
    await amina.says("🙋 A person")
    assert "Monday 23/11 14:00" in amina.sees
    await sana.taps("ht:")
    await play.until("2026-11-23", "13:30")
    assert "Somebody still waits" in sana.sees
    assert "Somebody still waits" not in peter.all_seen
    await amina.says("qwrtplkj zzkkw")
    assert "Monday 23/11 14:00" in amina.sees, "a promise does not move because more is written"
    await play.until("2026-11-23", "14:30")
    assert "Somebody still waits" in peter.sees
    assert "It takes longer than I said." in amina.sees
    assert "Tuesday 24/11" in amina.sees
    await sana.says("Here I am.", reply_to=told(sana, "You have this case.").id)
    seen = len(sana.bubbles), len(peter.bubbles)
    await play.until("2026-11-26", "12:00")
    assert (len(sana.bubbles), len(peter.bubbles)) == seen


async def test_the_second_text_in_a_row_that_is_not_understood_goes_to_a_person(play: Stage) -> None:
    sana = await play.coordinator()
    amina = await play.newcomer("Amina")
    await amina.says("qwrtplkj zzz")
    assert "Somebody" not in sana.all_seen
    await amina.says("qwrtplkj xxx")
    assert "I did not understand that either." in amina.sees
    assert "A person will answer you here before" in amina.sees
    assert "Somebody was not understood" in sana.sees
    assert "qwrtplkj xxx" in sana.sees


@pytest.mark.both_engines
async def test_an_emergency_rings_everybody_until_somebody_has_it(play: Stage) -> None:
    sana, peter = await play.coordinator("Sana"), await play.coordinator("Peter")
    amina = await play.newcomer("Amina")
    await amina.says("🙋 A person")
    await sana.taps("ht:")
    await play.until("2026-11-23", "23:30")
    await amina.says("help, my husband is hitting me")
    await play.later(minutes=11)
    assert sum("may be in danger" in plain(each.text) for each in peter.bubbles) == 2
    await peter.taps("ht:")
    await peter.taps("ho:")
    seen = len(sana.bubbles)
    await play.later(minutes=45)
    assert not any("may be in danger" in plain(each.text) for each in sana.bubbles[seen:])


async def test_where_nobody_answers_the_person_is_told_whom_to_ask(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("🙋 A person")
    assert "The coordinator at Integration" in amina.sees


async def test_asking_again_from_an_old_bubble_after_it_was_done_opens_a_new_case(play: Stage) -> None:
    sana = await play.coordinator()
    amina = await play.newcomer("Amina")
    await amina.says("near me")
    bubble = amina.bubbles[-1].id
    for _ in range(2):
        play.world.taps(amina.person, data="h", message_id=bubble)
        await play.settle()
        await sana.taps("ht:")
        await sana.taps("hc:")
    assert len(await play.rows(cases)) == 2
    assert sum("You have this case" in plain(each.text) or "Closed" in plain(each.text) for each in sana.bubbles) == 2


async def test_who_needs_nobody_any_more_says_so(play: Stage) -> None:
    sana = await play.coordinator()
    amina = await play.newcomer("Amina")
    await amina.says("🙋 A person")
    await amina.taps("hx")
    await sana.taps("ht:")
    assert "This case is closed." in sana.sees


async def test_it_did_not_help_is_heard_again_with_what_was_said_before(play: Stage) -> None:
    sana, peter = await play.coordinator("Sana"), await play.coordinator("Peter")
    amina = await play.newcomer("Amina", "ar")
    await amina.says("/person")
    await amina.says("qwrtplkj my papers")
    await sana.taps("ht:")
    await sana.says("Come on Monday.", reply_to=sana.bubbles[-1].id)
    where = phone.Where(reply_to=told(sana, "You have this case.").id)
    phone.sends(play.world, sana.person, phone.location(55.2, 10.4), where)
    await play.settle()
    assert amina.bubbles[-1].kind == "location", "where to meet goes to them, and nobody has moved"
    await amina.says("/language")
    await amina.taps("l:en")
    assert "They read another language now:" in sana.sees
    assert "English" in sana.sees
    await sana.taps("hc:")
    await amina.taps(amina.buttons[-1])
    for coordinator in (sana, peter):
        assert "It did not help: somebody asks again" in coordinator.sees
        assert "qwrtplkj my papers" in coordinator.sees
        assert "Come on Monday." in coordinator.sees
    assert len(await play.rows(cases)) == 2
    seen = len(sana.bubbles)
    await amina.says("/person")
    assert len(sana.bubbles) == seen, "asked once more without a word: everybody knows"
    assert "A person will answer you here before" in amina.sees


async def test_who_closes_a_colleagues_case_is_named_and_no_answer_is_promised_while_nobody_is_there(
    play: Stage,
) -> None:
    sana, peter = await play.coordinator("Sana"), await play.coordinator("Peter")
    amina = await play.newcomer("Amina")
    await amina.says("/person")
    await sana.taps("ht:")
    await peter.taps("ht:")
    await peter.taps("ho:")
    await sana.taps("hc:")
    assert "Sana has closed this:" in peter.sees
    for each in (sana, peter):
        await each.says("/stop")
    await amina.says("/person")
    assert "before" not in amina.sees
    assert "The coordinator at Integration" in amina.sees
    assert len([row for row in await play.rows(cases) if row["closed_at"] is None]) == 1, (
        "it is kept for when one is back"
    )


async def test_danger_is_answered_with_the_number_at_once_and_told_at_night(play: Stage) -> None:
    sana = await play.coordinator()
    amina = await play.newcomer("Amina")
    await play.until("2026-11-23", "23:30")
    await amina.says("help, my husband is hitting me")
    assert "112" in amina.all_seen
    assert "Somebody may be in danger" in sana.sees


async def test_the_promise_names_a_day_and_hour_when_the_office_is_open(play: Stage) -> None:
    await play.coordinator()
    amina = await play.newcomer("Amina")
    await play.until("2026-11-27", "16:00")  # a Friday after closing
    await amina.says("🙋 A person")
    assert "Monday 30/11 14:00" in amina.sees


async def test_an_invitation_works_once(play: Stage) -> None:
    sana = await play.coordinator()
    link = next(
        str(message.api["text"])
        for message in play.world.chat(sana.person)
        if str(message.api.get("text", "")).startswith("/start i_")
    )
    eve = await play.newcomer("Eve")
    await eve.says(link)
    assert "This link does not work any more." in eve.sees
    await eve.forges("k")
    assert "Only coordinators can do this." in eve.sees
