"""A new language is a new list and no code: a toy fifth language, understood with its own words and affixes."""

from __future__ import annotations

from datetime import date

from bot.core.understanding import Concept, Gazetteer, Question, WordList, compiled, understand
from tests.core.understanding.conftest import WEDNESDAY

TOKI = WordList(
    "tok",
    (
        Concept("football", "topic", ("balono", "piedo balo")),
        Concept("children", "audience", ("etulo",)),
        Concept("weekday.6", "time", ("sestago",)),
        Concept("at_clock", "time", ("je horo",)),
        Concept("say.stop", "cue", ("haltu mesagojn",)),
    ),
    suffixes=("j", "jn"),
)


def test_a_toy_language_is_understood_from_its_list_alone(towns: Gazetteer) -> None:
    words = compiled([TOKI])
    frame = understand(Question("balonjo por etuloj sestago je horo 17 Ringe", "tok", WEDNESDAY), words, towns)
    assert (frame.intent, frame.topics, frame.audience) == ("find_activity", ("football",), ("children",))
    assert (frame.start, frame.time, frame.place) == (date(2026, 11, 28), "17:00", "Ringe")


def test_its_guards_are_guards(towns: Gazetteer) -> None:
    assert understand(Question("haltu mesagojn", "da", WEDNESDAY), compiled([TOKI]), towns).intent == "stop"
