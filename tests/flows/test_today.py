"""What needs a coordinator today: the oldest first, a button to each, and green where nothing does."""

from __future__ import annotations

import pytest

from bot.core.today import AT_ONCE
from tests.flows.stage import Phone, Stage, plain
from tests.flows.test_editing import answers


@pytest.mark.both_engines
async def test_today_shows_what_needs_a_person_and_leads_there(play: Stage) -> None:
    sana = await play.coordinator()
    amina, chen = await play.newcomer("Amina"), await play.newcomer("Chen")
    await sana.says("/today")
    assert "🟢 🙋 Cases" in sana.sees
    assert "🟢 💛 Volunteers" in sana.sees
    assert "signed up" in sana.sees, "the week has activities that nobody has signed up for"
    await amina.says("🙋 A person")
    await amina.says("qwrtplkj my papers")
    await chen.says("help, my husband is hitting me")
    await sana.says("/today")
    assert "🟢 🙋 Cases" not in sana.sees
    assert sana.buttons[0].startswith("hv:"), "danger before all"
    first = next(row for row in sana.sees.split("\n\n") if row.startswith("1."))
    assert "No. 2" in first
    await _turns_to(sana, "hv:1")
    await sana.taps("hv:1")
    assert "qwrtplkj my papers" in sana.sees
    await sana.says("Come on Monday.", reply_to=sana.bubbles[-1].id)
    assert "Come on Monday." in amina.sees
    await sana.says("/today")
    assert "hv:1" not in sana.buttons, "who was answered needs nobody"
    assert sana.sees.count("signed up") <= 3, "one kind of work does not hide the others"
    await _turns_to(sana, "Ts:n:0")
    assert "🪑 Sign-ups this week: and" in sana.sees
    await sana.taps("Ts:n:0")
    assert sana.sees.count("signed up") == AT_ONCE
    await sana.taps("Ts:n:1")
    assert f"{AT_ONCE + 1}." in sana.sees
    await sana.forges("Tf")
    assert "0 messages could not be sent" in plain(sana.sees)
    await amina.forges("T:0")
    assert "Only coordinators can do this." in amina.sees
    await sana.forges("Ts:c:9")
    assert "🟢 🙋 Cases" not in sana.sees


async def test_today_names_proposals_texts_that_lack_a_language_and_what_nobody_has_confirmed(play: Stage) -> None:
    sana, karen = await play.coordinator(), await play.newcomer("Karen")
    await karen.says("/propose")
    await answers(karen, "Strikkeklubben", "Strikkecafé", "Vi strikker.", "=es:1:repeats:weekly", "1/12", "14-16")
    await answers(karen, "=es:1:until:-", "Ringe", "Biblioteket, Algade 40", "=et:1:topics", "=ez:1:topics")
    await answers(karen, "=ez:1:audience", "=et:1:languages", "=ez:1:languages", "0", "=es:1:sign_up:none")
    await answers(karen, "=es:1:contact:-", "=ep:1", "=eP:1", "=eA:1")
    await sana.says("/today")
    assert "🟢 🌍 Texts" in sana.sees
    assert "🟢 🕰 Still right?" in sana.sees
    await _turns_to(sana, "eV:1")
    assert "An activity is proposed: Strikkecafé" in sana.sees
    await answers(sana, "=eV:1", "=eB:1", "/today")
    number = play.number("chat-1")
    await _turns_to(sana, f"eT:{number}")
    assert "Strikkecafé needs a text in" in sana.sees
    await play.until("2027-03-10", "12:00")
    await sana.says("/today")
    await _turns_to(sana, "Ts:r:0")
    await sana.taps("Ts:r:0")
    assert "nobody has confirmed it" in sana.sees


async def _turns_to(coordinator: Phone, data: str) -> None:
    """Pages through the list to this button."""
    while data not in coordinator.buttons:
        await coordinator.taps([each for each in coordinator.buttons if each.startswith("T:")][-1])
