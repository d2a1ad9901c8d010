"""Which intent the whole of a text speaks for: a linear model over its concepts, the rules' vote and its letters.

The rules say what a sentence means where they were thought of; these weights say what the same concepts, put another
way, meant in the examples. They were taught by `benchmarks.teaching` with a third of the word lists hidden, so that
they do not lean on a phrase having been listed (docs/decisions/0020-intents-are-weighed.md).
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.core.understanding.folding import (
    Script,
    folded,
    typed_arabic,
    typed_from_arabic,
    typed_from_roman,
    typed_tigrinya,
)
from bot.core.understanding.spotting import Item
from bot.core.understanding.weights import SIGNS, Weights

_REMEMBERED = 4096
_LETTERS = 4.0
"""What all the letters of a text weigh together, beside concepts that weigh one each."""
_UNTELLING = (
    "number", "month", "weekday", "ordinal", "unit", "span", "part", "minutes", "filler", "joins", "maybe_weekday",
)  # fmt: skip
_WHOLE = (
    "TOPIC", "WEAK", "OFFER", "LETTER", "AUDIENCE", "REFUSED", "TOWN", "DAY", "PART", "CLOCK", "PAST", "SPAN", "ALONE",
    "SHORT", "BRIEF", "LONG",
)  # fmt: skip
_MANNERS = ("ASKED", "TELLS")
_MAY_BE_TOLD = frozenset({"find_activity", "ask_offer", "unknown"})
"""Votes that a telling speaks against: danger is told as well, and an errand is one however it is put."""
_MEANT_OR_TOLD = ("TOPIC", "WEAK", "OFFER", "AUDIENCE", "DAY", "PAST", "TOWN")
"""What means something else in a text that asks than in one that tells."""
_Numbers = tuple[int, ...]


class Signs(NamedTuple):
    """The signs of a text: what is said in it, and its letters (rows of `Weights.table`)."""

    said: NDArray[np.int64]
    letters: NDArray[np.int64]


class Leaning(NamedTuple):
    """The likeliest intent and its share of the whole (0 to 1), the likeliest offer, and every intent's share."""

    intent: str
    offer: str
    share: float
    shares: Mapping[str, float]


class Outline(NamedTuple):
    """What a text is beside its words: the concepts of the whole, how much of it is unread, what the rules voted."""

    held: Mapping[str, Sequence[int]]
    unknown: int
    words: int
    vote: str
    voted_sure: bool


def signs_of(items: Sequence[Item], outline: Outline, typed: str) -> Signs:
    """The signs of these items. `typed`: how the text's language is typed in Latin letters (arabic, tigrinya, "")."""
    said: set[int] = set(_outlined(outline))
    telling = [item.ids for item in items if _concepts(item.ids)]
    for ids in telling:
        said.update(_concepts(ids))
    for before, after in zip([frozenset(("^",)), *telling], telling, strict=False):
        said.update(_pairs(before, after))
    if items:
        said.update(_at_the_edge("first", items[0].ids))
        said.update(_at_the_edge("last", items[-1].ids))
    read: set[int] = set()
    for item in items:
        if not item.number:
            read.update(_letters(item.key, item.script, typed))
    return Signs(np.array(list(said), dtype=np.int64), np.array(list(read), dtype=np.int64))


def lean(weights: Weights, signs: Signs, doubt: Mapping[str, float]) -> Leaning:
    """What these signs speak for. `doubt` multiplies the share of intents that are to be preferred when in doubt."""
    kinds = _kinds(weights.intents)
    shares = _shares(weights, signs)
    for name, times in doubt.items():
        shares[kinds.columns.get(name, [])] *= times
    every = (shares / shares.sum()).tolist()
    whole = {name: sum(every[column] for column in columns) for name, columns in kinds.columns.items()}
    intent = max(whole, key=whole.__getitem__)
    offer = max(kinds.offers, key=lambda each: every[each[1]], default=("", 0))[0]
    return Leaning(intent, offer, whole[intent], whole)


class _Kinds(NamedTuple):
    """The columns of each intent, and the offers with theirs."""

    columns: Mapping[str, list[int]]
    offers: tuple[tuple[str, int], ...]


