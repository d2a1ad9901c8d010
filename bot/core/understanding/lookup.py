"""One token looked up: the words of the lists it can be, by the least change that explains it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.core.understanding.folding import (
    Script,
    bones,
    folded,
    single_letters,
    syllables,
    typed_arabic,
    typed_tigrinya,
)
from bot.core.understanding.lexicon import Entry, Word, Words, near_shape, stems

EXACT, FOLDED, INFLECTED, COMPOUND, TYPED, NEAR = range(6)
_CACHE = 4096
_LEAST_JOINED = 3
_COMMON_PREFIXES = frozenset({"ب", "و", "ل", "ال", "بال", "لل", "وال", "ف", "n", "b"})

Candidates = Mapping[Word, int]
"""Words a token can be, each with the tier (EXACT … NEAR) of the change that explains it."""


class Meaning(NamedTuple):
    """What a word or row of words means: its tier, its entries, and their concepts and kinds."""

    tier: int
    entries: tuple[Entry, ...]
    ids: frozenset[str]
    kinds: frozenset[str]


def meaning(tier: int, entries: Iterable[Entry]) -> Meaning:
    """These entries, found by a change of this tier."""
    found = tuple(entries)
    return Meaning(tier, found, frozenset([e.concept for e in found]), frozenset([e.kind for e in found]))


@dataclass(slots=True, eq=False)
class Part:
    """A token, or one part of a compound: the characters of the token it covers and the words it can be.

    `languages` are those it is a word of as it stands (not inflected), `begins` the words with which rows of words
    begin. `meant` remembers what it means by itself, for each order of languages, `surely` what without guesses
    (`spotting`).
    """

    start: int
    end: int
    candidates: Candidates
    languages: tuple[str, ...] = ()
    begins: tuple[tuple[Word, int], ...] = ()
    meant: dict[tuple[str, ...], Meaning] = field(default_factory=dict)
    surely: dict[tuple[str, ...], Meaning] = field(default_factory=dict)


NO_WORD = Part(0, 0, {})
"""What a number is looked up as."""


def look_up(words: Words, script: Script, key: str, typing: str) -> tuple[Part, ...]:
    """The token's parts (one, or two for a compound). `typing`: language whose Latin typing is tried, or ""."""
    found = words.seen.get((script, key, typing))
    if found is None:
        found = _analyse(words, script, key, typing)
        for part in found:
            _finish(words, part)
        if len(words.seen) >= _CACHE:
            words.seen.clear()
        words.seen[script, key, typing] = found
    return found  # type: ignore[return-value]  # the cache holds only what _analyse returned


def _finish(words: Words, part: Part) -> None:
    candidates = part.candidates
    part.languages = tuple({word.language for word, tier in candidates.items() if tier < INFLECTED})
    part.begins = tuple([(word, tier) for word, tier in candidates.items() if word in words.phrases])


def _analyse(words: Words, script: Script, key: str, typing: str) -> tuple[Part, ...]:
    if script == "latin":
        return _latin(words, key, typing)
    found: dict[Word, int] = {}
    _put(words, found, key, words.by_exact.get((script, key), ()), EXACT)
    known = _means_something(words, found)
    for language, word_list in words.lists.items():
        if word_list.script == script:
            _strip(words, found, script, key, language, known)
    if not _means_something(words, found) and (parts := _joined(words, script, key)):
        return parts
    if not _means_something(words, found) and script == "ethiopic":
        _roots_and_bones(words, found, key)
    if not _means_something(words, found) and (hurried := single_letters(key)) != key:  # "وقفف", in a hurry or in need
        _put(words, found, key, words.by_exact.get((script, hurried), ()), INFLECTED)
    if not _means_something(words, found):
        _near(words, found, script, key)
    return (Part(0, len(key), found),)


def _joined(words: Words, script: Script, key: str) -> tuple[Part, ...]:
    """A particle and the word it was written onto ("مابدي"), where some row of the lists goes on so."""
    for language, word_list in words.lists.items():
        for particle in word_list.joined if word_list.script == script else ():
            head = Word(language, script, particle)
            following = words.phrases.get(head, {})
            for prefix in words.affixes[language][0]:
                cut = len(prefix) + len(particle)
                if not key.startswith(prefix + particle) or len(key) - cut < _LEAST_JOINED:
                    continue
                rest: dict[Word, int] = {}
                _put(words, rest, key, words.by_exact.get((script, key[cut:]), ()), EXACT)
                if not following.keys().isdisjoint(rest):
                    return Part(0, cut, {head: INFLECTED if prefix else EXACT}), Part(cut, len(key), rest)
    return ()


