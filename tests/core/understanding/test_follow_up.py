"""What follows a question keeps the rest of it: another day, another town, another topic."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.core.understanding import Frame, Gazetteer, Question, Words, follow_up
from tests.core.understanding.conftest import WEDNESDAY

ASKED = Frame(
    "find_activity",
    topics=("football",),
    audience=("children",),
    start=date(2026, 11, 28),
    end=date(2026, 11, 28),
    place="Ringe",
    sure=True,
)


def followed(text: str, language: str, words: Words, towns: Gazetteer) -> Frame:
    return follow_up(Question(text, language, WEDNESDAY, "Ringe", ASKED), words, towns)


@pytest.mark.parametrize(
    ("text", "language"),
    [("og på søndag?", "da"), ("and on Sunday?", "en"), ("ويوم الأحد؟", "ar"), ("ሰንበት ከ?", "ti"), ("ሰንበትከ?", "ti")],
)
def test_another_day_keeps_the_rest(text: str, language: str, words: Words, towns: Gazetteer) -> None:
    frame = followed(text, language, words, towns)
    bare = replace(frame, evidence=(), language_seen="")
    assert bare == replace(ASKED, start=date(2026, 11, 29), end=date(2026, 11, 29))


@pytest.mark.parametrize(("text", "language"), [("i Faaborg?", "da"), ("in Faaborg?", "en"), ("وبفوبورغ؟", "ar")])
def test_another_town_keeps_the_rest(text: str, language: str, words: Words, towns: Gazetteer) -> None:
    frame = followed(text, language, words, towns)
    assert (frame.topics, frame.start, frame.place) == (("football",), ASKED.start, "Faaborg")


def test_another_topic_keeps_day_and_town(words: Words, towns: Gazetteer) -> None:
    frame = followed("eller svømning", "da", words, towns)
    assert (frame.topics, frame.start, frame.place) == (("swimming",), ASKED.start, "Ringe")


@pytest.mark.parametrize(
    ("text", "language"),
    [("svømning i Faaborg", "da"), ("cooking on Sunday", "en"), ("ኣብ ፋቦርግ ምኽሻን", "ti"), ("طبخ بفوبورغ", "ar")],
)
def test_a_topic_with_a_town_or_a_day_is_a_question_of_its_own(
    text: str, language: str, words: Words, towns: Gazetteer
) -> None:
    frame = followed(text, language, words, towns)
    assert (frame.audience, frame.start == ASKED.start) == ((), False)


def test_a_refusal_takes_the_topic_away(words: Words, towns: Gazetteer) -> None:
    frame = followed("ikke fodbold", "da", words, towns)
    assert (frame.intent, frame.topics, frame.negated) == ("find_activity", (), ("football",))


def test_anything_but_what_was_not_sought_is_a_question_of_its_own(words: Words, towns: Gazetteer) -> None:
    frame = followed("anything but cooking on Saturday", "en", words, towns)
    assert (frame.intent, frame.topics, frame.negated, frame.audience) == ("find_activity", (), ("cooking",), ())


def test_something_for_others_is_a_question_of_its_own(words: Words, towns: Gazetteer) -> None:
    frame = followed("noget inden weekenden for seniorer", "da", words, towns)
    assert (frame.intent, frame.topics, frame.audience) == ("find_activity", (), ("seniors",))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("stop", "stop"),
        ("hvordan bliver vejret i weekenden", "unknown"),
        ("tak", "thanks"),
        ("mind mig om det på søndag", "set_reminder"),
    ],
)
def test_an_errand_of_its_own_stands_alone(text: str, intent: str, words: Words, towns: Gazetteer) -> None:
    assert followed(text, "da", words, towns).intent == intent


@pytest.mark.parametrize(
    ("text", "language"),
    [("how much is the swimsuit", "en"), ("hvad koster flodhesten", "da")],
)
def test_the_price_of_something_else_is_no_follow_up(text: str, language: str, words: Words, towns: Gazetteer) -> None:
    assert followed(text, language, words, towns).intent == "unknown"


def test_what_it_costs_is_one(words: Words, towns: Gazetteer) -> None:
    assert followed("what does it cost?", "en", words, towns).topics == ("football",)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("my son got his first tooth today", "en"),
        ("ابني طلعلو اول سن اليوم", "ar"),
        ("min søn fik en tand i dag", "da"),
        ("ሓወይ ሎሚ መጺኡ", "ti"),
    ],
)
def test_news_told_after_a_search_does_not_go_on_with_it(
    text: str, language: str, words: Words, towns: Gazetteer
) -> None:
    assert followed(text, language, words, towns).intent == "unknown"


def test_for_whom_it_is_goes_on_with_it_though_nothing_is_asked(words: Words, towns: Gazetteer) -> None:
    assert followed("for my son on Sunday", "en", words, towns).topics == ("football",)
