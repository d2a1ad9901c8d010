"""The word lists made ready: which concepts a word can mean, and the indexes that find it however it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.core.understanding.folding import (
    Script,
    bones,
    exact,
    folded,
    script_of,
    syllables,
    typed_arabic,
    typed_from_arabic,
    typed_from_roman,
    typed_tigrinya,
)
from bot.core.understanding.tokens import tokenise
from bot.core.understanding.weights import Weights

KINDS = ("topic", "offer", "audience", "cue", "language", "time", "outside", "function", "place_word", "place")
GUARD_CONCEPTS = frozenset({"say.stop", "say.person", "say.privacy", "say.emergency"})
"""Concepts that must be found also with a letter wrong in any word of their phrases."""
_NEVER = 99
_UNMET = 100
NEVER_FUZZY = frozenset({"time", "function", "place_word"})


class Word(NamedTuple):
    """A word of the lists: its language, its script and its key (`folding.exact`)."""

    language: str
    script: Script
    key: str


@dataclass(frozen=True, slots=True)
class Concept:
    """One entry of a word list: what its words mean, in one language.

    `terms` are words or rows of words. `never` are words that look like one of its own and are not. `roots` are
    consonant roots (Tigrinya). `fuzzy` allows a letter wrong (two in long words). `weak`: it counts only where
    nothing stronger of its kind is said.
    """

    concept: str
    kind: str
    terms: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    fuzzy: bool = True
    weak: bool = False
    source: str = ""
    reviewer: str = ""


@dataclass(frozen=True, slots=True)
class WordList:
    """A language's list with its affixes. `typed` names how its words are typed in Latin letters: arabic, tigrinya.

    `joined` are particles that people also write without the space behind them ("مابدي").
    """

    language: str
    concepts: tuple[Concept, ...]
    script: Script = "latin"
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    compounds: bool = False
    typed: str = ""
    joined: tuple[str, ...] = ()


class Entry(NamedTuple):
    """One term of a concept as a row of words. A tuple: there are twenty thousand, made at every start."""

    concept: str
    kind: str
    language: str
    words: tuple[Word, ...]
    fuzzy: bool
    weak: bool


Endings = tuple[tuple[int, frozenset[str]], ...]
"""Suffixes by their length, the longest first."""


@dataclass(slots=True)
class Words:
    """Every language's words, indexed. Built by `compiled`, then only read (`seen` is a bounded cache of look-ups)."""

    lists: Mapping[str, WordList]
    singles: dict[Word, list[Entry]] = field(default_factory=dict)
    phrases: dict[Word, dict[Word, list[Entry]]] = field(default_factory=dict)
    by_exact: dict[tuple[Script, str], list[Word]] = field(default_factory=dict)
    by_folded: dict[str, list[Word]] = field(default_factory=dict)
    by_stem: dict[tuple[str, str], list[Word]] = field(default_factory=dict)
    by_bones: dict[str, list[Word]] = field(default_factory=dict)
    by_typed: dict[tuple[str, str], list[Word]] = field(default_factory=dict)
    roots: dict[str, list[Word]] = field(default_factory=dict)
    near: dict[tuple[Script, str, int], dict[str, list[Word]]] = field(default_factory=dict)
    never: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    affixes: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)
    endings: dict[str, Endings] = field(default_factory=dict)
    heads: frozenset[str] = frozenset()
    guarding: set[Word] = field(default_factory=set)
    seen: dict[tuple[Script, str, str], object] = field(default_factory=dict)

    typed: Mapping[str, str] = field(default_factory=dict)
    """How each language that has another script is typed in Latin letters."""

    weights: Weights | None = None
    """What the concepts of a text speak for together; without them the rules decide alone."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are lists for, in the order they were given."""
        return tuple(self.lists)


def compiled(lists: Sequence[WordList]) -> Words:
    """The indexes over these lists. Costs about a tenth of a second: once, and again when a list changes."""
    words = Words({word_list.language: word_list for word_list in lists})
    words.typed = {word_list.language: word_list.typed for word_list in lists if word_list.typed}
    for word_list in lists:
        words.affixes[word_list.language] = _affixes(word_list)
        words.endings[word_list.language] = _endings(words.affixes[word_list.language][1])
        known: dict[str, Word] = {}
        vocabulary: dict[Word, int] = {}
        for concept in word_list.concepts:
            _add_concept(words, vocabulary, known, word_list, concept)
        for word, least in vocabulary.items():
            _index(words, word, least, word_list.typed, words.endings[word_list.language])
    compounding = {word_list.language for word_list in lists if word_list.compounds}
    words.heads = frozenset(folded(w.key) for w in words.singles if w.language in compounding and len(w.key) > 2)
    return words