def _put(words: Words, found: dict[Word, int], key: str, hits: object, tier: int) -> None:
    for word in hits:  # type: ignore[attr-defined]  # any iterable of words
        if found.get(word, 9) > tier:
            found[word] = tier


def _means_something(words: Words, found: Candidates) -> bool:
    return any(word in words.singles for word in found)


def affixed(words: Words, key: str, language: str, least: int = 2) -> Iterator[tuple[str, str, str]]:
    """Every way to cut this language's affixes off a key: prefix, stem, suffix; a stem keeps `least` letters."""
    prefixes, suffixes = words.affixes[language]
    for prefix in prefixes:
        if not key.startswith(prefix):
            continue
        rest = key[len(prefix) :]
        for suffix in suffixes:
            if rest.endswith(suffix) and len(rest) - len(suffix) >= least:
                yield prefix, rest[: len(rest) - len(suffix)], suffix


def _strip(words: Words, found: dict[Word, int], script: Script, key: str, language: str, known: bool) -> None:
    """The words left when affixes are cut off. A word that is known as it stands keeps rarer prefixes and suffixes."""
    index = words.by_exact
    for prefix, stem, suffix in affixed(words, key, language):
        if (not prefix and not suffix) or (known and (suffix or prefix not in _COMMON_PREFIXES)):
            continue
        if len(stem) < 3 and prefix and suffix:
            continue
        hits = index.get((script, stem), ())
        if not hits and script == "arabic" and suffix:
            hits = index.get((script, stem[:-1] + "ه"), ()) if stem[-1] == "ت" else index.get((script, stem + "ه"), ())
        _put(words, found, key, _not_never(words, hits, key), INFLECTED)


def _not_never(words: Words, hits: object, key: str) -> Iterator[Word]:
    for word in hits:  # type: ignore[attr-defined]  # any iterable of words
        barred = words.never.get((word.language, key))
        if not barred or not any(entry.concept in barred for entry in words.singles.get(word, ())):
            yield word


def _latin(words: Words, key: str, typing: str) -> tuple[Part, ...]:
    fold = folded(key)
    found: dict[Word, int] = {}
    _put(words, found, key, words.by_exact.get(("latin", key), ()), EXACT)
    _put(words, found, key, _not_never(words, words.by_folded.get(fold, ()), key), FOLDED)
    if not _means_something(words, found) or all(tier for tier in found.values()):
        _inflections(words, found, key, fold)
    if _means_something(words, found) or EXACT in found.values():
        return (Part(0, len(key), found),)
    parts = _compound(words, fold, key)
    if parts:
        guarding = _misspelt_guard(words, key) if len(fold) >= 6 else None
        return (Part(0, len(key), guarding),) if guarding else parts
    if typing:
        _typed(words, found, key, typing)
    if not _means_something(words, found):
        _near(words, found, "latin", key)
    return (Part(0, len(key), found),)


def _misspelt_guard(words: Words, key: str) -> dict[Word, int]:
    """The guards' words one letter away: a "mennske" is a person, not two small words."""
    found: dict[Word, int] = {}
    _near(words, found, "latin", key)
    return {word: tier for word, tier in found.items() if word in words.guarding}


def _inflections(words: Words, found: dict[Word, int], key: str, fold: str) -> None:
    for language, word_list in words.lists.items():
        if word_list.script != "latin":
            continue
        for _, stem, suffix in affixed(words, fold, language, 3):
            if suffix:
                for form in (stem, stem + "e", stem[:-1] + "y" if stem[-1] == "i" else stem):
                    hits = (w for w in words.by_folded.get(form, ()) if w.language == language)
                    _put(words, found, key, _not_never(words, hits, key), INFLECTED)
        for stem in stems(fold, words.endings[language]):
            _put(words, found, key, _not_never(words, words.by_stem.get((language, stem), ()), key), INFLECTED)


def _compound(words: Words, fold: str, key: str) -> tuple[Part, ...]:
    """Head and tail of a compound (with a linking s or e), the longest known head first."""
    if len(fold) < 6:
        return ()
    for cut in range(len(fold) - 3, 2, -1):
        head, tail = fold[:cut], fold[cut:]
        if head not in words.heads and (head[-1] not in "se" or head[:-1] not in words.heads):
            continue
        tails: dict[Word, int] = {}
        _put(words, tails, key, words.by_folded.get(tail, ()), COMPOUND)
        _inflections(words, tails, key, tail)
        if not _means_something(words, tails):
            continue
        heads: dict[Word, int] = {}
        for form in (head, head[:-1]):
            _put(words, heads, key, words.by_folded.get(form, ()), COMPOUND)
        both = [_of_compounding(words, _not_never(words, side, key)) for side in (heads, tails)]
        if both[0] and both[1]:
            at = min(len(key) - 1, round(cut * len(key) / len(fold)))
            return Part(0, at, both[0]), Part(at, len(key), both[1])
    return ()


