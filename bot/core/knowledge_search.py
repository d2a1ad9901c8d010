"""Searching knowledge: what a query and an item have in common, by the word lists' spellings and concepts; ranked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.core.knowledge import Item, Named, Shelf
from bot.core.understanding import Words
from bot.core.understanding.folding import Script, folded
from bot.core.understanding.spotting import spot
from bot.core.understanding.tokens import tokenise

TITLE, THEME, TEXT, CONCEPT = 3.0, 2.0, 1.0, 2.0
"""How much a word counts by where it stands, and a concept of the word lists that both name."""

SHORTEST = 3
"""Letters of a stem that is compared; what is shorter says too little."""

BEGINS_ALIKE = 5
"""Letters from which on two Latin words are one word where one begins with the other: tolk, but also tolkebistand."""

FAR_BEHIND = 0.4
"""Of the best hit's score: what is further behind has hardly anything of the query, and is left out."""

ALIKE = 0.6
_MEANT = ("topic", "offer", "audience")
_SAYS_LITTLE = frozenset({"function", "cue", "time", "place_word", "language"})


@dataclass(frozen=True, slots=True)
class Hit:
    """An item that was found, and how well it fits."""

    item: Item
    score: float


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query asks for: for each word that says something its stems, and the concepts it names."""

    stems: tuple[frozenset[str], ...]
    concepts: frozenset[str]


def asked(words: Words, query: str, language: str) -> Asked:
    """What is looked for. A word that only binds the others ("how", "til") is left out, if anything else is said."""
    tokens = [token for token in tokenise(query) if token.number is None]
    telling = [token for token in tokens if not _says_little(words, token.script, token.key)] or tokens
    stems = tuple(found for token in telling if (found := _stems(words, token.script, token.key)))
    return Asked(stems, _concepts(words, query, language))


def _says_little(words: Words, script: Script, key: str) -> bool:
    known = [entry for word in words.by_exact.get((script, key), ()) for entry in words.singles.get(word, ())]
    return bool(known) and all(entry.kind in _SAYS_LITTLE for entry in known)


def _concepts(words: Words, text: str, language: str) -> frozenset[str]:
    items = spot(words, text, language).items
    return frozenset(entry.concept for item in items for entry in item.entries if entry.kind in _MEANT)


def _stems(words: Words, script: Script, key: str) -> frozenset[str]:
    """The word, and what stays of it when the affixes of a language of its script are cut off."""
    known = tuple(
        sorted((each.language, *words.affixes[each.language]) for each in words.lists.values() if each.script == script)
    )
    return _cut(script, key, known)


@lru_cache(16_384)
def _cut(script: Script, key: str, known: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]) -> frozenset[str]:
    whole = folded(key) if script == "latin" else key
    found = {whole} if len(whole) >= SHORTEST else set()
    for _language, prefixes, suffixes in known:
        for prefix in prefixes:
            if not key.startswith(prefix):
                continue
            rest = key[len(prefix) :]
            for suffix in suffixes:
                stem = rest[: len(rest) - len(suffix)]
                if rest.endswith(suffix) and len(stem) >= SHORTEST:
                    found.add(folded(stem) if script == "latin" else stem)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Read:
    """An item as it is searched: its stems by where they stand, over all its languages, and its concepts."""

    item: Item
    places: tuple[tuple[float, frozenset[str]], ...]
    concepts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Index:
    """A shelf made ready to be searched; it is made once for many queries, and anew when the shelf changes."""

    shelf: Shelf
    read: tuple[_Read, ...]


def indexed(shelf: Shelf, words: Words) -> Index:
    return Index(shelf, tuple(_read(shelf, words, item) for item in shelf.items))


def search(index: Index, words: Words, query: str, language: str) -> tuple[Hit, ...]:
    """The items that have something of the query, the best first; of equal ones the earlier. Same input, same hits.

    A word that stands in few items says more than one that stands in all.
    """
    wanted = asked(words, query, language)
    weights = [_weight(stems, index.read) for stems in wanted.stems]
    scored = [Hit(each.item, _score(wanted, weights, each)) for each in index.read]
    best = max((hit.score for hit in scored), default=0.0)
    return tuple(sorted((hit for hit in scored if hit.score > best * FAR_BEHIND), key=lambda hit: -hit.score))


def _read(shelf: Shelf, words: Words, item: Item) -> _Read:
    titles = " ".join(piece.title for piece in item.texts.values())
    texts = " ".join(piece.text for piece in item.texts.values())
    names = " ".join(name for each in shelf.themes if each.id in item.themes for name in each.names.values())
    places = ((TITLE, _all_stems(words, titles)), (THEME, _all_stems(words, names)), (TEXT, _all_stems(words, texts)))
    concepts = frozenset[str]().union(
        *(_concepts(words, f"{piece.title} {piece.text}", language) for language, piece in item.texts.items())
    )
    return _Read(item, places, concepts)


def _all_stems(words: Words, text: str) -> frozenset[str]:
    return frozenset[str]().union(*(_stems(words, token.script, token.key) for token in tokenise(text)))


def _weight(stems: frozenset[str], read: Sequence[_Read]) -> float:
    """How much a word tells apart: the fewer items have it, the more."""
    having = sum(any(_stands(stems, there) for _, there in each.places) for each in read)
    return math.log((1 + len(read)) / (1 + having)) + 0.2


def _score(wanted: Asked, weights: Sequence[float], each: _Read) -> float:
    score = sum(
        weight * max((worth for worth, there in each.places if _stands(stems, there)), default=0.0)
        for stems, weight in zip(wanted.stems, weights, strict=True)
    )
    return score + CONCEPT * len(wanted.concepts & each.concepts)


def _stands(stems: frozenset[str], there: frozenset[str]) -> bool:
    if not stems.isdisjoint(there):
        return True
    long = [stem for stem in stems if len(stem) >= BEGINS_ALIKE]
    return any(other.startswith(stem) for stem in long for other in there)


def nearest_themes(shelf: Shelf, words: Words, query: str) -> tuple[Named, ...]:
    """The themes that have items, those whose name is most like a word of the query first."""
    keys = [folded(token.key) if token.script == "latin" else token.key for token in tokenise(query)]
    there = [each for each in shelf.themes if shelf.about(each.id)]

    def likeness(theme: Named) -> float:
        names = [token for name in theme.names.values() for token in tokenise(name)]
        found = [
            OSA.normalized_similarity(key, folded(name.key) if name.script == "latin" else name.key)
            for key in keys
            for name in names
        ]
        best = max(found, default=0.0)
        return best if best >= ALIKE else 0.0

    return tuple(sorted(there, key=lambda each: (-likeness(each), -len(shelf.about(each.id)))))
