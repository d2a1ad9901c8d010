"""Unmet need without persons: which words may be kept, what was asked for often, which words belong together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz.distance import DamerauLevenshtein

from bot.core.hiding import LEAST

WORDS_OF_A_TEXT = 8
_NOT_A_WORD = re.compile(r"\S*[@/\d]\S*")  # numbers, addresses of mail and of pages, what people are called on Telegram
_WORD = re.compile(r"[^\W\d_]{3,30}")
_AFTER_FULL_STOP = re.compile(r"(?:^|[.!?]\s+)(\w+)")


def words_to_keep(text: str) -> tuple[str, ...]:
    """The words of a text that was not understood, each once, without numbers and without what looks like a name.

    In Latin letters a name begins with a capital inside a sentence. Arabic and Ethiopic have no capitals: there a
    name is only hidden by its count (`LEAST`), and the words of one text are never kept together.
    """
    text = _NOT_A_WORD.sub(" ", text)
    firsts = {match.group(1) for match in _AFTER_FULL_STOP.finditer(text)}
    shouted = text.upper() == text
    kept = []
    for word in _WORD.findall(text):
        if word[0].isupper() and word not in firsts and not shouted:
            continue
        kept.append(word.casefold())
    return tuple(dict.fromkeys(kept))[:WORDS_OF_A_TEXT]


def often(counts: Mapping[str, int]) -> tuple[str, ...]:
    """What was asked for five times or more in a time that still runs, the most first. Without its count: of two looks
    on two days, the difference would be one person."""
    return tuple(
        sorted((name for name, count in counts.items() if count >= LEAST), key=lambda each: (-counts[each], each))
    )


def clusters(words: Sequence[tuple[str, int]]) -> tuple[tuple[tuple[str, ...], int], ...]:
    """Spellings of one word together (one letter apart, from five letters on), with their count, largest first."""
    found: list[tuple[list[str], int]] = []
    for word, count in sorted(words, key=lambda pair: (-pair[1], pair[0])):
        for at, (spellings, total) in enumerate(found):
            if _alike(word, spellings):
                found[at] = ([*spellings, word], total + count)
                break
        else:
            found.append(([word], count))
    return tuple((tuple(spellings), total) for spellings, total in sorted(found, key=lambda pair: -pair[1]))


def _alike(word: str, spellings: Iterable[str]) -> bool:
    first = next(iter(spellings))
    return min(len(word), len(first)) >= 5 and DamerauLevenshtein.distance(word, first, score_cutoff=1) <= 1
