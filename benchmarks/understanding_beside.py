"""Our understanding beside others' on the examples kept apart: intents, and the day on which something begins."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.questions import EXAMPLES, Example, read_examples
from benchmarks.rivals import NoRivalsError, rivals_python
from bot.core.understanding import Gazetteer, Words, understand

RIVALS = Path(__file__).with_name("understanding_rivals.py")
LINEAR, DATEPARSER, OURS = "n-grams + LinearSVC", "dateparser", "Brobot"


@dataclass(frozen=True, slots=True)
class Guess:
    """What was made of one question: its intent and its first day (ISO), with the CPU milliseconds of each."""

    intent: str
    day: str | None
    intent_ms: float = 0.0
    day_ms: float = 0.0


def beside(name: str, words: Words, towns: Gazetteer) -> Iterator[Figure]:
    """For each file kept apart: the rivals' figures and ours on the same questions, ours without a goal here.

    The classifier is taught the examples we tuned on, all languages together, and has not seen those it is asked.
    Nothing but a line on stderr where the rivals cannot be installed.
    """
    try:
        python = rivals_python()
    except NoRivalsError as error:
        print(f"Brobot alone is measured: {error}", file=sys.stderr)
        return
    apart = sorted(EXAMPLES.glob("unseen-*.jsonl"))
    tuned_on = sorted(set(EXAMPLES.glob("*.jsonl")) - set(apart))
    taught = [pair for path in tuned_on for pair in _taught(path)]
    files = {path.stem: list(read_examples(path)) for path in apart}
    asked = [example for examples in files.values() for example in examples]
    guesses = iter(_rivals(python, taught, asked))
    for stem, examples in files.items():
        theirs = [next(guesses) for _ in examples]
        ours = [_ours(example, words, towns) for example in examples]
        for who, made in ((LINEAR, theirs), (OURS, ours)):
            right = sum(_is(example, "intent", guess.intent) for example, guess in zip(examples, made, strict=True))
            yield Figure(name, f"{stem}: intent right, {who}", right / len(examples), "share")
        for who, made in ((DATEPARSER, theirs), (OURS, ours)):
            yield from _days(name, f"{stem}: {{}}, {who}", examples, made)
        yield Figure(name, f"{stem}: p95, {LINEAR}, CPU", _p95([each.intent_ms for each in theirs]), "ms")
        yield Figure(name, f"{stem}: p95, {DATEPARSER}, CPU", _p95([each.day_ms for each in theirs]), "ms")


def _days(name: str, case: str, examples: Sequence[Example], made: Sequence[Guess]) -> Iterator[Figure]:
    """How often the day is right where one is said, and how often none is found where none is."""
    both = [pair for pair in zip(examples, made, strict=True) if "from" in pair[0].expect]
    for what, said in (("first day right", True), ("no day where none is said", False)):
        right = [_is(example, "from", guess.day) for example, guess in both if _says_a_day(example) is said]
        if right:
            yield Figure(name, case.format(f"{what} (of {len(right)})"), sum(right) / len(right), "share")


def _says_a_day(example: Example) -> bool:
    return any(choice is not None for choice in _choices(example.expect["from"]))


def _is(example: Example, slot: str, value: str | None) -> bool:
    return value in _choices(example.expect[slot])


def _choices(wanted: object) -> Sequence[object]:
    return wanted["any"] if isinstance(wanted, Mapping) else [wanted]


def _taught(path: Path) -> Iterator[tuple[str, object]]:
    """The texts of a file with their intents; where several are right, with the first."""
    for example in read_examples(path):
        yield example.question.text, _choices(example.expect["intent"])[0]


def _ours(example: Example, words: Words, towns: Gazetteer) -> Guess:
    frame = understand(example.question, words, towns)
    return Guess(frame.intent, frame.start.isoformat() if frame.start else None)


def _rivals(python: Path, taught: Sequence[tuple[str, object]], asked: Sequence[Example]) -> Iterator[Guess]:
    questions = [
        {"text": each.question.text, "lang": each.question.language, "now": each.question.now.isoformat()}
        for each in asked
    ]
    given = json.dumps({"taught": taught, "asked": questions})
    said = subprocess.run([python, "-W", "ignore", RIVALS], input=given, stdout=subprocess.PIPE, text=True, check=True)
    for line in said.stdout.splitlines():
        yield Guess(**json.loads(line))


def _p95(taken: Sequence[float]) -> float:
    return sorted(taken)[len(taken) * 95 // 100]
