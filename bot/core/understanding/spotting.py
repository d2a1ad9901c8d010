"""A text as a row of items: each a number, the longest term of the word lists that stands there, or nothing known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.core.understanding.folding import Script
from bot.core.understanding.lexicon import Entry, Word, Words
from bot.core.understanding.lookup import INFLECTED, NEAR, TYPED, Candidates, Part, look_up
from bot.core.understanding.tokens import Number, Token, tokenise

_EXACTING = ("say.", "violence", "threat", "die", "stop")
"""Concepts that a consonant key alone must not stand for: a guard is never set off by accident."""

_LONGEST = 400
"""Tokens of a message that are read; what comes after is not a question to a bot."""


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch of the text and what it can mean. `ids` are the concepts of `entries`. `tier`: how far it was from
    the list (0 is letter for letter). `gap` is what stood before it."""

    start: int
    end: int
    entries: tuple[Entry, ...]
    ids: frozenset[str]
    number: Number | None = None
    tier: int = 0
    gap: str = ""
    capital: bool = False
    key: str = ""
    script: Script = "latin"
    span: int = 1

    def has(self, concept: str) -> bool:
        """Whether this can mean the concept."""
        return concept in self.ids


@dataclass(frozen=True, slots=True)
class Sentence:
    """The items of a text, and the languages it seems to be in, the likeliest first."""

    items: tuple[Item, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Atom:
    token: Token
    start: int
    end: int
    candidates: Candidates


def spot(words: Words, text: str, language: str) -> Sentence:
    """What stands in the text. `language` is the chat's; the text may be in another."""
    tokens = tokenise(text)[:_LONGEST]
    typing = _typing(words, tokens, language)
    if typing and words.lists[typing].typed == "arabic":
        tokens = tokenise(text, chat=True)[:_LONGEST]
    atoms = [
        _Atom(token, token.start + part.start, min(token.end, token.start + part.end), part.candidates)
        for token in tokens
        for part in (_number_part(token) if token.number else look_up(words, token.script, token.key, typing))
    ]
    ranked = _ranked(words, atoms, language, typing)
    return Sentence(_longest(words, atoms, ranked), tuple(ranked))


def _number_part(token: Token) -> tuple[Part, ...]:
    return (Part(0, token.end - token.start, {}),)


def _typing(words: Words, tokens: list[Token], language: str) -> str:
    """The language that Latin words may be typed in: the chat's if it has another script, else by its words."""
    latin = [token for token in tokens if token.script == "latin" and not token.number]
    if not latin:
        return ""
    counts: Counter[str] = Counter()
    for token in latin:
        for lang in {word.language for word in words.by_exact.get(("latin", token.key), ())}:
            counts[lang] += 1
        if not token.key.isalpha():
            counts[next((w.language for w in words.lists.values() if w.typed == "arabic"), "")] += 1
    typed = [lang for lang, word_list in words.lists.items() if word_list.typed]
    others = max((counts[lang] for lang in counts if lang not in typed), default=0)
    if language in typed and counts[language] >= max((counts[t] for t in typed), default=0):
        return language if others < len(latin) * 0.7 or counts[language] >= others else ""
    best = max(typed, key=lambda lang: counts[lang], default="")
    return best if best and counts[best] and counts[best] > others * 0.8 else ""


def _ranked(words: Words, atoms: list[_Atom], language: str, typing: str) -> Mapping[str, int]:
    """Languages of the lists by how many words of the text are theirs; the chat's language wins a tie."""
    score: dict[str, float] = dict.fromkeys(words.lists, 0.0)
    for atom in atoms:
        for lang in {word.language for word, tier in atom.candidates.items() if tier < INFLECTED}:
            score[lang] += 1
    if language in score:
        score[language] += 0.6
    if typing:
        score[typing] += 0.5
    order = sorted(score, key=lambda lang: -score[lang])
    return {lang: rank for rank, lang in enumerate(order)}


_OF_ITS_OWN = frozenset({"parenting", "legal"})
"""Topics whose phrases name people without saying for whom: a mothers' group."""

_OFFERED_TOO = frozenset({"danish", "homework"})
"""Topics that are offers as well where a volunteer is asked for: the words inside their phrases still count."""

_Row = tuple[int, int, int, Entry]
"""A row that matches: its length, where it begins, its worst tier, what it says."""


def _longest(words: Words, atoms: list[_Atom], ranked: Mapping[str, int]) -> tuple[Item, ...]:
    """The atoms as items: rows of words first where they match, the longest first; then single words.

    A row that only points at an intent (kind cue) lies over its words and hides none of them.
    """
    rows, over, under = _rows(words, atoms)
    covered: dict[int, tuple[int, list[Entry], int]] = {}
    taken = [False] * len(atoms)
    for length, at, tier, entry in sorted(rows, key=lambda row: (-row[0], row[2], row[1])):
        if not any(taken[at : at + length]):
            covered[at] = (length, [entry], tier)
            taken[at : at + length] = [True] * length
        elif at in covered and covered[at][0] == length and covered[at][2] == tier:
            covered[at][1].append(entry)
    items = []
    at = 0
    while at < len(atoms):
        length, entries, tier = covered.get(at) or (1, [], 0)
        if not entries:
            tier, entries = _single(words, atoms[at], ranked, sure_only=at in under)
        cues = [entry for offset in range(at, at + length) for entry in over.get(offset, ())]
        if length > 1 and all(entry.kind == "topic" and entry.concept not in _OF_ITS_OWN for entry in entries):
            shown = ("audience", "cue") if entries[0].concept in _OFFERED_TOO else ("audience",)
            for atom in atoms[at : at + length]:
                cues += [e for e in _single(words, atom, ranked, sure_only=True)[1] if e.kind in shown]
        items.append(_item(atoms[at : at + length], (*entries, *cues), tier))
        at += length
    return tuple(items)


def _rows(words: Words, atoms: list[_Atom]) -> tuple[list[_Row], dict[int, list[Entry]], set[int]]:
    """The rows that match: those that take their words, cues and offers by place, and the atoms under these."""
    rows: list[_Row] = []
    over: dict[int, list[Entry]] = {}
    under: set[int] = set()
    for at, entry, tier in _matches(words, atoms):
        if tier >= TYPED and len(entry.words) < 3 and _too_bold(entry, atoms, at):
            continue
        if entry.kind in ("cue", "offer"):
            over.setdefault(at, []).append(entry)
            under.update(range(at, at + len(entry.words)))
        else:
            rows.append((len(entry.words), at, tier, entry))
    return rows, over, under


def _matches(words: Words, atoms: list[_Atom]) -> Iterator[tuple[int, Entry, int]]:
    """Every row of words that stands in the text: where, the row, and the worst tier of its words."""
    for at, atom in enumerate(atoms[:-1]):
        following = atoms[at + 1].candidates
        for word, tier in atom.candidates.items():
            seconds = words.phrases.get(word)
            if not seconds:
                continue
            for entry in (entry for second in following if second in seconds for entry in seconds[second]):
                worst = _row_tier(atoms, at, entry.words, tier)
                if worst is not None:
                    yield at, entry, worst


def _too_bold(entry: Entry, atoms: list[_Atom], at: int) -> bool:
    """A row of two that an errand hangs on, with a short word guessed: "kgeze delye" is no offer to help."""
    if not entry.concept.startswith("say."):
        return False
    guessed = [atom for atom, word in zip(atoms[at:], entry.words, strict=False) if atom.candidates[word] >= TYPED]
    return any(atom.candidates[word] == TYPED for atom, word in zip(atoms[at:], entry.words, strict=False)) or any(
        len(atom.token.key) < 5 for atom in guessed
    )


def _row_tier(atoms: list[_Atom], at: int, row: tuple[Word, ...], tier: int) -> int | None:
    if at + len(row) > len(atoms):
        return None
    for offset, word in enumerate(row[1:], at + 1):
        found = atoms[offset].candidates.get(word)
        if found is None:
            return None
        tier = max(tier, found)
    return tier


def _single(words: Words, atom: _Atom, ranked: Mapping[str, int], *, sure_only: bool) -> tuple[int, list[Entry]]:
    """What one word means: of the language the text is in, by the smallest change."""
    best = 99.0
    chosen: list[Entry] = []
    tier_chosen = 0
    for word, tier in atom.candidates.items():
        entries = words.singles.get(word)
        if sure_only and tier >= TYPED:
            continue
        if tier == INFLECTED and entries and word.script == "latin":  # a wedding is no Wednesday
            entries = [entry for entry in entries if entry.kind != "time" and entry.concept != "say.emergency"]
        if tier == NEAR and entries:
            least = min(len(word.key), len(atom.token.key))
            entries = [entry for entry in entries if entry.fuzzy and least >= (6 if entry.kind == "topic" else 5)]
        if tier == TYPED and entries:
            entries = [entry for entry in entries if not entry.concept.startswith(_EXACTING)]
        if not entries:
            continue
        cost = tier + 1.5 * min(ranked[word.language], 2) + 0.01 * ranked[word.language]
        if cost < best:
            best, chosen, tier_chosen = cost, list(entries), tier
        elif cost == best:
            chosen.extend(entries)
    return tier_chosen, chosen


def _item(atoms: list[_Atom], entries: tuple[Entry, ...], tier: int) -> Item:
    first = atoms[0]
    return Item(
        first.start,
        atoms[-1].end,
        entries,
        frozenset(entry.concept for entry in entries),
        first.token.number if len(atoms) == 1 else None,
        tier,
        first.token.gap if first.start == first.token.start else "",
        first.token.capital,
        first.token.key,
        first.token.script,
        len(atoms),
    )
