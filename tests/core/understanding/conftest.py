"""The word lists and towns as shipped, and a way to ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from bot.core.model import Place
from bot.core.understanding import Frame, Gazetteer, Question, Words, gazetteer, understand
from bot.words import danish_towns, standard_words

PACK = (
    Place("ringe", "Ringe", 55.24, 10.48, {"ar": ("رينغه", "رينجه"), "ti": ("ሪንገ",)}),
    Place("faaborg", "Faaborg", 55.10, 10.24, {"da": ("Fåborg",), "ar": ("فوبورغ",), "ti": ("ፎቦርግ",)}),
    Place("aarslev", "Årslev", 55.30, 10.46, {"da": ("Aarslev",)}),
    Place("noerre-broby", "Nørre Broby", 55.25, 10.23, {"da": ("Nr. Broby",), "ar": ("نورا بروبي",)}),
)
WEDNESDAY = datetime.fromisoformat("2026-11-25T10:00:00+01:00")

Ask = Callable[..., Frame]


@pytest.fixture(scope="session")
def words() -> Words:
    return standard_words()


@pytest.fixture(scope="session")
def towns() -> Gazetteer:
    return gazetteer(PACK, danish_towns())


@pytest.fixture(scope="session")
def ask(words: Words, towns: Gazetteer) -> Ask:
    """The frame of a text, asked on Wednesday 25 November 2026 at ten."""

    def asked(text: str, language: str = "da", now: datetime = WEDNESDAY) -> Frame:
        return understand(Question(text, language, now, "Ringe"), words, towns)

    return asked
