"""Stop, a person, my data, danger: found in every language whatever the chat's is, and with a letter wrong."""

from __future__ import annotations

from collections.abc import Iterator

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
        ("وقفف", "stop"),
        ("قف", "stop"),
        ("حررييق", "emergency"),
        ("رفيقي عم يقول بده يقتل حاله", "emergency"),
        ("ረድኡና ገዛና ሓዊ ተላዒሉ", "emergency"),
        ("ወደይ ከኒና ሰትዩ", "emergency"),
        ("ليش اسمي محفوظ عندكم", "privacy"),
        ("how can I get hold of my coordinator", "talk_to_person"),
        ("stop sendng me messages", "stop"),
        ("unsubscrbe me from all messages", "stop"),
        ("I want to talk to a humn", "talk_to_person"),
        ("jeg vil tale med et meneske", "talk_to_person"),
        ("delte my data", "privacy"),
        ("slet mine dta", "privacy"),
        ("my husband is beatng me", "emergency"),
        ("min mand slaar mig", "emergency"),
        ("the pan burns and now the curtain too", "emergency"),
        ("my husband beats me at home", "emergency"),
        ("jeg vil tale med et mennske", "talk_to_person"),
        ("give me a human", "talk_to_person"),
        ("hjælp der er brand", "emergency"),
        ("det brænder i køkkenet", "emergency"),
        ("der er røg i hele lejligheden", "emergency"),
        ("vores hus står i flammer", "emergency"),
        ("sebeyey yeharmeni alo hagzuni", "emergency"),
        ("jawzi byodrobni", "emergency"),
        ("batlo teb3atouli rasayel", "stop"),
        ("لا ترسلو لي رسائل", "stop"),
        ("احذفو بياناتي", "privacy"),
        ("امي وقعت بالحمام ومابتفيق", "emergency"),
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
        "kif ba3mel knafe",
        "emta byetla3 el bas la copenhagen",
        "brandstation besøg for børn",
        "campfire evening for families",
        "my husband loves boxing",
        "ካብ ጉጅለ ስፌት ስመይ ኣውጽኡኒ",
    ],
)
def test_an_ordinary_question_sets_off_no_guard(text: str, ask: Ask) -> None:
    assert ask(text, "en").intent not in GUARDED


@pytest.mark.parametrize("chat", ["da", "en", "ar", "ti"])
def test_fire_and_violence_are_found_whatever_the_language_of_the_chat(chat: str, ask: Ask) -> None:
    texts = [
        "der er brand i lejligheden",
        "my flat is on fire",
        "في حريق بالعمارة",
        "ገዛና ሓዊ ተላዒሉ",
        "sebiayey yeharmeni",
    ]
    assert [text for text in texts if ask(text, chat).intent != "emergency"] == []


def test_help_that_is_wanted_after_all_stops_no_messages(ask: Ask) -> None:
    frame = ask("ما بدي مساعدة بالشغل، بدي مساعدة برسالة", "ar")
    assert (frame.intent, frame.topics) == ("find_activity", ("letters",))
    assert ask("ما بدي هالشي، بدي مساعدة، وقف الرسائل", "ar").intent == "stop"


def test_a_greeting_with_a_wish_cancels_nothing(ask: Ask) -> None:
    text = "السلام عليكم، اسمي خالد مع زوجتي واولادي. الاولاد يحبون الماء، هل يوجد مكان يتعلمون فيه السباحة؟"
    frame = ask(text, "ar")
    assert (frame.intent, frame.topics, frame.audience) == ("find_activity", ("swimming",), ("children",))


CORE = [
    ("stop med at sende mig beskeder", "stop"),
    ("jeg vil tale med et menneske", "talk_to_person"),
    ("slet mine oplysninger", "privacy"),
    ("min mand slår mig, hjælp", "emergency"),
    ("stop sending me messages", "stop"),
    ("I want to talk to a human", "talk_to_person"),
    ("delete my data please", "privacy"),
    ("my husband is beating me", "emergency"),
    ("وقفوا الرسائل", "stop"),
    ("احذفوا بياناتي", "privacy"),
    ("زوجي يضربني", "emergency"),
    ("መልእኽቲ ኣይትስደዱለይ", "stop"),
    ("ሰብኣየይ ይሃርመኒ ኣሎ", "emergency"),
]


def misspelt(text: str) -> Iterator[str]:
    """The text with one letter dropped, doubled or swapped with the one before, in each word of five and more."""
    words = text.split()
    for at, word in enumerate(words):
        for place in range(1, len(word) if len(word) >= 5 else 0):
            for wrong in (
                word[:place] + word[place + 1 :],
                word[: place + 1] + word[place:],
                word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :] if place > 1 else word,
            ):
                yield " ".join([*words[:at], wrong, *words[at + 1 :]])


@pytest.mark.parametrize(("text", "intent"), CORE)
def test_a_guard_with_any_letter_dropped_doubled_or_swapped_is_found(text: str, intent: str, ask: Ask) -> None:
    missed = [wrong for wrong in misspelt(text) if ask(wrong, "en").intent != intent]
    assert missed == []


@pytest.mark.parametrize(
    "text",
    ["my kids are on fire for football", "jeg har fire børn", "Ringe Sunday football", "my bread is burnt outside"],
)
def test_fire_that_burns_nothing_is_no_emergency(text: str, ask: Ask) -> None:
    assert ask(text, "en").intent != "emergency"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "I am bored",
            "I am alone",
            "jeg keder mig",
            "jeg er ny her",
            "I am new here",
            "min søn er syg",
            "we lost our cat",
        ),
        *("أنا جديد هنا", "انا حزين", "ሓድሽ እየ ኣብዚ", "can somebody help me", "my phone is dead", "hvor er stoppestedet"),
    ],
)
def test_what_only_sounds_like_a_guard_is_asked_and_never_acted_on(text: str, ask: Ask) -> None:
    frame = ask(text, "en")
    assert frame.intent not in GUARDED or (frame.ask and frame.ask.candidates == (frame.intent,))
