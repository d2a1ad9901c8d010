"""Whom an announcement is for and when it is said, as a coordinator chooses it with buttons."""

from __future__ import annotations

import pytest

from bot.core.query import code
from bot.store.announcement_tables import announcements
from tests.flows.network.people import asks_for
from tests.flows.stage import Phone, Stage
from tests.flows.test_announcing import ARABIC, DANISH, add, send, speaker, write


async def pages_to(sana: Phone, data: str, more: str) -> str:
    """Pages on until that button is in sight, and taps it."""
    while not any(each.startswith(data) for each in sana.buttons):
        await sana.taps([each for each in sana.buttons if each.startswith(more)][-1])
    return await sana.taps(data)


async def chooses(sana: Phone, what: str, value: str) -> str:
    """Chooses one thing, and goes back to all that can be chosen. Gives the page that it was chosen on."""
    await sana.taps(f"Bf:1:{'t' if what == 'k' else what}:0")
    page = await pages_to(sana, f"Bc:1:{what}:{value}", f"Bf:1:{what}:")
    await sana.taps("Ba:")
    return page


@pytest.mark.both_engines
async def test_it_is_for_those_of_a_town_a_role_an_age_or_who_came_to_something(play: Stage) -> None:
    sana, clara = await play.coordinator(), await play.newcomer("Clara", "da", "Ringe")
    amina, bereket = await play.newcomer("Amina", "ar", "Ryslinge"), await play.newcomer("Bereket", "ti", "Faaborg")
    selam = await speaker(play, "ti", "da")
    await asks_for(amina, band="15-17")
    await bereket.signs_up("kvinders-koekken-hillerslev")
    await write(sana)
    assert "👥 People: 4" in await sana.taps("Ba:")
    ringe, faaborg = code("ringe", 3), code("faaborg", 3)
    assert "For: Ringe\n👥 People: 2" in await chooses(sana, "t", ringe), "Clara and Selam"
    assert "For: Ringe and 5 km round it\n👥 People: 3" in await chooses(sana, "k", "5"), "Ryslinge is 3.7 km away"
    assert "For: Ringe and 5 km round it, volunteers\n👥 People: 1" in await chooses(sana, "r", "volunteer")
    await chooses(sana, "r", "volunteer")  # takes it back
    assert "For: Ringe and 5 km round it, 15-17 years\n👥 People: 1" in await chooses(sana, "b", "15-17")
    assert "For everyone" in await sana.taps("Bc:1:z")
    assert "was at something for women\n👥 People: 1" in await chooses(sana, "u", "women")
    assert "For: Faaborg, was at something for women\n👥 People: 1" in await chooses(sana, "t", faaborg)
    assert "👥 People: 0" in await chooses(sana, "l", "da")
    assert "👥 People: 1" in await chooses(sana, "l", "ti")
    await sana.taps("Bo:1")
    await send(sana)
    assert DANISH in bereket.sees
    assert all(DANISH not in each.all_seen for each in (clara, amina, selam))


async def test_a_test_comes_to_oneself_alone_and_what_has_an_hour_waits_for_it(play: Stage) -> None:
    sana, clara = await play.coordinator(), await play.newcomer("Clara", "da")
    amina = await play.newcomer("Amina", "ar")
    await write(sana)
    await add(sana, "ar", ARABIC)
    await sana.taps("Bs:")
    assert DANISH in await sana.taps("Be:1"), "Sana reads English: there is none, so it is as it was written"
    await sana.taps("BP")
    assert "This is a preview" in sana.sees
    assert (clara.bubbles, amina.bubbles) == ([], [])
    await sana.says("/announce")
    await sana.taps("Bo:1")
    await sana.taps("Bt:1")
    await sana.chooses_label("Wednesday 25/11")
    await sana.chooses_label("14:00")
    assert "It is sent on Wednesday 25/11 14:00" in sana.sees
    await sana.taps("Bs:1")
    assert "🕐 Send then" in sana.labels
    await sana.taps("BS:1")
    await play.until("2026-11-25", "13:59")
    assert (clara.bubbles, amina.bubbles) == ([], [])
    await play.until("2026-11-25", "14:00")
    assert (DANISH in clara.sees, ARABIC in amina.sees) == (True, True)
    (row,) = await play.rows(announcements)
    assert row["state"] == "sent"
