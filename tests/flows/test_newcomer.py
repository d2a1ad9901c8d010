"""The newcomer's story: find a cooking club, sign up, be reminded, cancel, undo."""

from __future__ import annotations

import pytest

from bot.store.case_tables import cases
from bot.store.tables import notices, people, signups
from tests.flows.stage import Stage


@pytest.mark.parametrize("language", [pytest.param("ar", marks=pytest.mark.both_engines), "ti", "da", "en"])
async def test_a_newcomer_finds_the_cooking_club_signs_up_is_reminded_and_cancels(play: Stage, language: str) -> None:
    amina = play.phone("Amina", language)
    await amina.meets(language)
    madklub = next(each for each in play.guide.activities.values() if "madklub" in each.id)
    await amina.says({"ar": "طبخ", "ti": "ምኽሻን", "da": "madklub", "en": "cooking"}[language])
    await amina.taps(f"c:{madklub.number}:")
    await amina.taps(f"j:{madklub.number}:")
    assert any(each.startswith(f"x:{madklub.number}:") for each in amina.buttons)
    await play.until("2026-11-25", "17:00")
    assert any(each.startswith("a:") for each in amina.buttons)
    await play.until("2026-11-26", "15:30")
    assert amina.bubbles[-2].kind == "venue"
    await amina.taps("a:")
    await play.later(hours=30)
    assert any(each.endswith(":again") for each in amina.buttons)


@pytest.mark.both_engines
@pytest.mark.parametrize("twice", ["same", "new"])
async def test_the_whole_story_passes_where_every_update_comes_twice(play: Stage, twice: str) -> None:
    await play.coordinator()  # without one nobody could answer a case
    amina = play.phone("Amina", "en")
    await amina.meets("en")
    number = play.number("madklub-ringe")
    await amina.says("cooking")
    await amina.taps(f"c:{number}:")
    await amina.taps(f"j:{number}:")
    await amina.taps("x:")
    await amina.taps("u:")
    assert "You have a seat." in amina.sees
    await amina.says("remind me on Wednesday at 9:00 to buy onions")
    await amina.taps("ry")
    await amina.says("🙋 A person")
    await play.until("2026-11-26", "15:30")
    said = amina.all_seen
    assert [said.count(each) for each in ("⏰ Tomorrow", "⏰ Soon", "You asked me to remind you")] == [1, 1, 1]
    assert [each.kind for each in amina.bubbles].count("venue") == 1
    await amina.taps("a:")
    await play.until("2026-11-27", "12:00")
    assert amina.all_seen.count("How was it?") == 1
    assert [len(await play.rows(table)) for table in (people, signups, cases)] == [2, 1, 1]
    keys = [(row["person"], row["kind"], row["key"]) for row in await play.rows(notices)]
    of_the_case = [each for each in keys if each[1].startswith("case")]
    assert len(keys) == len(set(keys)) == 4 + len(of_the_case)
    assert [each[1] for each in of_the_case].count("case") == 1
