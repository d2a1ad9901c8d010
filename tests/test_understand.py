"""The stream of questions: a line out for each line in, whatever comes in."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

import orjson
import pytest

from bot.core.understanding import gazetteer
from bot.understand import understand_lines
from bot.words import danish_towns, standard_words

KEYS = ("id", "intent", "topics", "audience", "from", "to", "part", "time", "place", "sure")


def answers(*lines: str) -> list[dict[str, object]]:
    return [orjson.loads(line) for line in understand_lines(lines, standard_words(), gazetteer((), danish_towns()))]


def question(text: str, number: int = 1, **changes: object) -> str:
    raw = {"id": f"q{number}", "lang": "da", "now": "2026-11-23T10:00:00+01:00", "home": "Ringe", "text": text}
    return orjson.dumps({**raw, **changes}).decode()


def test_a_question_gives_the_frame_of_the_contract() -> None:
    [answer] = answers(question("Hvor kan mine børn spille fodbold på lørdag?"))
    wanted = ("q1", "find_activity", ["football"], ["children"], "2026-11-28", "2026-11-28", None, None, None, True)
    assert tuple(answer[key] for key in KEYS) == wanted


@pytest.mark.parametrize("line", ["no json", "[]", "{}", question("x", now="never"), question("x", now="2026-11-23")])
def test_a_line_that_is_no_question_gives_an_error_and_the_next_is_answered(line: str) -> None:
    wrong, right = answers(line, question("fodbold"))
    assert "error" in wrong
    assert right["intent"] == "find_activity"


@pytest.mark.parametrize(
    "text", ["", " ", "?!", "🙏", "a" * 4000, "1" * 400, "ኣ" * 500, "\u202eabc\u200f", "99/99 25:61 kl 77"]
)
def test_any_text_is_answered(text: str) -> None:
    [answer] = answers(question(text))
    assert answer["intent"] == "unknown"


def test_many_lines_do_not_grow() -> None:
    words, towns = standard_words(), gazetteer((), danish_towns())

    def lines(first: int, last: int) -> Iterator[str]:
        """Questions of words never seen before, twelve each: the cache of look-ups is soon full."""
        return (question(" ".join(f"bq{n}x{k}w" for k in range(12)), n) for n in range(first, last))

    for _ in understand_lines(lines(0, 400), words, towns):
        pass
    tracemalloc.start()
    for _ in understand_lines(lines(400, 1_100), words, towns):
        pass
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert held < 5_000_000
