"""Word lists and towns as files: read whole, and a fault named with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.understanding import Words
from bot.core.understanding.intents import DERIVED, FIND, GUARDS, OFFERS, RULES, SMALL
from bot.words import WordFaults, danish_towns, read_towns, read_words, standard_words

GOOD = """language: xx
concepts:
  - concept: football
    kind: topic
    terms: bold, 'fod''bold'
  - concept: swimming
    kind: topic
    terms: [svøm]
"""


def faults_of(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "xx.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(WordFaults) as caught:
        read_words(tmp_path)
    return caught.value.faults


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (GOOD.replace("kind: topic\n    terms: [", "kind: topik\n    terms: ["), "xx.yaml:7: kind is one of"),
        (GOOD.replace("terms: [svøm]", "terms: [svøm, 12]"), "xx.yaml:8: terms are words"),
        (GOOD.replace("terms: [svøm]", "term: [svøm]"), "xx.yaml:8: unknown key 'term'"),
        (GOOD.replace("    terms: [svøm]\n", ""), "xx.yaml:6: a concept needs terms or phrases"),
        (GOOD.replace("language: xx\n", ""), "xx.yaml:1: language is missing"),
        (GOOD.replace("[svøm]", "[svøm"), "xx.yaml:9:"),
        (GOOD + "    weak: maybe\n", "xx.yaml:9: weak is true or false"),
        ("- football\n", "xx.yaml:1: a word list is a mapping"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, text: str, fault: str) -> None:
    assert any(found.startswith(fault) for found in faults_of(tmp_path, text)), faults_of(tmp_path, text)


def test_terms_are_a_list_or_one_text_with_commas(tmp_path: Path) -> None:
    (tmp_path / "xx.yaml").write_text(GOOD, encoding="utf-8")
    concepts = read_words(tmp_path).lists["xx"].concepts
    assert [concept.terms for concept in concepts] == [("bold", "'fod''bold'"), ("svøm",)]


def test_a_folder_without_lists_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(WordFaults, match="no word lists here"):
        read_words(tmp_path)


def concepts_of(words: Words) -> dict[str, set[str]]:
    return {
        language: {concept.concept for concept in words_list.concepts} for language, words_list in words.lists.items()
    }


def test_every_language_knows_every_topic_and_audience() -> None:
    kinds = {
        language: {(c.kind, c.concept) for c in words_list.concepts if c.kind in ("topic", "offer", "audience")}
        for language, words_list in standard_words().lists.items()
    }
    assert kinds["da"] == kinds["en"] == kinds["ar"] == kinds["ti"]


def test_every_concept_of_the_rules_is_in_some_list() -> None:
    known = {name for names in concepts_of(standard_words()).values() for name in names}
    asked = {
        name
        for rules in (GUARDS, RULES, OFFERS, FIND, SMALL, DERIVED)
        for rule in rules.rules
        for group in (*rule.needs, rule.but)
        for name in group
    }
    assert {name for name in asked if not name.isupper()} - known == set()


def test_every_concept_says_where_it_is_from_and_who_reviewed_it() -> None:
    for words_list in standard_words().lists.values():
        assert all(concept.source and concept.reviewer for concept in words_list.concepts)


def test_danish_towns_lie_in_denmark() -> None:
    towns = danish_towns()
    assert len({town.name for town in towns}) == len(towns) >= 120
    assert all(54.5 < town.lat < 57.8 and 8.0 < town.lon < 15.2 for town in towns)


def test_a_fault_of_the_towns_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "denmark.yaml"
    path.write_text("- name: Ringe\n  lat: 55.2\n  lon: 10.4\n- name: Odense\n  lat: 55.4\n", encoding="utf-8")
    with pytest.raises(WordFaults, match=r"denmark\.yaml:4: Odense needs lat and lon"):
        read_towns(path)