@lru_cache(4)
def _kinds(intents: tuple[str, ...]) -> _Kinds:
    columns: dict[str, list[int]] = {}
    for column, each in enumerate(intents):
        columns.setdefault(each.partition(".")[0], []).append(column)
    return _Kinds(columns, tuple((each.partition(".")[2], at) for at, each in enumerate(intents) if "." in each))


def speaks_for(weights: Weights, item: Item, name: str) -> int:
    """How strongly what an item means speaks for this intent, against the mean of all: the reason that is shown."""
    numbers = _concepts(item.ids)
    if not numbers or name not in weights.intents:
        return 0
    rows = weights.table[list(numbers)].astype(np.int64).sum(axis=0)
    return int(rows[weights.intents.index(name)] - rows.mean())


def _shares(weights: Weights, signs: Signs) -> NDArray[np.float64]:
    total = weights.table[signs.said].sum(axis=0, dtype=np.int64) * weights.unit
    if signs.letters.size:
        letters = weights.table[signs.letters].sum(axis=0, dtype=np.int64)
        total = total + letters * (weights.unit * letters_weigh(signs.letters.size))
    risen = np.exp(total - total.max())
    shares: NDArray[np.float64] = risen / risen.sum()
    return shares


def letters_weigh(count: int) -> float:
    """What each of so many letter signs weighs."""
    return float(_LETTERS / np.sqrt(count))


def _number(name: str) -> int:
    return crc32(name.encode()) % SIGNS


@lru_cache(_REMEMBERED)
def _telling(ids: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(concept for concept in ids if not concept.startswith(_UNTELLING)))


@lru_cache(_REMEMBERED)
def _concepts(ids: frozenset[str]) -> _Numbers:
    return tuple(_number(f"k:{concept}") for concept in _telling(ids))


@lru_cache(_REMEMBERED)
def _pairs(before: frozenset[str], after: frozenset[str]) -> _Numbers:
    return tuple(_number(f"p:{one}>{other}") for one in _telling(before) for other in _telling(after))


@lru_cache(_REMEMBERED)
def _at_the_edge(edge: str, ids: frozenset[str]) -> _Numbers:
    return tuple(_number(f"{edge}:{concept}") for concept in sorted(ids))


def _outlined(outline: Outline) -> _Numbers:
    names = [f"K:{name}" for name in _WHOLE if name in outline.held]
    for manner in _MANNERS if outline.vote in _MAY_BE_TOLD else ():
        if manner in outline.held:
            names += [f"K:{manner}", f"{manner}>vote:{outline.vote}"]
            names += [f"{manner}>{name}" for name in _MEANT_OR_TOLD if name in outline.held]
    names.append(f"unread:{min(outline.unknown, 5)}")
    names.append(f"long:{min(outline.words // 3, 6)}")
    names.append(f"of which unread:{5 * outline.unknown // max(1, outline.words)}")
    names.append(f"vote:{outline.vote}")
    names.append(f"vote:{outline.vote} sure" if outline.voted_sure else f"vote:{outline.vote} unsure")
    return tuple(_number(name) for name in names)


@lru_cache(_REMEMBERED)
def _letters(key: str, script: Script, typed: str) -> array[int]:
    """A word's rows of three to five letters, and those of its consonants as it is typed in Latin letters."""
    word = folded(key) if script == "latin" else key
    names = [f"g:{row}" for row in _rows(f"<{word}>", 3, 5)]
    code = _typed_code(key, script, typed)
    if len(code) > 2:
        names.append(f"t:{typed}:{code}")
        names += [f"u:{typed}:{row}" for row in _rows(f"{code}>", 3, 4)]
    return array("H", map(_number, names))  # two bytes each: they are remembered


def _typed_code(key: str, script: Script, typed: str) -> str:
    if typed == "arabic":
        return typed_from_arabic(key) if script == "arabic" else typed_arabic(key) if script == "latin" else ""
    if typed == "tigrinya":
        return typed_from_roman(key) if script == "ethiopic" else typed_tigrinya(key) if script == "latin" else ""
    return ""


def _rows(text: str, least: int, most: int) -> list[str]:
    return [text[at : at + size] for size in range(least, most + 1) for at in range(len(text) - size + 1)]
