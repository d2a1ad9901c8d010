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
