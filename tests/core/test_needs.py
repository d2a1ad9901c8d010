"""Unmet need without persons: no names or numbers in kept words, no small counts, spellings of a word together."""

from __future__ import annotations

import pytest

from bot.core.hiding import LEAST
from bot.core.needs import WORDS_OF_A_TEXT, clusters, often, words_to_keep


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("please call Amina Hassan at 12345678 about zumba", ("please", "call", "about", "zumba")),
        ("Zumba. Hot yoga in Ringe", ("zumba", "hot", "yoga")),
        ("ZUMBA NOW", ("zumba", "now")),
        ("zumba zumba ZUMBA", ("zumba",)),
        ("mail a.hassan@example.org or t.me/aminah or @aminah or +45 12 34 56 78", ("mail",)),
        ("my card is AB123456", ("card",)),
        ("أريد زومبا", ("أريد", "زومبا")),
        ("ዙምባ 010190-1234", ("ዙምባ",)),
        ("12 34 …", ()),
    ],
)
def test_words_are_kept_without_numbers_and_without_what_looks_like_a_name(text: str, kept: tuple[str, ...]) -> None:
    assert words_to_keep(text) == kept


def test_of_a_long_text_only_its_first_words_are_kept() -> None:
    assert len(words_to_keep("one two three four five six seven eight nine ten")) == WORDS_OF_A_TEXT


def test_what_was_asked_for_often_is_named_without_its_count() -> None:
    assert often({"dance": LEAST, "art": LEAST - 1, "film": 9, "job": 1}) == ("film", "dance")


def test_spellings_one_letter_apart_are_one_word_and_short_words_are_not() -> None:
    words = [("zumba", 6), ("zumbah", 5), ("zmuba", 5), ("yoga", 9), ("yogi", 5)]
    assert clusters(words) == ((("zumba", "zmuba", "zumbah"), 16), (("yoga",), 9), (("yogi",), 5))
