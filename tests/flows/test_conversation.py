"""The conversation around a question: what follows it, what is asked back, what was missed, and what is not there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.model import Activity
from bot.core.pack import Pack
from bot.core.query import Query, decode
from bot.i18n.values import COPENHAGEN
from bot.loading import load_pack
from bot.store.case_tables import cases
from bot.store.tables import needs, notices, unread_words, wishes
from tests.flows.stage import PACK, Phone, Stage

SUNDAY = date(2026, 11, 29)
DANCE = "dans-ryslinge"  # the only dancing there is, 25 km from Faaborg


def asked(phone: Phone) -> Query:
    """What the newest list is an answer to, as its button for another town has it."""
    return decode(phone.data("tq:").removeprefix("tq:"), phone.stage.guide.codes)


def held_in(phone: Phone) -> set[str]:
    return {phone.stage.guide.activities[int(each.split(":")[1])].place for each in shown(phone)}


def shown(phone: Phone) -> list[str]:
    return [each for each in phone.buttons if each.startswith("c:")]


async def load(play: Stage, *added: Activity) -> None:
    """Loads the pack anew with more in it; time passes until the bot has seen it."""
    activities = (*PACK.activities, *added)
    more = Pack(PACK.community, PACK.places, PACK.organisations, activities, digest=f"with {[a.id for a in added]}")
    assert await load_pack(play.app.services.database, more)
    await play.later(minutes=1)


def like(activity: str, place: str, **changes: object) -> Activity:
    """An activity of the pack held in another town as well."""
    model = next(each for each in PACK.activities if each.id == activity)
    venue = next(each.venue for each in PACK.activities if each.place == place)
    made: Activity = replace(model, id=f"{activity}-2", place=place, venue=venue, **changes)  # type: ignore[arg-type] # fields of an activity
    return made


@pytest.mark.parametrize(
    ("language", "question", "day", "town"),
    [
        ("en", "walking on Saturday", "and on Sunday?", "in Faaborg?"),
        ("da", "gåtur på lørdag", "og på søndag?", "og i Faaborg?"),
    ],
)
async def test_a_short_text_after_a_question_keeps_the_rest_of_it(
    play: Stage, language: str, question: str, day: str, town: str
) -> None:
    amina = await play.newcomer("Amina", language)
    await amina.says(question)
    await amina.says(day)
    assert asked(amina) == Query(topics=("walking",), start=SUNDAY, end=SUNDAY, place="ringe")
    await amina.says(town)
    assert asked(amina) == Query(topics=("walking",), start=SUNDAY, end=SUNDAY, place="faaborg")


async def test_after_forty_minutes_the_question_before_is_over(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("walking on Saturday")
    await play.later(minutes=40)
    await amina.says("and on Sunday?")
    assert asked(amina) == Query(start=SUNDAY, end=SUNDAY, place="ringe")


async def test_where_it_is_unsure_one_question_is_asked_and_a_tap_answers_it(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    before = len(amina.bubbles)
    await amina.says("football blah xyzzy quux wibble on Saturday")
    assert "Is this what you look for?" in amina.sees
    assert (len(amina.bubbles), "h" in amina.buttons, shown(amina)) == (before + 1, True, [])
    await amina.taps("f:")
    saturday = SUNDAY - timedelta(days=1)
    assert asked(amina) == Query(topics=("football",), start=saturday, end=saturday, place="ringe")
    assert shown(amina)


async def test_a_long_story_with_no_topic_in_it_is_asked_about_with_all_that_was_heard(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says(
        "hello we came to Denmark last month and stay with a friend, is there anything for children on Sunday please"
    )
    assert "Is this what you look for?" in amina.sees
    await amina.taps("f:")
    assert asked(amina) == Query(audience=("children",), start=SUNDAY, end=SUNDAY, place="ringe")


@pytest.mark.parametrize(
    ("words", "leads_to"),
    [("I want somebody to help me with Danish", "n"), ("my sign ups zuiop blorp", "my")],
)
async def test_an_errand_that_is_unsure_is_asked_with_the_button_that_does_it(
    play: Stage, words: str, leads_to: str
) -> None:
    amina = await play.newcomer("Amina")
    await amina.says(words)
    assert "Is this what you want?" in amina.sees
    assert (amina.buttons[:2], amina.buttons.count(leads_to)) == ([leads_to, "h"], 1)


async def test_thanks_with_words_nobody_knows_around_it_is_still_thanks(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("thank you xyzzy quux")
    assert "did not understand" not in amina.sees


async def test_what_only_sounds_like_a_call_for_a_person_is_asked_and_nobody_is_called(play: Stage) -> None:
    sana = await play.coordinator()
    clara = await play.newcomer("Clara")
    await clara.says("can somebody help me")
    assert "Is this what you want?" in clara.sees
    assert "h" in clara.buttons
    await clara.says("someone is at my door and I am afraid")
    assert "Call 112" in clara.sees
    assert "Clara" not in sana.all_seen
    assert "wants a person" not in sana.all_seen
    assert await play.rows(cases) == []


async def test_a_bare_hour_in_tigrinya_is_asked_back_with_two_buttons(play: Stage) -> None:
    senait = await play.newcomer("Senait", "ti")
    await senait.says("ኩዕሶ ሰዓት 3")
    assert [label for label in senait.labels if ":" in label] == ["09:00", "15:00"]
    hours = [decode(each[2:], play.guide.codes).time for each in senait.buttons if each.startswith("f:")]
    assert [f"{hour:%H:%M}" for hour in hours if hour] == ["09:00", "15:00"]
    await senait.taps(next(each for each in senait.buttons if each.startswith("f:")))
    assert shown(senait)


@pytest.mark.parametrize("words", ["ጽባሕ ሰዓት 3 ኣዘኻኽረኒ", "ሰዓት 3 ኣዘኻኽረኒ"])
async def test_a_reminder_at_a_bare_hour_in_tigrinya_asks_which_and_keeps_the_one_chosen(
    play: Stage, words: str
) -> None:
    senait = await play.newcomer("Senait", "ti")
    await senait.says(words)
    assert [label for label in senait.labels if ":" in label] == ["09:00", "15:00"]
    await senait.taps("rt:0900")
    assert "09:00" in senait.sees
    assert "15:00" not in senait.sees
    await senait.taps("ry")
    assert "09:00" in senait.sees
    [due] = [row["due"] for row in await play.rows(notices) if row["kind"] == "own"]
    assert due.astimezone(COPENHAGEN).hour == 9


async def test_two_misses_in_a_row_lead_to_a_person_and_an_answer_between_them_does_not(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("qwrtplkj zxcv")
    assert amina.buttons[0] != "h"
    await amina.says("cooking")
    await amina.says("qwrtplkj zxcv")
    assert amina.buttons[0] != "h"
    await amina.says("plkj zxcvb")
    assert "did not understand that either" in amina.sees
    assert "You can ask here: The coordinator at Integration" in amina.sees


@pytest.mark.parametrize(
    ("language", "town", "day"),
    [("en", "Faaborg", "Sunday"), ("da", "Faaborg", "på søndag"), ("ar", "فوبورغ", "الأحد"), ("ti", "ፋቦርግ", "ሰንበት")],
)
async def test_a_town_or_a_day_alone_shows_what_is_near_there_or_on_that_day(
    play: Stage, language: str, town: str, day: str
) -> None:
    amina = await play.newcomer("Amina", language)
    await amina.says(town)
    assert (asked(amina), held_in(amina)) == (Query(place="faaborg"), {"faaborg"})
    await play.later(minutes=40)
    await amina.says(day)
    assert (asked(amina), len(shown(amina))) == (Query(start=SUNDAY, end=SUNDAY, place="ringe"), 3)


async def test_a_town_elsewhere_alone_is_answered_honestly(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("Odense")
    assert "I know activities in Faaborg-Midtfyn Kommune, not in Odense." in amina.sees
    assert shown(amina)


async def test_what_is_only_far_away_is_shown_and_told_once_when_it_is_near(play: Stage) -> None:
    amina, berhane, chen = [await play.newcomer(name, town="Faaborg") for name in ("Amina", "Berhane", "Chen")]
    for phone in (amina, berhane, chen):
        await phone.says("dance in Faaborg")
        assert "I found nothing in Faaborg. Further away" in phone.sees
        assert held_in(phone) == {"ryslinge"}
        phone.presses("wt:", twice=True)
        await play.settle()
        assert "I tell you when there is one: dance, Faaborg" in phone.sees
    assert len(await play.rows(wishes)) == 3
    await berhane.says("/stop")
    await chen.says("/deleteme")
    await chen.taps("del!")
    assert len(await play.rows(wishes)) == 2
    said = len(berhane.bubbles), len(chen.bubbles)
    await load(play, like("kor-faaborg", "ringe"))
    assert "Now there is something for you" not in amina.all_seen
    new = like(DANCE, "faaborg")
    await load(play, new)
    assert "Now there is something for you" in amina.sees
    await amina.taps("f:")
    assert str(play.number(new.id)) in [each.split(":")[1] for each in shown(amina)]
    assert (len(berhane.bubbles), len(chen.bubbles)) == said
    seen = len(amina.bubbles)
    await berhane.taps("go")
    await load(play, new, replace(new, id="dans-faaborg-3"))
    await play.later(hours=30)
    assert "Now there is something for you" in berhane.sees  # it waited until they wanted messages again
    assert (len(amina.bubbles), len(chen.bubbles)) == (seen, said[1])
    assert await play.rows(wishes) == []


async def test_who_misses_only_a_day_is_told_of_that_day_and_not_of_what_they_were_shown(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("cooking on Sunday")
    assert f"I found nothing: cooking, Sunday {SUNDAY:%d/%m}, Ringe. On other days:" in amina.sees
    await amina.taps("wt:")
    await load(play, like(DANCE, "faaborg"))
    assert "Now there is something for you" not in amina.all_seen
    model = next(each for each in PACK.activities if each.id == "madklub-ringe")
    sunday = replace(model.schedule, first=SUNDAY - timedelta(weeks=1))
    await load(play, like("madklub-ringe", "ringe", schedule=sunday))
    assert "Now there is something for you" in amina.sees


async def test_unmet_need_is_counted_without_the_person_and_small_counts_are_nobodys_to_see(play: Stage) -> None:
    sana = await play.coordinator()
    amina = await play.newcomer("Amina", town="Faaborg")
    senait = await play.newcomer("Senait", "ti", town="Faaborg")
    for _ in range(5):
        await amina.says("dance in Faaborg")
    for _ in range(4):
        await senait.says("ብሽክለታ ኣብ ፋቦርግ")
    rows = await play.rows(needs)
    assert {(row["topic"], row["place"], row["language"]): row["count"] for row in rows} == {
        ("dance", "faaborg", "en"): 5,
        ("cycling", "faaborg", "ti"): 4,
    }
    assert {column for row in rows for column in row} == {"community", "month", "language", "topic", "place", "count"}
    await _not_found(sana)
    assert [
        word for word in ("dance", "Faaborg", "English", "counts come with /numbers") if word not in sana.sees
    ] == []
    assert [word for word in ("cycling", "Tigrinya", ": 4", ": 5", ": 9") if word in sana.sees] == []
    await amina.forges("kn")
    assert "counts come with /numbers" not in amina.all_seen


async def test_unread_words_are_shown_from_five_on_without_names_and_numbers_with_their_spellings(play: Stage) -> None:
    sana = await play.coordinator()
    amina = await play.newcomer("Amina")
    for _ in range(5):
        await amina.says("qwrtplkj, zxcvbnma Hassan 12345678")
        await amina.says("qwrtplkk")
    for _ in range(4):
        await amina.says("vbnmqwrt")
    words = {row["word"]: row["count"] for row in await play.rows(unread_words)}
    assert words == {"qwrtplkj": 5, "qwrtplkk": 5, "zxcvbnma": 5, "vbnmqwrt": 4}
    await _not_found(sana)
    assert "qwrtplkj, qwrtplkk: 10" in sana.sees
    assert "zxcvbnma: 5" in sana.sees
    assert "vbnmqwrt" not in sana.sees


async def _not_found(coordinator: Phone) -> None:
    """Opens the counts as a coordinator does."""
    await coordinator.says("/coordinate")
    assert "📊 Not found" in coordinator.labels
    await coordinator.taps("kn")


async def test_a_wish_for_help_that_is_not_sure_is_asked_with_the_offers_and_not_lost(play: Stage) -> None:
    amina = await play.newcomer("Amina", "ar")
    assert "هل هذا ما تريدونه" in await amina.says("بدي شخص يساعدني بالدنماركي كل اسبوع")
    assert amina.buttons[:2] == ["n", "h"]
