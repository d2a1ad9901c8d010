"""Saved answers: sent in the language of who asked, what is missing said first; written, corrected, removed in chat."""

from __future__ import annotations

import pytest

from bot.store.case_tables import case_messages
from tests.flows.stage import Phone, Stage
from tests.flows.test_case_group import group_of


def named(phone: Phone, name: str) -> str:
    """The data of the newest bubble's button with this name in it."""
    return next(data for data, said in zip(phone.buttons, phone.labels, strict=True) if name in said)


async def test_a_saved_answer_is_sent_in_the_language_of_who_asked_and_what_is_missing_is_said_before(
    play: Stage,
) -> None:
    sana, amina, selam = await play.coordinator(), await play.newcomer("Amina", "ar"), await play.newcomer("S", "ti")
    await amina.says("/person")
    await sana.taps("ht:")
    await sana.taps("hs:1")
    assert "No. 1 reads Arabic." in sana.sees
    assert "🟡 Come by" in sana.labels
    await sana.taps(named(sana, "Come by"))
    assert "They get this in Arabic:" in sana.sees
    assert "nobody who speaks the language has read it" in sana.sees
    assert "You are welcome to come by" in sana.sees, "the coordinator reads what it says"
    old = sana.data("hR:")
    sana.presses("hR:", twice=True)
    await play.settle()
    assert "Passed on." in sana.sees
    assert sum("يمكن زيارتنا" in each.text for each in amina.bubbles) == 1, "twice is once"

    await sana.says("/answers")
    await sana.taps("Sn")
    await sana.says("Our opening hours, when the office is open for everybody")
    assert "At most 28 fit." in sana.sees
    await sana.says("Opening hours")
    await sana.says("We are open Monday to Thursday, 9 to 15.")
    assert "Saved." in sana.sees
    assert "Tigrinya ❌ missing" in sana.sees
    await selam.says("/person")
    await sana.taps("hs:2")
    await sana.taps(named(sana, "Opening hours"))
    assert "This answer has no text in Tigrinya." in sana.sees
    assert "They get this in English:" in sana.sees
    await sana.taps("Sw:")
    await sana.says("Monday to Thursday")
    assert "not written in the letters of Tigrinya" in sana.sees
    await sana.says("ካብ ሰኑይ ክሳብ ሓሙስ ካብ 9 ክሳብ 15 ክፉት እዩ።")
    assert "They get this in Tigrinya:" in sana.sees, "the case goes on"
    await selam.says("/language")
    await selam.taps("l:en")
    await sana.taps("hR:")
    assert "This has changed meanwhile." in sana.all_seen
    await sana.taps("hR:")
    assert "We are open Monday to Thursday" in selam.sees

    await sana.forges(old)
    assert sum("يمكن زيارتنا" in each.text for each in amina.bubbles) == 1, "an old bubble sends nothing again"


@pytest.mark.both_engines
async def test_coordinators_keep_the_answers_and_what_was_changed_or_removed_stays_so(play: Stage) -> None:
    sana, peter, amina = await play.coordinator("Sana"), await play.coordinator("Peter"), await play.newcomer("Amina")
    await sana.says("/coordinate")
    await sana.taps("S:0")
    await sana.taps(named(sana, "Come by"))
    await sana.taps(next(each for each in sana.buttons if each.startswith("Sr:") and each.endswith(":ar")))
    assert "Arabic ✅ by a person" in sana.sees
    await sana.taps(next(each for each in sana.buttons if each.startswith("Sw:") and each.endswith(":en")))
    await sana.says("Come by on Thursday, and we look at it together.")
    assert "Arabic ⚠️ outdated" in sana.sees
    await sana.taps("Sm:")
    await sana.says("Thursday")
    await peter.says("/answers")
    await peter.taps(named(peter, "Thursday"))
    assert "Come by on Thursday" in peter.sees
    await sana.taps("Sx:")
    await sana.taps("SX:")
    assert not any("Thursday" in each for each in sana.labels)
    await peter.taps("Sm:")
    assert "This answer is not there any more." in peter.sees
    await sana.says("/answers")
    assert not any("Come by" in each or "Thursday" in each for each in sana.labels), "a shipped one does not come back"
    await amina.says("/answers")
    assert "Only coordinators can do this." in amina.sees


async def test_in_the_group_a_saved_answer_is_sent_from_its_topic(play: Stage) -> None:
    sana, guest = await play.coordinator(), play.phone("Guest")
    room = await group_of(play, sana, guest)
    amina = await play.newcomer("Amina", "ar")
    await amina.says("/person")
    assert await room.taps(guest, "Gs:1") == "Only coordinators can do this."
    await room.taps(sana, "Gs:1")
    assert "No. 1 reads Arabic." in room.seen
    await room.taps(sana, "GS:1:")
    assert "They get this in Arabic:" in room.seen
    await room.taps(sana, "GR:1:")
    assert "Sana has sent: We are finding out" in room.seen
    assert "سنبحث عن الجواب" in amina.sees
    assert "Sana has this case." in room.seen
    (row,) = [row for row in await play.rows(case_messages) if row["side"] == "team"]
    assert row["posted"], "the topic shows what was sent"
