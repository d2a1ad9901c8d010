"""Finding something: near me, free text in four languages, more, back, corrections, and honest answers."""

from __future__ import annotations

import re

import pytest

from tests.flows.stage import Phone, Stage, plain

COOKING = {"ar": "طبخ", "ti": "ምኽሻን", "da": "madlavning", "en": "cooking"}
FOOTBALL = {
    "ar": "أين يمكن لأطفالي أن يلعبوا كرة القدم يوم السبت؟",
    "ti": "ደቀይ ኣበይ ቀዳም ኩዕሶ ክጻወቱ ይኽእሉ?",
    "da": "hvor kan mine børn spille fodbold på lørdag?",
    "en": "where can my kids play football on Saturday?",
}
WHEN = re.compile(r"📅 \S+ \d{1,2}/\d{1,2},? \d{2}:\d{2}–\d{2}:\d{2}")


def shown(phone: Phone) -> list[str]:
    """The activities of the newest bubble, as the numbers in their buttons."""
    return [each.split(":")[1] for each in phone.buttons if each.startswith("c:")]


async def test_near_me_gives_three_activities_with_all_their_facts(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("📍 Near me")
    assert len(shown(amina)) == 3
    assert len(WHEN.findall(amina.sees)) == 3
    assert len(re.findall(r"📍 .+, [\d.,]+ k?m", amina.sees)) == 3
    assert len(re.findall(r"💰 (free|\d+ kroner) · 🗣 \w+", amina.sees)) == 3
    asked_for = [each for each in shown(amina) if play.guide.activities[int(each)].contact]
    assert amina.sees.count("👋 Ask for: ") == len(asked_for) > 0


@pytest.mark.parametrize("language", ["ar", "ti", "da", "en"])
async def test_a_topic_in_ones_own_words_finds_its_activities(play: Stage, language: str) -> None:
    amina = await play.newcomer("Amina", language)
    await amina.says(COOKING[language])
    assert str(play.number("madklub-ringe")) in shown(amina)


@pytest.mark.parametrize("language", ["ar", "ti", "da", "en"])
async def test_topic_audience_and_day_of_a_question_are_shown_with_a_tap_to_correct_each(
    play: Stage, language: str
) -> None:
    amina = await play.newcomer("Amina", language)
    await amina.says(FOOTBALL[language])
    assert "football" in {each for number in shown(amina) for each in play.guide.activities[int(number)].topics}
    corrections = [each for each in amina.buttons if each.startswith("f:")]
    assert len(corrections) >= 2
    assert any(each.startswith("tq:") for each in amina.buttons)


async def test_more_and_back_edit_the_same_bubble(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("near me")
    bubble, first = amina.bubbles[-1].id, shown(amina)
    await amina.taps(_labelled(amina, "▶️ More"))
    second = shown(amina)
    assert amina.bubbles[-1].id == bubble
    assert amina.bubbles[-1].edited
    assert set(first).isdisjoint(second) or len(second) == 3
    assert "4. " in amina.sees
    await amina.taps(_labelled(amina, "◀️ Back"))
    assert (amina.bubbles[-1].id, shown(amina)) == (bubble, first)


async def test_two_taps_on_more_turn_one_page_in_one_bubble(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("near me")
    before = len(amina.bubbles)
    amina.presses(_labelled(amina, "▶️ More"), twice=True)
    await play.settle()
    assert len(amina.bubbles) == before
    assert "4. " in amina.sees


async def test_all_pages_together_show_each_time_once(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("near me")
    seen = [each for each in amina.buttons if each.startswith("c:")]
    while any("▶️ More" in label for label in amina.labels) and len(seen) < 30:
        await amina.taps(_labelled(amina, "▶️ More"))
        seen += [each for each in amina.buttons if each.startswith("c:")]
    times = [tuple(each.split(":")[1:3]) for each in seen]
    assert len(times) == len(set(times)) > 9


async def test_the_card_leads_back_to_the_page_it_came_from(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("near me")
    await amina.taps(_labelled(amina, "▶️ More"))
    page = amina.sees
    await amina.taps(amina.buttons[0])
    assert await amina.taps("f:") == page


async def test_taking_the_day_away_asks_again_without_it(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("cooking on Tuesday")
    await amina.taps(_labelled(amina, "📅 Any day"))
    assert str(play.number("madklub-ringe")) in shown(amina)
    assert not any("Any day" in label for label in amina.labels)


async def test_the_same_question_in_another_town_leaves_ones_own_town_as_it_is(play: Stage) -> None:
    amina = await play.newcomer("Amina", town="Ringe")
    await amina.says("cooking")
    await amina.taps("tq:")
    faaborg = next(code for code, place in play.guide.codes.places.items() if place == "faaborg")
    await amina.taps(f"q:{faaborg}:")
    assert "Faaborg" in amina.sees
    assert (await amina.reader()).place == "ringe"


async def test_what_is_not_understood_is_said_and_shows_the_menu(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    for text in ("qwrtplkj zxcv", "хлеб", "…", "??", "👍🎉🎉", "١٢٣", "a" * 4096, "0", "<b>", "&amp;"):
        before = len(amina.bubbles)
        await amina.says(text)
        assert (len(amina.bubbles), text) == (before + 1, text)
        assert "I did not understand that" in amina.sees, text
        assert "h" in amina.buttons, text


async def test_a_town_outside_the_community_is_named_and_the_nearest_shown_honestly(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("cooking in Aarhus")
    assert "I know activities in Faaborg-Midtfyn Kommune, not in Aarhus." in amina.sees
    assert shown(amina)


async def test_what_there_is_not_on_that_day_is_shown_on_other_days_and_said_so(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("swimming on 24 December")
    assert "I found nothing" in amina.sees
    assert shown(amina)


async def test_what_is_held_on_no_day_any_more_is_answered_with_the_nearest(play: Stage) -> None:
    await play.until("2027-09-01", "12:00")
    amina = await play.newcomer("Amina")
    await amina.says("cooking")
    assert amina.buttons


async def test_a_corrected_text_is_answered_as_a_new_question(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("qwrtplkj")
    play.world.edits(amina.person, "cooking")
    await play.settle()
    assert str(play.number("madklub-ringe")) in shown(amina)


async def test_the_way_there_is_a_pin_on_the_map(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.opens("madklub-ringe")
    await amina.taps("w:")
    assert amina.bubbles[-1].kind == "venue"


async def test_sharing_opens_telegrams_own_sheet_with_a_link_that_leads_a_friend_to_the_card(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.opens("madklub-ringe")
    link = next(button["url"] for row in amina.bubbles[-1].buttons for button in row if "url" in button)
    number = play.number("madklub-ringe")
    assert link.startswith("https://t.me/share/url?url=")
    assert f"start%3Da_{number}" in link


def _labelled(phone: Phone, label: str) -> str:
    """The data of the button with this label, in the newest bubble."""
    data: str = next(
        button["callback_data"] for row in phone.bubbles[-1].buttons for button in row if label in plain(button["text"])
    )
    return data
