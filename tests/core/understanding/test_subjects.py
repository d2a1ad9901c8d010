"""Topics and audience: several at once, indirect wishes, refusals, and words that look alike."""

from __future__ import annotations

import pytest

from tests.core.understanding.conftest import Ask


@pytest.mark.parametrize(
    ("text", "language", "topics"),
    [
        ("fodbold og svømning", "da", {"football", "swimming"}),
        ("my daughter loves to draw", "en", {"art"}),
        ("familiegåtur", "da", {"walking"}),
        ("badmintontræning", "da", {"ball_games"}),
        ("where can I meet other people", "en", {"social"}),
        ("I cannot swim, is there a course", "en", {"swimming"}),
        ("svomning", "da", {"swimming"}),
        ("وبالسباحة", "ar", {"swimming"}),
        ("للرسم والخياطة", "ar", {"art", "sewing"}),
        ("ስፌትን ሳዕስዒትን ኣሎ ዶ", "ti", {"sewing", "dance"}),
        ("ብሽግለታን ብሽክለታን ክመሃር", "ti", {"cycling"}),
    ],
)
def test_topics_are_found(text: str, language: str, topics: set[str], ask: Ask) -> None:
    frame = ask(text, language)
    assert (frame.intent, set(frame.topics)) == ("find_activity", topics)


@pytest.mark.parametrize(
    ("text", "language", "topics", "negated"),
    [
        ("svømning, ikke fodbold", "da", ("swimming",), ("football",)),
        ("not football but swimming", "en", ("swimming",), ("football",)),
        ("سباحة بدون كرة قدم", "ar", ("swimming",), ("football",)),
        ("ኩዕሶ እግሪ ኣይደልን፣ ምሕምባስ ኣሎ ዶ", "ti", ("swimming",), ("football",)),
    ],
)
def test_what_is_refused_is_not_a_topic(
    text: str, language: str, topics: tuple[str, ...], negated: tuple[str, ...], ask: Ask
) -> None:
    frame = ask(text, language)
    assert (frame.topics, frame.negated) == (topics, negated)


@pytest.mark.parametrize(
    ("text", "language", "audience"),
    [
        ("fodbold for piger", "da", {"children"}),
        ("football for teenagers", "en", {"youth"}),
        ("football for my mother, she is 70 years old", "en", {"seniors"}),
        ("سباحة للنسوان", "ar", {"women"}),
        ("ምሕምባስ ንደቀንስትዮ", "ti", {"women"}),
        ("vi vil gerne spille fodbold", "da", set()),
    ],
)
def test_audience_is_what_the_text_says(text: str, language: str, audience: set[str], ask: Ask) -> None:
    assert set(ask(text, language).audience) == audience


def test_a_word_that_means_nothing_is_no_topic(ask: Ask) -> None:
    assert ask("ብላብላ ዱዱ", "ti").topics == ()


def test_a_question_with_a_word_left_unread_is_asked_back(ask: Ask) -> None:
    assert not ask("is there a frobnicating club", "en").sure


def test_a_plain_question_is_sure(ask: Ask) -> None:
    assert ask("football on saturday", "en").sure


@pytest.mark.parametrize(
    ("text", "language", "wanted", "refused"),
    [
        ("anything but football", "en", (), ("football",)),
        ("neither football nor handball but dance", "en", ("dance",), ("football", "ball_games")),
        ("hverken fodbold eller håndbold, men dans", "da", ("dance",), ("football", "ball_games")),
        ("لا أريد كرة القدم بل السباحة", "ar", ("swimming",), ("football",)),
        ("أي شي غير كرة القدم", "ar", (), ("football",)),
        ("ምሕምባስ እፈቱ ኩዕሶ ግን ኣይፈቱን", "ti", ("swimming",), ("football",)),
    ],
)
def test_what_is_refused_is_not_searched_for(
    text: str, language: str, wanted: tuple[str, ...], refused: tuple[str, ...], ask: Ask
) -> None:
    frame = ask(text, language)
    assert (frame.intent, frame.topics, frame.negated) == ("find_activity", wanted, refused)


def test_all_who_are_left_out_are(ask: Ask) -> None:
    assert ask("madlavning for mænd, uden koner og børn", "da").audience == ("men",)


def test_two_numbers_after_children_are_ages(ask: Ask) -> None:
    frame = ask("boys 6 to 8 football", "en")
    assert (frame.intent, frame.topics, frame.audience, frame.time) == (
        "find_activity",
        ("football",),
        ("children",),
        None,
    )


def test_a_son_who_is_a_teenager_is_no_child(ask: Ask) -> None:
    assert ask("ابني المراهق بده ملاكمة", "ar").audience == ("youth",)
