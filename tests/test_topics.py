"""The concepts of data/topics.yaml: the ids of the frame, a word in every language, and named faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.topics import Concept
from bot.topics import TOPICS, TopicFaults, read_topics

# The contract of free-text understanding (the frame) fixes these ids.
FRAME_TOPICS = [
    "football",
    "swimming",
    "cycling",
    "fitness",
    "ball_games",
    "martial_arts",
    "dance",
    "walking",
    "music",
    "singing",
    "art",
    "sewing",
    "cooking",
    "eating_together",
    "gardening",
    "film",
    "games",
    "reading",
    "excursions",
    "social",
    "playgroup",
    "faith",
    "danish",
    "homework",
    "job",
    "letters",
    "computer",
    "legal",
    "health",
    "parenting",
    "second_hand",
]
FRAME_OFFERS = ["network_family", "mentor", "homework_help", "language_training", "food_club"]
FRAME_AUDIENCES = ["children", "youth", "women", "men", "families", "seniors"]


def test_the_ids_are_those_of_the_frame() -> None:
    topics = read_topics()

    assert list(topics.ids("topic")) == FRAME_TOPICS
    assert list(topics.ids("offer")) == FRAME_OFFERS
    assert list(topics.ids("audience")) == FRAME_AUDIENCES
    assert topics.ids("language")[:4] == ("da", "en", "ar", "ti")


def test_a_concept_is_found_by_kind_and_id() -> None:
    found = read_topics().find("topic", "football")

    assert found == Concept(
        id="football",
        kind="topic",
        emoji="⚽",
        names={"da": "fodbold", "en": "football", "ar": "كرة القدم", "ti": "ኩዕሶ እግሪ"},
    )
    with pytest.raises(KeyError, match="offer football"):
        read_topics().find("offer", "football")


def test_no_two_concepts_of_a_kind_are_called_the_same() -> None:
    """Two buttons with one word could not be told apart."""
    concepts = read_topics().concepts
    said = [(concept.kind, language, name) for concept in concepts for language, name in concept.names.items()]

    assert len(said) == len(set(said))


@pytest.mark.parametrize(
    ("old", "new", "field", "mend"),
    [
        ("kind: topic\n  emoji: ⚽", "kind: topc\n  emoji: ⚽", "kind", "Did you mean topic?"),
        ("ti: ኩዕሶ እግሪ", "ti: football", "names.ti", "Ethiopic letters"),
        (", ti: ኩዕሶ እግሪ", "", "names", "every language"),
        ("emoji: ⚽", "emoji: ", "emoji", "one emoji"),
        ("id: swimming", "id: football", "id", "another id"),
    ],
)
def test_a_fault_is_named_with_its_mend(tmp_path: Path, old: str, new: str, field: str, mend: str) -> None:
    text = TOPICS.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "topics.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(TopicFaults) as raised:
        read_topics(path)

    assert [(fault.file, fault.field) for fault in raised.value.faults] == [("topics.yaml", field)]
    assert mend in raised.value.faults[0].mend
    assert raised.value.faults[0].line > 1


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(TopicFaults, match=r"topics.yaml:1 file: is missing"):
        read_topics(tmp_path / "topics.yaml")
