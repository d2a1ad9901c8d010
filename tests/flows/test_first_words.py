"""Coming in: the language, the one consent screen, looking around without it, and the town."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from bot.store.tables import metadata
from tests.flows.stage import Stage, plain

LANGUAGES = ("ar", "ti", "da", "en")
KEPT_OF_PEOPLE = ("people", "signups", "notices", "cases")


async def test_the_first_bubble_offers_four_languages_by_their_own_names_the_phones_first(play: Stage) -> None:
    for code, first in (("ar", "l:ar"), ("ti", "l:ti"), ("da", "l:da"), ("en-GB", "l:en"), ("uk", "l:"), ("", "l:")):
        phone = play.phone("Amina", code)
        await phone.says("/start")
        assert sorted(phone.labels) == sorted(["العربية", "ትግርኛ", "Dansk", "English"])
        assert phone.buttons[0].startswith(first)


async def test_the_phones_language_is_a_hint_and_the_tap_the_answer(play: Stage) -> None:
    amina = play.phone("Amina", "da")
    await amina.says("/start")
    await amina.taps("l:ar")
    assert any("\u0600" <= letter <= "\u06ff" for letter in amina.sees)
    await amina.taps("yes")
    assert (await amina.reader()).language == "ar"


async def test_nothing_is_stored_of_a_person_before_yes_and_browsing_works_to_the_card(play: Stage) -> None:
    amina = play.phone("Amina", "ar")
    await amina.says("/start")
    await amina.taps("l:ar")
    await amina.taps("look")
    await amina.chooses("Ringe")
    assert len([each for each in amina.buttons if each.startswith("c:")]) == 3
    await amina.taps("f:")
    await amina.taps("c:")
    assert any(each.startswith("j:") for each in amina.buttons)
    await amina.says("football on Saturday")
    for table in metadata.sorted_tables:
        if table.name in KEPT_OF_PEOPLE:
            assert await play.rows(table) == [], table.name
        if table.name == "inbox":
            assert {row["payload"] for row in await play.rows(table)} == {None}


async def test_someone_unknown_is_answered_in_the_language_they_tapped_all_along(play: Stage) -> None:
    amina = play.phone("Amina", "da")
    await amina.says("/start")
    await amina.taps("l:ti")
    await amina.taps("look")
    await amina.chooses("Ringe")
    await amina.taps("c:")
    assert any("\u1200" <= letter <= "\u137f" for letter in amina.labels[0])


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_first_activities_are_three_taps_after_the_language(play: Stage, language: str) -> None:
    amina = play.phone("Amina", language)
    await amina.says("/start")
    await amina.taps(f"l:{language}")
    before = len(amina.bubbles)
    await amina.taps("yes")
    await amina.taps("p:")
    shown = [each for each in amina.all_buttons if each.startswith("c:")]
    assert len(shown) == 3
    assert len(amina.bubbles) - before <= 1  # the lasting keyboard; the rest is said in the same bubble
    assert [len(row) for row in play.world.keyboard(amina.person) or []] == [2, 1, 2]


async def test_who_signs_up_before_saying_yes_is_asked_and_comes_back_to_that_very_seat(play: Stage) -> None:
    amina = play.phone("Amina", "en")
    await amina.says(f"/start a_{play.number('madklub-ringe')}")
    await amina.taps("l:en")
    await amina.taps("look")
    await amina.chooses("Ringe")
    await amina.says("cooking")
    await amina.taps(f"c:{play.number('madklub-ringe')}:")
    await amina.taps("j:")
    assert "/privacy" in amina.sees
    await amina.taps("yes")
    assert any("You have a seat" in plain(bubble.text) for bubble in amina.bubbles)


async def test_a_posters_link_leads_a_stranger_to_its_activity(play: Stage) -> None:
    amina = play.phone("Amina", "en")
    await amina.opens("madklub-ringe")
    await amina.taps("l:en")
    await amina.taps("yes")
    assert f"j:{play.number('madklub-ringe')}:" in " ".join(amina.all_buttons)


async def test_a_link_that_leads_nowhere_is_answered_all_the_same(play: Stage) -> None:
    for payload in ("a_99999", "a_x", "i_forged", "æøå" * 20, "a:b:c", "a~zz", "طبخ" * 12):
        phone = play.phone("Amina", "en")
        await phone.says(f"/start {payload}")
        await phone.taps("l:en")
        await phone.taps("yes")
        assert await phone.reader() is not None
        before = len(phone.bubbles)
        await phone.says(f"/start {payload}")
        assert len(phone.bubbles) > before, payload


async def test_a_location_becomes_the_nearest_town_and_is_kept_nowhere(play: Stage) -> None:
    lat, lon = 55.21987654, 10.50123456
    amina = play.phone("Amina", "en")
    with capture_logs() as said:
        await amina.meets("en", None)
        await amina.is_at(lat, lon)
        await amina.says("near me")
    assert "The nearest town is" in amina.all_seen
    reader = await amina.reader()
    assert reader.place in play.guide.places
    kept = str([await play.rows(table) for table in metadata.sorted_tables if table.name != "places"]) + str(said)
    assert [digits for digits in ("55.2198", "10.5012") if digits in kept] == []


async def test_a_location_far_away_is_said_to_be_far_away(play: Stage) -> None:
    amina = play.phone("Amina", "en")
    await amina.meets("en", None)
    await amina.is_at(57.05, 9.92)
    assert "You are far away" in amina.sees


async def test_every_town_is_in_the_list_once(play: Stage) -> None:
    amina = play.phone("Amina", "en")
    await amina.meets("en", None)
    seen: list[str] = []
    while True:
        bubble = next(each for each in reversed(amina.bubbles) if any(b.startswith("p:") for b in _data(each)))
        seen += [each for each in _data(bubble) if each.startswith("p:")]
        onward = [button["callback_data"] for row in bubble.buttons for button in row if "▶" in button["text"]]
        if not onward:
            break
        await amina.taps(onward[0])
    assert sorted(seen) == sorted(f"p:{code}" for code in play.guide.codes.places)


async def test_starting_again_greets_and_asks_nothing_twice(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("/start")
    assert "What are you looking for?" in amina.sees
    assert not any(each.startswith(("l:", "yes", "p:")) for each in amina.buttons)


async def test_another_language_is_one_tap_away_and_old_bubbles_still_work(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("near me")
    await amina.says("/language")
    await amina.taps("l:da")
    assert (await amina.reader()).language == "da"
    await amina.taps("c:")
    assert "📅 mandag" in amina.all_seen
    await amina.says("📍 Near me")  # the keyboard of before
    assert any(each.startswith("c:") for each in amina.buttons)


def _data(bubble: object) -> list[str]:
    return [button.get("callback_data", "") for row in bubble.buttons for button in row]  # type: ignore[attr-defined] # a Message
