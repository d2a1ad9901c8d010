"""`python -m bot understand`: questions as JSON lines in, frames as JSON lines out, one by one (shared/questions)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import orjson

from bot.core.understanding import Frame, Gazetteer, Question, Words, understand


def understand_lines(lines: Iterable[str], words: Words, places: Gazetteer) -> Iterator[str]:
    """A line out for each line in, in order; one that is no question gives {"error": …}. Holds one line at a time."""
    for line in lines:
        if line.strip():
            yield orjson.dumps(_answer(line, words, places)).decode()


def _answer(line: str, words: Words, places: Gazetteer) -> dict[str, object]:
    try:
        raw = orjson.loads(line)
        now = datetime.fromisoformat(raw["now"])
        question = Question(str(raw["text"]), str(raw.get("lang", "")), now, raw.get("home"))
    except (ValueError, KeyError, TypeError) as wrong:
        return {"error": f"not a question: {wrong}"}
    if now.tzinfo is None:
        return {"id": raw.get("id"), "error": "now needs an offset from UTC"}
    return {"id": raw.get("id"), **as_json(understand(question, words, places))}


def as_json(frame: Frame) -> dict[str, object]:
    """A frame with the keys of shared/questions, and the evidence beside them."""
    return {
        "intent": frame.intent,
        "topics": list(frame.topics),
        "audience": list(frame.audience),
        "from": frame.start.isoformat() if frame.start else None,
        "to": frame.end.isoformat() if frame.end else None,
        "part": frame.part,
        "time": frame.time,
        "place": frame.place,
        "sure": frame.sure,
        "not": list(frame.negated),
        "outside": frame.outside,
        "ask": {"about": frame.ask.about, "candidates": list(frame.ask.candidates)} if frame.ask else None,
        "language_seen": frame.language_seen,
        "evidence": [[e.slot, e.value, e.start, e.end] for e in frame.evidence],
    }
