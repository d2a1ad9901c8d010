"""A person answers: asked for, taken, replied to, done; a second coordinator, nobody there, and asking again."""

from __future__ import annotations

from bot.demo.botapi.records import Message
from bot.store.tables import cases
from tests.flows.stage import Phone, Stage, plain


def told(coordinator: Phone, text: str) -> Message:
    """The coordinator's newest bubble with this in it."""
    return next(each for each in reversed(coordinator.bubbles) if text in plain(each.text))


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


async def test_the_second_coordinator_hears_that_somebody_has_it(play: Stage) -> None:
    sana, peter = await play.coordinator("Sana"), await play.coordinator("Peter")
    amina = await play.newcomer("Amina")
    await amina.says("🙋 A person")
    sana.presses("ht:")
    peter.presses("ht:")
    await play.settle()
    said = sorted(("You have this case." in phone.sees) for phone in (sana, peter))
    assert said == [False, True]
    assert "Another coordinator has taken this case." in sana.sees + peter.sees
    assert "Sana" not in peter.all_seen


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


async def test_it_did_not_help_is_heard_again(play: Stage) -> None:
    sana = await play.coordinator()
    amina = await play.newcomer("Amina")
    await amina.says("🙋 A person")
    await sana.taps("ht:")
    await sana.taps("hc:")
    await amina.taps(amina.buttons[-1])
    assert "Somebody asks for a person" in sana.sees
    assert len(await play.rows(cases)) == 2


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
