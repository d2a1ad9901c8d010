"""A text as a row of items: each a number, the longest term of the word lists that stands there, or nothing known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.core.understanding.folding import Script, typed_arabic, typed_tigrinya
from bot.core.understanding.lexicon import Entry, Word, Words
from bot.core.understanding.lookup import INFLECTED, NEAR, NO_WORD, TYPED, Meaning, Part, look_up, meaning
from bot.core.understanding.tokens import Number, Token, tokenise

_EXACTING = ("say.", "violence", "threat", "die", "stop")
"""Concepts that a consonant key alone must not stand for: a guard is never set off by accident."""

_LONGEST = 400
"""Tokens of a message that are read; what comes after is not a question to a bot."""


class Item(NamedTuple):
    """A stretch of the text and what it can mean. `ids` are the concepts of `entries`, `kinds` their kinds.

    `tier`: how far it was from the list (0 is letter for letter). `gap` is what stood before it.
    """

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
    kinds: frozenset[str] = frozenset()

    def has(self, concept: str) -> bool:
        """Whether this can mean the concept."""
        return concept in self.ids


@dataclass(frozen=True, slots=True)
class Sentence:
    """The items of a text, and the languages it seems to be in, the likeliest first."""

    items: tuple[Item, ...]
    languages: tuple[str, ...]


class _Atom(NamedTuple):
    token: Token
    start: int
    end: int
    part: Part


def spot(words: Words, text: str, language: str) -> Sentence:
    """What stands in the text. `language` is the chat's; the text may be in another."""
    tokens = tokenise(text)[:_LONGEST]
    typing = _typing(words, tokens, language)
    if typing and words.typed[typing] == "arabic":
        tokens = tokenise(text, chat=True)[:_LONGEST]
    atoms: list[_Atom] = []
    for token in tokens:
        start, end = token.start, token.end
        if token.number:
            atoms.append(_Atom(token, start, end, NO_WORD))
            continue
        parts = look_up(words, token.script, token.key, typing)
        if len(parts) == 1:
            atoms.append(_Atom(token, start, min(end, start + parts[0].end), parts[0]))
            continue
        atoms += [_Atom(token, start + part.start, min(end, start + part.end), part) for part in parts]
    ranked = _ranked(words, atoms, language, typing)
    return Sentence(_longest(words, atoms, ranked), ranked)


def _typing(words: Words, tokens: list[Token], language: str) -> str:
    """The language that Latin words may be typed in: the chat's if it has another script, else by its words."""
    latin = [token.key for token in tokens if token.script == "latin" and not token.number]
    if not latin:
        return ""
    counts = dict.fromkeys(words.lists, 0)
    in_chat_spelling = 0
    for key in latin:
        for word in words.by_exact.get(("latin", key), ()):
            counts[word.language] += 1
        if not key.isalpha():
            in_chat_spelling += 1
    typed = words.typed
    if in_chat_spelling:
        chat = next((lang for lang, reading in typed.items() if reading == "arabic"), "")
        counts[chat] = counts.get(chat, 0) + in_chat_spelling
    others = max([count for lang, count in counts.items() if lang not in typed], default=0)
    if language in typed and counts[language] >= max([counts[t] for t in typed]):
        return language if others < len(latin) * 0.7 or counts[language] >= others else ""
    best = max(typed, key=counts.__getitem__, default="")
    return best if best and counts[best] and counts[best] > others * 0.8 else ""


def _ranked(words: Words, atoms: list[_Atom], language: str, typing: str) -> tuple[str, ...]:
    """Languages of the lists by how many words of the text are theirs; the chat's language wins a tie."""
    score: dict[str, float] = dict.fromkeys(words.lists, 0.0)
    for atom in atoms:
        for lang in atom.part.languages:
            score[lang] += 1
    if language in score:
        score[language] += 0.6
    if typing:
        score[typing] += 0.5
    return tuple(sorted(score, key=lambda lang: -score[lang]))


_NEAR_LEAST = {"topic": 6, "outside": 7}
"""How many letters a word must have to be guessed with one wrong, where five are too few: "serve" is no "serie"."""
_OF_ITS_OWN = frozenset({"parenting", "legal"})
"""Topics whose phrases name people without saying for whom: a mothers' group."""

_OFFERED_TOO = frozenset({"danish", "homework"})
"""Topics that are offers as well where a volunteer is asked for: the words inside their phrases still count."""

_Row = tuple[int, int, int, Entry]
"""A row that matches: its length, where it begins, its worst tier, what it says."""