def _of_compounding(words: Words, hits: Iterator[Word]) -> dict[Word, int]:
    """Parts that say something: "signed" is not the Danish sig and ned."""
    return {
        word: COMPOUND
        for word in hits
        if words.lists[word.language].compounds and any(e.kind != "function" for e in words.singles.get(word, ()))
    }


_TYPED_ARTICLES = ("bil", "bel", "lil", "lal", "wal", "3al", "el", "al", "il", "l", "b", "w")
_TYPED_ENDINGS = ("kon", "kom", "koun", "kum", "na", "ha", "on", "ak", "ik", "i", "e")


def _typed(words: Words, found: dict[Word, int], key: str, typing: str) -> None:
    reading = words.lists[typing].typed
    forms = [key]
    if reading == "arabic":
        forms += [key[len(a) :].lstrip("-") for a in _TYPED_ARTICLES if key.startswith(a) and len(key) - len(a) >= 3]
        forms += [
            form[: -len(e)] for form in forms for e in _TYPED_ENDINGS if form.endswith(e) and len(form) - len(e) >= 4
        ]
    for form in forms:
        if form != key:
            _put(words, found, key, (w for w in words.by_exact.get(("latin", form), ()) if w.language == typing), TYPED)
        code = typed_arabic(form) if reading == "arabic" else typed_tigrinya(form)
        if len(code) >= 3:
            _put(words, found, key, words.by_typed.get((reading, code), ()), TYPED)
        if _means_something(words, found):
            return
    if reading == "tigrinya":
        _typed_affixes(words, found, key, typed_tigrinya(key))


def _typed_affixes(words: Words, found: dict[Word, int], key: str, code: str) -> None:
    for prefix in ("", "n", "b", "z", "k", "m", "ab", "nay"):
        for suffix in ("", "n", "t", "tt", "y", "na", "km"):
            stem = code[len(prefix) : len(code) - len(suffix)]
            if len(stem) >= 3 and code.startswith(prefix) and code.endswith(suffix):
                _put(words, found, key, words.by_typed.get(("tigrinya", stem), ()), TYPED)
                _put(words, found, key, words.roots.get(stem, ()), TYPED)


def _roots_and_bones(words: Words, found: dict[Word, int], key: str) -> None:
    skeleton = bones(key)
    if len(skeleton) >= 4:
        shape = syllables(key)
        alike = (word for word in words.by_bones.get(skeleton, ()) if _alike(shape, syllables(word.key)))
        _put(words, found, key, _not_never(words, alike, key), NEAR)
    for prefix in ("", "k", "y", "t", "n", "m", "z", "kt", "kn", "zt", "zy", "nk", "bm", "nm", "zk", "mst"):
        if not skeleton.startswith(prefix):
            continue
        rest = skeleton[len(prefix) :]
        for suffix in ("", "n", "y", "k", "t", "w", "lu", "l", "ln", "lna", "ly", "km", "kn", "na", "tn", "yn", "lm"):
            stem = rest[: len(rest) - len(suffix)]
            if rest.endswith(suffix) and len(stem) >= 3:
                _put(words, found, key, _not_never(words, words.roots.get(stem, ()), key), TYPED)


def _alike(shape: str, other: str) -> bool:
    """Whether at least half the signs are the same: "ብላብላ" is no "ቦሊቦል"."""
    return OSA.distance(shape, other) * 2 <= max(len(shape), len(other))


def _near(words: Words, found: dict[Word, int], script: Script, key: str) -> None:
    """Words one letter away (two from nine letters), the same first letter, of near the same length."""
    shape = near_shape(script, key)
    if len(shape) < 3 or any(c.isdigit() for c in shape):
        return
    # A doubled letter is one of the shape's, and a letter all the same: "oplysnnger" has ten.
    most = 2 if (len(shape) >= 8 if script == "ethiopic" else len(key) >= 10) else 1
    best = most
    hits: list[tuple[int, list[Word]]] = []
    for length in range(len(shape) - most, len(shape) + most + 1):
        bucket = words.near.get((script, shape[:1], length))
        if not bucket:
            continue
        for near, distance, _ in process.extract(shape, bucket.keys(), scorer=OSA.distance, score_cutoff=best, limit=3):
            hits.append((int(distance), bucket[near]))
            best = min(best, int(distance))
    for distance, near_words in hits:
        if distance == best:
            _put(words, found, key, _not_never(words, near_words, key), NEAR)
