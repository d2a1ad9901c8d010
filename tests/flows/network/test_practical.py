"""The practical list of a pair: in two languages, ticked by either, told once a day, gone with the match."""

from __future__ import annotations

import pytest

from bot.store.practical_tables import practical_things
from tests.flows.network.people import approves, asks_for, matches
from tests.flows.stage import Phone, Stage


async def paired(play: Stage) -> tuple[Phone, Phone, Phone, int]:
    """Amina, who reads Arabic, and Bente, who reads Danish, found each other: a mentor."""
    sana = await play.coordinator()
    bente = await play.newcomer("Bente", "da")
    await bente.says("Jeg vil gerne være frivillig")
    await bente.taps("nvo:1:")
    for each in ("nvL:", "nvF:", "nvf:a", "nvS:", "nvs:"):
        await bente.taps(each)
    await bente.chooses_label("✅ Nu")
    await bente.says("Jeg kender byen.")
    await approves(sana, bente)
    amina = await play.newcomer("Amina Ali", "ar")
    await asks_for(amina, "mentor", "18-24")
    match = (await matches(play))[-1].id
    await sana.taps("Ns:0")
    await sana.taps(f"Ny:{match}")
    await play.later(minutes=3)
    await bente.taps(f"nq:{match}:y")
    await amina.taps(f"ny:{match}:y")
    await amina.taps(f"nm:{match}")
    return amina, bente, sana, match


@pytest.mark.both_engines
async def test_two_tick_a_list_in_two_languages_and_each_hears_once_a_day(play: Stage) -> None:
    amina, bente, _, match = await paired(play)
    await amina.taps(f"nj:{match}")
    assert "شراء بطاقة الحافلة" in amina.sees
    assert "Købe et buskort" in amina.sees, "both languages stand side by side"
    await amina.taps(f"njt:{match}:bus-card:y")
    assert "بداية جميلة" in amina.sees, "the first one is said warmly"
    amina.presses(f"njt:{match}:shopping:y", twice=True)
    await play.settle()
    await amina.taps(f"nja:{match}")
    await amina.says("طبخ المنسف معًا")
    assert "“طبخ المنسف معًا” (Amina، العربية)" in amina.sees
    assert "Nyt på din liste" not in bente.all_seen, "not one message for each tick"
    await play.later(hours=9)
    assert bente.all_seen.count("Nyt på din liste med Amina") == 1
    news = next(each for each in bente.bubbles if "Nyt på din liste" in each.text)
    assert "Købe ind" in news.text
    assert "طبخ المنسف معًا" in news.text
    assert news.protected
    await bente.taps(f"nj:{match}")
    await bente.taps(f"njt:{match}:shopping:n")
    await bente.taps(f"njt:{match}:shopping:y")
    assert [each["done_by"] for each in await play.rows(practical_things) if each["thing"] == "shopping"] == [
        "volunteer"
    ]
    await play.later(days=2)
    assert "Nyt på din liste" not in bente.all_seen, "one's own ticks are no news"
    assert amina.all_seen.count("جديد في قائمتكم مع Bente") == 1


async def test_what_no_longer_fits_is_said_and_nothing_is_left_when_the_match_ends(play: Stage) -> None:
    amina, bente, sana, match = await paired(play)
    await bente.taps(f"nm:{match}")
    await bente.taps(f"nj:{match}")
    await bente.taps(f"njx:{match}")
    await bente.taps(f"njX:{match}:waste")
    assert "affald" not in bente.sees.partition("Din liste")[2]
    await bente.taps(f"nja:{match}")
    assert "CPR" in await bente.says("Ring til mig på 12 34 56 78")
    assert "højst" in await bente.says("x" * 61)
    await bente.says("Strikke en hue")
    assert "Strikke en hue" in bente.sees
    await bente.taps(f"nja:{match}")
    await bente.taps(f"njA:{match}:waste")
    assert "affald" in bente.sees
    thing = next(each for each in bente.buttons if each.startswith(f"njt:{match}:="))
    await sana.forges(thing)
    assert "not open any more" in sana.sees, "nobody else gets at it"
    assert "Strikke" in await _data_of(play, bente)
    assert "Strikke" not in await _data_of(play, amina), "the other's words are theirs"
    await bente.taps(f"nm:{match}")
    await bente.taps(f"ne:{match}")
    await bente.taps(f"nE:{match}:goal")
    assert await play.rows(practical_things) == []
    await bente.forges(thing)
    assert "ikke åbent" in bente.sees
    await play.later(days=1)
    assert "جديد في قائمتكم" not in amina.all_seen


async def _data_of(play: Stage, phone: Phone) -> str:
    """Everything that is kept about them, as they are handed it."""
    await phone.says("/mydata")
    return play.world.files[phone.bubbles[-1].api["document"]["file_id"]].content.decode()
