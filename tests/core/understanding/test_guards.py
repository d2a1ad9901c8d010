"""Stop, a person, my data, danger: found in every language whatever the chat's is, and with a letter wrong."""

from __future__ import annotations

import pytest

from benchmarks.questions import EXAMPLES, read_examples
from tests.core.understanding.conftest import Ask

GUARDED = ("stop", "talk_to_person", "privacy", "emergency")
PHRASES = [
    (str(example.expect["intent"]), example.question.text)
    for path in sorted(EXAMPLES.glob("examples-*.jsonl"))
    for example in read_examples(path)
    if example.expect["intent"] in GUARDED
]


@pytest.mark.parametrize("chat", ["da", "en", "ar", "ti"])
def test_guards_are_found_whatever_the_language_of_the_chat(chat: str, ask: Ask) -> None:
    missed = [(intent, text) for intent, text in PHRASES if ask(text, chat).intent != intent]
    assert missed == []


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("stp med at sende mig beskeder", "stop"),
        ("stop sendng me messages", "stop"),
        ("unsubscrbe me from all messages", "stop"),
        ("I want to talk to a humn", "talk_to_person"),
        ("jeg vil tale med et meneske", "talk_to_person"),
        ("delte my data", "privacy"),
        ("slet mine dta", "privacy"),
        ("my husband is beatng me", "emergency"),
        ("min mand slaar mig", "emergency"),
        ("لا ترسلو لي رسائل", "stop"),
        ("احذفو بياناتي", "privacy"),
        ("زوجي عم يضربنني", "emergency"),
        ("መልእኽቲ ኣይትስደዱለይን", "stop"),
        ("ሰብኣየይ ይሃርሙኒ ኣሎ", "emergency"),
    ],
)
def test_a_guard_misspelt_by_a_letter_is_still_found(text: str, intent: str, ask: Ask) -> None:
    assert ask(text, "en").intent == intent


@pytest.mark.parametrize(
    "text",
    [
        "er der rygestop i Faaborg",
        "where is the bus stop",
        "is there a self defence course for women",
        "first aid course in Ringe",
        "boksning, jeg vil gerne lære at slå rigtigt",
        "four children, fire børn",
        "jeg har ikke fået brevet fra kommunen",
        "I want information about activities for people in Ringe",
        "انا عايش برينغه وبدي سباحة",
        "ንወደይ ኩዕሶ እግሪ ኣሎ ዶ",
        "how do I cancel my place on Friday",
    ],
)
def test_an_ordinary_question_sets_off_no_guard(text: str, ask: Ask) -> None:
    assert ask(text, "en").intent not in GUARDED