def _longest(words: Words, atoms: list[_Atom], ranked: tuple[str, ...]) -> tuple[Item, ...]:
    """The atoms as items: rows of words first where they match, the longest first; then single words.

    A row that only points at an intent (kind cue) lies over its words and hides none of them.
    """
    rows, over, under = _rows(words, atoms)
    covered = _covered(rows, len(atoms)) if rows else {}
    items = []
    at = 0
    while at < len(atoms):
        atom = atoms[at]
        if at not in covered:
            means = _single(words, atom, ranked, sure_only=at in under)
            if at in over:
                means = meaning(means.tier, (*means.entries, *over[at]))
            items.append(_item(atoms, at, 1, means))
            at += 1
            continue
        length, found, tier = covered[at]
        cues = [entry for offset in range(at, at + length) for entry in over.get(offset, ())]
        if length > 1 and all(entry.kind == "topic" and entry.concept not in _OF_ITS_OWN for entry in found):
            shown = ("audience", "cue") if found[0].concept in _OFFERED_TOO else ("audience",)
            for inside in atoms[at : at + length]:
                cues += [e for e in _single(words, inside, ranked, sure_only=True).entries if e.kind in shown]
        items.append(_item(atoms, at, length, meaning(tier, (*found, *cues))))
        at += length
    return tuple(items)


def _covered(rows: list[_Row], count: int) -> dict[int, tuple[int, list[Entry], int]]:
    """The rows that take their words, by where they begin: the longest first, those spelt best first."""
    covered: dict[int, tuple[int, list[Entry], int]] = {}
    taken = [False] * count
    for length, at, tier, entry in sorted(rows, key=lambda row: (-row[0], row[2], row[1])):
        if not any(taken[at : at + length]):
            covered[at] = (length, [entry], tier)
            taken[at : at + length] = [True] * length
        elif at in covered and covered[at][0] == length and covered[at][2] == tier:
            covered[at][1].append(entry)
    return covered


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
        if not atom.part.begins:
            continue
        following = atoms[at + 1].part.candidates
        for word, tier in atom.part.begins:
            seconds = words.phrases[word]
            for second in following:
                for entry in seconds.get(second, ()):
                    worst = _row_tier(atoms, at, entry.words, tier)
                    if worst is not None:
                        yield at, entry, worst


def _too_bold(entry: Entry, atoms: list[_Atom], at: int) -> bool:
    """A row of two that an errand hangs on, with a short word guessed: "kgeze delye" is no offer to help."""
    if not entry.concept.startswith("say."):
        return False
    guessed = [atom for atom, word in zip(atoms[at:], entry.words, strict=False) if atom.part.candidates[word] >= TYPED]
    return any(atom.part.candidates[word] == TYPED for atom, word in zip(atoms[at:], entry.words, strict=False)) or any(
        len(atom.token.key) < 5 for atom in guessed
    )


def _row_tier(atoms: list[_Atom], at: int, row: tuple[Word, ...], tier: int) -> int | None:
    if at + len(row) > len(atoms):
        return None
    for offset, word in enumerate(row[1:], at + 1):
        found = atoms[offset].part.candidates.get(word)
        if found is None:
            return None
        tier = max(tier, found)
    return tier


def _single(words: Words, atom: _Atom, ranked: tuple[str, ...], *, sure_only: bool) -> Meaning:
    """What one word means: of the language the text is in, by the smallest change."""
    remembered = atom.part.surely if sure_only else atom.part.meant
    known = remembered.get(ranked)
    if known is None:
        known = remembered[ranked] = meaning(*_weighed(words, atom, ranked, sure_only=sure_only))
    return known


def _weighed(words: Words, atom: _Atom, ranked: Sequence[str], *, sure_only: bool) -> tuple[int, list[Entry]]:
    best = 99.0
    chosen: list[Entry] = []
    tier_chosen = 0
    for word, tier in atom.part.candidates.items():
        if sure_only and tier >= TYPED:
            continue
        entries = _possible(words, atom.token.key, word, tier)
        if not entries:
            continue
        rank = ranked.index(word.language)
        cost = tier + 1.5 * min(rank, 2) + 0.01 * rank
        if cost < best:
            best, chosen, tier_chosen = cost, list(entries), tier
        elif cost == best:
            chosen.extend(entries)
    if tier_chosen == TYPED and any(entry.kind == "function" for entry in chosen):
        chosen = [entry for entry in chosen if entry.kind != "topic"]
    return tier_chosen, chosen


def _possible(words: Words, key: str, word: Word, tier: int) -> Sequence[Entry]:
    """The entries that a token may have through this word of the lists: the further from it, the fewer."""
    entries = words.singles.get(word, ())
    if tier == INFLECTED and word.script == "latin":  # a wedding is no Wednesday
        return [entry for entry in entries if entry.kind != "time" and entry.concept != "say.emergency"]
    if tier == NEAR:
        least = min(len(word.key), len(key))
        return [entry for entry in entries if entry.fuzzy and least >= _NEAR_LEAST.get(entry.kind, 5)]
    if tier == TYPED:
        read = typed_tigrinya if word.script == "ethiopic" else typed_arabic
        telling = len(read(key)) >= 5  # yeharmeni: five consonants are no accident
        return [
            entry
            for entry in entries
            if not entry.concept.startswith(_EXACTING) or (telling and entry.concept == "say.emergency")
        ]
    return entries


def _item(atoms: list[_Atom], at: int, length: int, means: Meaning) -> Item:
    first = atoms[at]
    token = first.token
    return Item(
        first.start,
        atoms[at + length - 1].end,
        means.entries,
        means.ids,
        token.number if length == 1 else None,
        means.tier,
        token.gap if first.start == token.start else "",
        token.capital,
        token.key,
        token.script,
        length,
        means.kinds,
    )
