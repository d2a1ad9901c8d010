"""What needs a coordinator today: the oldest first, a button to each, and green where nothing does."""

from __future__ import annotations

from bot import today
from tests.flows.stage import Stage, plain


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
    while "hv:1" not in sana.buttons:
        await sana.taps([each for each in sana.buttons if each.startswith("T:")][-1])
    await sana.taps("hv:1")
    assert "qwrtplkj my papers" in sana.sees
    await sana.says("Come on Monday.", reply_to=sana.bubbles[-1].id)
    assert "Come on Monday." in amina.sees
    await sana.says("/today")
    assert "hv:1" not in sana.all_buttons[-12:], "who was answered needs nobody"
    await sana.forges("Tf")
    assert "0 messages could not be sent" in plain(sana.sees)
    await amina.forges("T:0")
    assert "Only coordinators can do this." in amina.sees
    assert len(today.SOURCES) >= 6