def _affixes(word_list: WordList) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Prefixes and suffixes as they stand on keys, the longest first, and none at all first of all."""

    def keys(raw: tuple[str, ...]) -> tuple[str, ...]:
        found = {exact(a, script_of(a)) if script_of(a) != "latin" else a for a in raw}
        return ("", *sorted(found, key=lambda affix: (-len(affix), affix)))

    return keys(word_list.prefixes), keys(word_list.suffixes)


def _endings(suffixes: tuple[str, ...]) -> Endings:
    lengths = sorted({len(suffix) for suffix in suffixes if suffix}, reverse=True)
    return tuple((length, frozenset(s for s in suffixes if len(s) == length)) for length in lengths)


def term_words(term: str, language: str) -> tuple[Word, ...]:
    """A term of a list as a row of words."""
    return _row(term, language, {})


def _row(term: str, language: str, known: dict[str, Word], *, chat: bool = False) -> tuple[Word, ...]:
    """The words of a term; `known` keeps this language's words met before, most of which come again."""
    pieces = term.split()
    for piece in pieces:
        if piece not in known:
            if not piece.isalpha():
                return tuple([Word(language, token.script, token.key) for token in tokenise(term, chat=chat)])
            script = script_of(piece)
            known[piece] = Word(language, script, exact(piece, script))
    return tuple([known[piece] for piece in pieces])


def _add_concept(
    words: Words, vocabulary: dict[Word, int], known: dict[str, Word], word_list: WordList, concept: Concept
) -> None:
    name, kind, language, weak = concept.concept, concept.kind, word_list.language, concept.weak
    chat = word_list.typed == "arabic"
    may_be_near = concept.fuzzy and kind not in NEVER_FUZZY
    least, least_in_row = 5 if may_be_near else _NEVER, 4 if name in GUARD_CONCEPTS else _NEVER
    singles, phrases = words.singles, words.phrases
    for term in concept.terms:
        row = _row(term, language, known, chat=chat)
        if not row:
            continue
        entry = Entry(name, kind, language, row, may_be_near, weak)
        first = row[0]
        if len(row) == 1:
            if first in singles:
                singles[first].append(entry)
            else:
                singles[first] = [entry]
            if vocabulary.get(first, _UNMET) > least:
                vocabulary[first] = least
            continue
        phrases.setdefault(first, {}).setdefault(row[1], []).append(entry)
        for word in row:
            if vocabulary.get(word, _UNMET) > least_in_row:
                vocabulary[word] = least_in_row
    if name in GUARD_CONCEPTS:
        words.guarding.update(word for term in concept.terms for word in _row(term, language, known, chat=chat))
    _add_roots(words, language, concept)
    for term in concept.never:
        for word in term_words(term, language):
            words.never.setdefault((language, word.key), set()).add(name)


def _add_roots(words: Words, language: str, concept: Concept) -> None:
    for root in concept.roots:
        key = bones(exact(root, script_of(root)))
        word = Word(language, "other", key)
        entry = Entry(concept.concept, concept.kind, language, (word,), False, concept.weak)
        words.singles.setdefault(word, []).append(entry)
        words.roots.setdefault(key, []).append(word)


def _index(words: Words, word: Word, least: int, typed: str, endings: Endings) -> None:
    """Puts a word into the indexes; `least` is how many letters it must have to be found with one wrong."""
    script, key = word.script, word.key
    words.by_exact.setdefault((script, key), []).append(word)
    shape = key
    if script == "latin":
        shape = folded(key)
        words.by_folded.setdefault(shape, []).append(word)
        if not typed and word in words.singles:
            for stem in stems(shape, endings):
                words.by_stem.setdefault((word.language, stem), []).append(word)
    elif script == "ethiopic":
        skeleton = bones(key)
        if len(skeleton) >= 3:
            words.by_bones.setdefault(skeleton, []).append(word)
    if typed:
        code = typed_key(word, typed)
        if len(code) >= 3:
            words.by_typed.setdefault((typed, code), []).append(word)
    if least < _NEVER:
        if script == "ethiopic":
            shape = syllables(key)
        if len(shape) >= least:
            bucket = words.near.setdefault((script, shape[:1], len(shape)), {})
            bucket.setdefault(shape, []).append(word)


def near_shape(script: Script, key: str) -> str:
    """The form in which words are compared letter by letter: one character a letter, or a sign of the Ge'ez script."""
    if script == "latin":
        return folded(key)
    return syllables(key) if script == "ethiopic" else key


def stems(fold: str, endings: Endings) -> list[str]:
    """A folded Latin word as it is, and without each suffix it could end in, where at least four letters stay."""
    most = len(fold) - 4
    if most < 0:
        return []
    return [fold, *(fold[:-length] for length, suffixes in endings if length <= most and fold[-length:] in suffixes)]


def typed_key(word: Word, typed: str) -> str:
    """The Latin-typing key of a word in the reading `typed` ("" for none)."""
    if typed == "arabic":
        return typed_from_arabic(word.key) if word.script == "arabic" else typed_arabic(word.key)
    if typed == "tigrinya":
        return typed_from_roman(word.key) if word.script == "ethiopic" else typed_tigrinya(word.key)
    return ""
