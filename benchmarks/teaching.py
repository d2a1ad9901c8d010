"""Teaches the weights of intents from the examples: `python -m benchmarks.teaching` writes data/words/weights.npz.

Each example is read three times, each time with another third of the word lists' terms hidden: so the weights learn
what to make of a text of which some words are unknown, as a stranger's are, and lean on no phrase for being listed.
The same examples and lists give the same weights.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from benchmarks.questions import EXAMPLES, Example, read_examples
from bot.core.model import Place
from bot.core.understanding import Gazetteer, Weights, WordList, Words, compiled, gazetteer
from bot.core.understanding.deciding import signs
from bot.core.understanding.lexicon import Concept
from bot.core.understanding.reading import read
from bot.core.understanding.voting import vote_of
from bot.core.understanding.weighing import letters_weigh
from bot.core.understanding.weights import SIGNS
from bot.words import DATA, danish_towns, read_word_list, write_weights

KEPT_APART = ("unseen-", "nothing-")
"""Files that are not taught, and so a measure (docs/words.md): strangers' questions, and what is out of scope."""

NOT_TAUGHT = (*KEPT_APART, "slots-")
"""Nor are those that are all answered: they would teach that everything is."""

HIDDEN = 3
"""One term in so many is hidden at a time."""
_ALWAYS_KNOWN = frozenset({"time", "function", "place_word", "place", "language"})
_ORDERS, _EPOCHS, _RATE, _DECAY, _UNIT = 10, 5, 0.5, 1e-4, 0.02


class Lesson(NamedTuple):
    """One text read: its signs, what each counts, and the name of its intent."""

    rows: NDArray[np.int64]
    counts: NDArray[np.float64]
    intent: str


def main() -> int:
    """Reads every example but those kept apart, learns, writes."""
    examples, lists = taught_examples(), word_lists()
    weights = learned(list(lessons(examples, lists)))
    write_weights(weights)
    print(f"{len(examples)} examples, {np.count_nonzero(weights.table.any(axis=1))} signs weighed")
    return 0


def taught_examples(*, but: tuple[str, ...] = ()) -> list[Example]:
    """The examples of every file that is taught, but those whose names begin so."""
    paths = [path for path in sorted(EXAMPLES.glob("*.jsonl")) if not path.name.startswith((*NOT_TAUGHT, *but))]
    return [example for path in paths for example in read_examples(path)]


def word_lists() -> list[WordList]:
    """The lists as shipped, not yet compiled."""
    return [read_word_list(path) for path in sorted((DATA / "words").glob("*.yaml"))]


def lessons(examples: Sequence[Example], lists: Sequence[WordList]) -> Iterator[Lesson]:
    """Every example read with each part of the word lists hidden."""
    offers = {concept.concept for each in lists for concept in each.concepts if concept.kind == "offer"}
    for hidden in range(HIDDEN):
        words = compiled([_without(word_list, hidden) for word_list in lists])
        homes = sorted({str(example.question.home) for example in examples if example.question.home})
        towns = gazetteer([Place(home, home, 55.0, 10.0, {}) for home in homes], danish_towns())
        for example in examples:
            yield lesson(example, words, towns, offers)


def lesson(example: Example, words: Words, towns: Gazetteer, offers: Collection[str]) -> Lesson:
    """One example as it is weighed."""
    reading = read(example.question, words, towns)
    vote, _, sure = vote_of(reading)
    languages = reading.sentence.languages
    said, letters = signs(reading, vote, sure, words.typed.get(languages[0], "") if languages else "")
    counts = np.concatenate([np.ones(said.size), np.full(letters.size, letters_weigh(max(1, letters.size)))])
    return Lesson(np.concatenate([said, letters]), counts, _named(example, vote, offers))


def _without(word_list: WordList, hidden: int) -> WordList:
    """The list as somebody would know it who lacks these terms: a hidden one is no common word either."""

    def known(concept: Concept, term: str) -> bool:
        return concept.kind in _ALWAYS_KNOWN or crc32((concept.concept + term).encode()) % HIDDEN != hidden

    lacking = {term for concept in word_list.concepts for term in concept.terms if not known(concept, term)}

    def kept(concept: Concept) -> tuple[str, ...]:
        if concept.kind == "function":
            return tuple(term for term in concept.terms if term not in lacking)
        return tuple(term for term in concept.terms if known(concept, term))

    concepts = [replace(concept, terms=kept(concept)) for concept in word_list.concepts]
    return replace(word_list, concepts=tuple(concepts))


def _named(example: Example, vote: str, offers: Collection[str]) -> str:
    """The intent, with the offer that is asked for; where several are right, the rules' own or else the first."""
    intents = _accepted(example.expect["intent"])
    intent = vote if vote in intents else intents[0]
    if intent != "ask_offer":
        return intent
    named = [topic for topics in _accepted(example.expect.get("topics", [])) for topic in topics if topic in offers]
    return f"ask_offer.{named[0]}" if named else intent


def _accepted(wanted: Any) -> list[Any]:
    return wanted["any"] if isinstance(wanted, dict) else [wanted]


def learned(taught: Sequence[Lesson]) -> Weights:
    """Weights by softmax regression: the mean of several that met the lessons in another order each.

    One order alone leaves much to what came last: thirteen lines more changed the intent of one strange text in fifty.
    """
    intents = tuple(sorted({each.intent for each in taught}))
    table = np.mean([_learned_once(taught, intents, order) for order in range(1, _ORDERS + 1)], axis=0)
    return Weights(intents, np.clip(np.round(table / _UNIT), -127, 127).astype(np.int8), _UNIT)


def _learned_once(taught: Sequence[Lesson], intents: Sequence[str], seed: int) -> NDArray[np.float64]:
    """A table of weights, a lesson at a time with a step for each sign that shrinks (AdaGrad)."""
    table = np.zeros((SIGNS, len(intents)))
    steps = np.full((SIGNS, 1), 0.1)
    order = np.random.default_rng(seed)
    for _ in range(_EPOCHS):
        for at in order.permutation(len(taught)):
            _learn(table, steps, taught[at], intents.index(taught[at].intent))
    return table


def _learn(table: NDArray[np.float64], steps: NDArray[np.float64], taught: Lesson, intent: int) -> None:
    rows, counts = taught.rows, taught.counts
    total = counts @ table[rows]
    shares = np.exp(total - total.max())
    shares /= shares.sum()
    shares[intent] -= 1
    slope = np.outer(counts, shares * 0.5) + _DECAY * table[rows]
    steps[rows, 0] += (slope * slope).sum(axis=1)
    table[rows] -= _RATE * slope / np.sqrt(steps[rows])


if __name__ == "__main__":
    sys.exit(main())
