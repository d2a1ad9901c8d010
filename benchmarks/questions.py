"""Owns the example questions: reading them, and judging a frame as docs/words.md says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import orjson

from bot.core.understanding import Frame, Question
from bot.understand import as_json

EXAMPLES = Path(__file__).resolve().parent.parent / "tests" / "core" / "understanding"


@dataclass(frozen=True, slots=True)
class Example:
    """A question and the frame it should give; a value {"any": […]} accepts each of its members."""

    id: str
    question: Question
    expect: Mapping[str, object]


def read_examples(path: Path) -> Iterator[Example]:
    """The examples of a file of JSON lines."""
    for line in path.read_text(encoding="utf-8").splitlines():
        raw = orjson.loads(line)
        now = datetime.fromisoformat(raw["now"])
        yield Example(raw["id"], Question(raw["text"], raw["lang"], now, raw["home"]), raw["expect"])


def wrong_slots(frame: Frame, expect: Mapping[str, object]) -> list[str]:
    """The keys of `expect` that the frame does not meet; topics and audience are compared as sets."""
    got = as_json(frame)
    return [key for key, wanted in expect.items() if not _meets(key, got[key], wanted)]


def _meets(key: str, value: object, wanted: object) -> bool:
    choices = wanted["any"] if isinstance(wanted, dict) else [wanted]
    if isinstance(value, list):
        return any(isinstance(choice, list) and set(value) == set(choice) for choice in choices)
    return value in choices
