"""Intents weighed: what the rules miss, why it was taken so, and that the rules decide alone without weights."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

import bot.words
from benchmarks.questions import EXAMPLES, read_examples
from benchmarks.teaching import Lesson, learned
from bot.core.understanding import Gazetteer, Question, Words, understand
from bot.core.understanding.weighing import Signs, lean
from tests.core.understanding.conftest import WEDNESDAY, Ask

EVERY = 4
"""Of the examples, every fourth tells the same in a quarter of the time."""


def test_the_same_lessons_teach_the_same_weights_and_what_was_taught_is_recalled() -> None:
    lessons = [
        Lesson(np.array([row, 900]), np.ones(2), intent) for row, intent in ((3, "stop"), (4, "thanks"), (5, "unknown"))
    ] * 5
    weights = learned(lessons)
    assert np.array_equal(weights.table, learned(lessons).table)
    nothing = np.array([], dtype=np.int64)
    assert [lean(weights, Signs(np.array([row, 900]), nothing), {}).intent for row in (3, 4, 5)] == [
        "stop", "thanks", "unknown",
    ]  # fmt: skip


def test_doubt_prefers_what_does_least_harm() -> None:
    weights = learned([Lesson(np.array([1]), np.ones(1), intent) for intent in ("cancel", "cancel", "unknown")])
    signs = Signs(np.array([1]), np.array([], dtype=np.int64))
    assert lean(weights, signs, {}).intent == "cancel"
    assert lean(weights, signs, {"unknown": 50.0}).intent == "unknown"


def test_what_overruled_the_rules_is_named(words: Words, towns: Gazetteer) -> None:
    alone = replace(words, weights=None)
    overruled = []
    for path in sorted(EXAMPLES.glob("*.jsonl")):
        for example in islice(read_examples(path), 0, None, EVERY):
            frame = understand(example.question, words, towns)
            if frame.intent != understand(example.question, alone, towns).intent and frame.intent != "unknown":
                overruled.append(any(evidence.slot == "intent" for evidence in frame.evidence))
    assert sum(overruled) >= 0.9 * len(overruled)


def test_without_weights_the_rules_decide_alone(words: Words, towns: Gazetteer) -> None:
    frame = understand(Question("football on Saturday", "en", WEDNESDAY, "Ringe"), replace(words, weights=None), towns)
    assert (frame.intent, frame.topics, frame.sure) == ("find_activity", ("football",), True)


def test_weights_of_another_shape_are_left_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.words, "DATA", tmp_path)
    assert bot.words.read_weights() is None
    (tmp_path / "words").mkdir()
    np.savez(tmp_path / "words" / "weights.npz", table=np.zeros((2, 1)), intents=np.array(["stop"]), unit=np.array(1))
    assert bot.words.read_weights() is None


def test_what_only_the_rules_call_danger_stays_danger(ask: Ask) -> None:
    assert ask("hjælp, det brænder i opgangen", "da").intent == "emergency"


@pytest.mark.parametrize(
    ("text", "intent"),
    [("hjælp", "how_it_works"), ("cancel", "cancel"), ("frivillig", "volunteer"), ("yoga", "find_activity")],
)
def test_one_word_that_the_rules_know_leaves_no_doubt(text: str, intent: str, ask: Ask) -> None:
    frame = ask(text, "da")
    assert (frame.intent, frame.sure) == (intent, True)


def test_a_topic_with_a_day_is_sure_and_a_day_or_town_alone_is_not(ask: Ask) -> None:
    assert ask("cooking on Sunday", "en").sure
    for text, language in (("Sunday", "en"), ("og i Faaborg?", "da"), ("وفي فابورج؟", "ar"), ("ኣብ ኒቦርግ ከ", "ti")):
        frame = ask(text, language)
        assert (frame.intent, frame.sure) == ("find_activity", False)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("jeg har brug for hjælp", "da"),
        ("can somebody help me please", "en"),
        ("احتاج مساعدة", "ar"),
        ("ሓገዝ የድልየኒ ኣሎ", "ti"),
    ],
)
def test_who_only_asks_for_help_is_asked_whether_a_person_is_meant(text: str, language: str, ask: Ask) -> None:
    frame = ask(text, language)
    assert frame.ask
    assert (frame.intent, frame.sure, frame.ask.candidates) == ("talk_to_person", False, ("talk_to_person",))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("kan du hjælpe mig med dansk", "da"),
        ("can you help me with danish", "en"),
        ("ممكن تساعدني بالدنماركي", "ar"),
        ("ብዳኒሽ ክትሕግዘኒ ትኽእል ዶ", "ti"),
    ],
)
def test_help_with_danish_is_language_training(text: str, language: str, ask: Ask) -> None:
    frame = ask(text, language)
    assert (frame.intent, frame.topics) == ("ask_offer", ("language_training",))


def test_an_offer_by_its_name_stays_one_though_hours_are_told_beside_it(ask: Ask) -> None:
    frame = ask("a language partner for my husband, he works days so in the evenings", "en")
    assert (frame.intent, frame.topics) == ("ask_offer", ("language_training",))


@pytest.mark.parametrize(("text", "language"), [("كرة القدم اخر الاسبوع", "ar"), ("ኩዕሶ እግሪ ለይቲ", "ti")])
def test_an_activity_and_its_time_alone_are_a_search(text: str, language: str, ask: Ask) -> None:
    assert ask(text, language).intent == "find_activity"


def test_a_number_of_which_nothing_was_made_leaves_doubt(ask: Ask) -> None:
    assert ask("swimming on Sunday", "en").sure
    assert not ask("swimming on Sunday 77", "en").sure


def test_a_joke_about_a_topic_is_no_search_for_it(ask: Ask) -> None:
    assert ask("tell me a joke about football", "en").intent == "unknown"
    assert ask("احكيلي نكتة عن كرة القدم", "ar").intent == "unknown"
