"""How much doubt serves: `python -m benchmarks.doubt` asks sets of strangers that were left out of the teaching.

The sets kept apart stay untouched: what is chosen on them would flatter them. Takes about four minutes.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import NamedTuple

from benchmarks.questions import EXAMPLES, Example, read_examples, wrong_slots
from benchmarks.teaching import learned, lessons, taught_examples, word_lists
from bot.core.understanding import Gazetteer, Words, compiled, deciding, gazetteer, understand
from bot.words import danish_towns

LEFT_OUT = ("retired3-", "retired4-")
"""Strangers' sets, three lines in ten without an answer, as people ask; taught otherwise."""
DOUBTS = ((5.0, 4.0), (8.0, 6.0), (12.0, 8.0), (20.0, 12.0))
"""So much more "nothing" counts: at any time, and where a search was read whole."""


class Counts(NamedTuple):
    """Of a language's examples: all, those with a wrong intent, those without an answer, and of these the taken."""

    examples: int
    wrong: int
    unanswered: int
    taken: int


def main() -> int:
    """Teaches without the sets left out, and asks them at each doubt."""
    lists = word_lists()
    words, towns = compiled(lists), gazetteer((), danish_towns())
    words.weights = learned(list(lessons(taught_examples(but=LEFT_OUT), lists)))
    asked = {
        word_list.language: [
            example for kind in LEFT_OUT for example in read_examples(EXAMPLES / f"{kind}{word_list.language}.jsonl")
        ]
        for word_list in lists
    }
    for always, read_whole in DOUBTS:
        deciding.DOUBT = {**deciding.DOUBT, "unknown": always}
        deciding.READ_WHOLE = read_whole
        deciding.UNREVIEWED = (always, read_whole)
        _print(always, read_whole, {language: counted(each, words, towns) for language, each in asked.items()})
    return 0


def counted(examples: list[Example], words: Words, towns: Gazetteer) -> Counts:
    """How the examples are decided at the doubt that is set."""
    wrong = unanswered = taken = 0
    for example in examples:
        frame = understand(example.question, words, towns)
        wrong += "intent" in wrong_slots(frame, example.expect)
        if example.expect["intent"] == "unknown":
            unanswered += 1
            taken += frame.intent != "unknown"
    return Counts(len(examples), wrong, unanswered, taken)


def _print(always: float, read_whole: float, by_language: Mapping[str, Counts]) -> None:
    for language, counts in by_language.items():
        right, taken = 1 - counts.wrong / counts.examples, f"{counts.taken}/{counts.unanswered}"
        print(f"doubt {always:g}, {read_whole:g}  {language}  intent {right:.3f}  taken {taken}")


if __name__ == "__main__":
    sys.exit(main())
