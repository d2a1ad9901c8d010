"""The newcomer's story: find a cooking club, sign up, be reminded, cancel, undo."""

from __future__ import annotations

import pytest

from tests.flows.stage import Stage


@pytest.mark.parametrize("language", ["ar", "ti", "da", "en"])
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
