"""Short texts that open a page: compared as people type them."""

from __future__ import annotations

import pytest

from bot.core.shortcuts import bare, spelt
from bot.shortcuts import read_shortcuts


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("I'm new here!", "first_steps"),
        ("Jeg er ny her", "first_steps"),
        ("أَنا جديد هنا", "first_steps"),
        ("ኣብዚ ሓድሽ እየ።", "first_steps"),
        ("Kurser?", "programmes"),
        ("Jeg har brug for en tolk.", "interpreter"),
        ("أحتاج إلى مترجم", "interpreter"),
        ("ኣስተርጓሚ የድልየኒ", "interpreter"),
        ("Jeg vil gerne tolke!", "interpret"),
        ("i am new here, is there football", None),
    ],
)
def test_a_whole_text_opens_its_page_however_it_is_typed(text: str, page: str | None) -> None:
    assert read_shortcuts().get(bare(text)) == page


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("mindspring", True),
        ("what is MindSpring?", True),
        ("MindSpring was what my friend told me of yesterday", False),
        ("ny i danmark", True),
        ("jeg er ny", False),
    ],
)
def test_a_title_is_known_with_few_words_beside_it(text: str, is_it: bool) -> None:
    assert any(spelt(bare(text), title) for title in ("ማይንድስፕሪንግ · MindSpring", "Ny i Danmark")) == is_it
