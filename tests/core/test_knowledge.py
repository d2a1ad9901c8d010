"""Knowledge: found in any of the four languages, ranked; nothing is said to be nothing; what a typed one holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.knowledge import TEXT_LONGEST, TITLE_LONGEST, Item, Piece, Shelf, TooLong, typed_piece
from bot.core.knowledge_search import Index, indexed, nearest_themes, search
from bot.core.understanding import Words
from bot.knowledge.shipped import KNOWLEDGE, KnowledgeFaults, read_knowledge, shipped
from bot.topics import LANGUAGES
from bot.words import standard_words


@pytest.fixture(scope="module")
def words() -> Words:
    return standard_words()


@pytest.fixture(scope="module")
def index(words: Words) -> Index:
    return indexed(shipped(), words)


@pytest.mark.parametrize(
    ("query", "language", "first"),
    [
        ("tolk", "da", "interpreter-at-work"),
        ("where do I get an interpreter", "en", "interpreter-at-work"),
        ("مترجم", "ar", "interpreter-at-work"),
        ("ተርጓሚ", "ti", "interpreter-at-work"),
        ("børn", "ar", "remember-children"),
        ("kids", "en", "remember-children"),
        ("الأطفال", "da", "remember-children"),
        ("ቆልዑ", "ti", "remember-children"),
        ("Hvordan får vi foreningerne med?", "da", "own-associations"),
        ("employers", "en", "few-employers"),
        ("indkøb og buskort", "da", "mentor-everyday"),
        ("mindspring", "ti", "same-language-groups"),
    ],
)
def test_the_best_is_first_whatever_language_it_is_asked_in(
    index: Index, words: Words, query: str, language: str, first: str
) -> None:
    assert search(index, words, query, language)[0].item.ref == first


def test_nothing_is_found_where_nothing_is_and_the_nearest_themes_come_first(index: Index, words: Words) -> None:
    assert search(index, words, "skattekort", "da") == ()
    assert search(index, words, "", "da") == ()
    assert nearest_themes(index.shelf, words, "forenningr")[0].id == "associations"
    named = nearest_themes(index.shelf, words, "xyzzy")
    assert {each.id for each in named} == {each.id for each in shipped().themes}


def test_what_somebody_wrote_in_one_language_is_found_by_its_concept_in_another(words: Words) -> None:
    mine = Item("7", "story", ("mentors",), {"da": Piece("Fodbold med naboen", "Vi spiller hver lørdag.")}, "da")
    found = search(indexed(Shelf(shipped().themes, (), (mine,)), words), words, "كرة القدم", "ar")
    assert [hit.item.ref for hit in found] == ["7"]
    assert mine.read_in("ar") == "da"


def test_the_shipped_items_are_in_four_languages_and_each_names_its_page() -> None:
    shelf = shipped()
    assert len(shelf.items) >= 16
    for each in shelf.items:
        assert set(each.texts) == set(LANGUAGES)
        assert shelf.seed(each.seed) is not None
        assert {each.texts[language].state for language in ("ar", "ti")} == {"draft"}


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("A name\nTwo sentences that say something.", Piece("A name", "Two sentences that say something.")),
        ("Only one line", None),
        ("A name\nshort", None),
        ("", None),
        ("x" * 61 + "\nTwo sentences that say something.", TooLong("title", 61, TITLE_LONGEST)),
        ("A name\n" + "x" * 601, TooLong("text", 601, TEXT_LONGEST)),
    ],
)
def test_the_first_line_is_the_name_and_the_rest_the_text(said: str, what: Piece | TooLong | None) -> None:
    assert typed_piece(said) == what


@pytest.mark.parametrize(
    ("old", "new", "field", "problem"),
    [
        ('    seed: "001"', '    seed: "999"', "seed", "not a page"),
        ("    themes: [welcome, cooperation]", "    themes: [welcom]", "themes", "not a theme"),
        ("    kind: recommendation", "    kind: poem", "kind", "not a kind"),
        ("  - id: start-early", "  - id: 12", "id", "is a number"),
        ("  - id: share-across-towns", "  - id: start-early", "id", "stands twice"),
        ('        title: "Start early, and start locally"', "        titel: Start", "titel", "not a field"),
        ("De første uger tæller mest.", "Ring til 62 61 60 59.", "text", "phone number"),
    ],
)
def test_a_fault_of_the_file_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, field: str, problem: str
) -> None:
    lines = KNOWLEDGE.read_text("utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if old in line)
    lines[at] = lines[at].replace(old, new)
    (tmp_path / "knowledge.yaml").write_text("\n".join(lines), "utf-8")
    with pytest.raises(KnowledgeFaults) as wrong:
        read_knowledge(tmp_path / "knowledge.yaml")
    named = [each for each in wrong.value.faults if each.field.endswith(field) and problem in each.problem]
    assert named, [str(each) for each in wrong.value.faults]
    assert named[0].line == at + 1
