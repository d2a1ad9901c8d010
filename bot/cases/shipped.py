"""Reading data/answers.yaml: the answers that every community begins with, by language."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.core.pack import Fault
from bot.fields import Entry, entries
from bot.marked import Unreadable, read_marked
from bot.store.saved_answers import NewAnswer, SavedText
from bot.topics import LANGUAGES

ANSWERS = Path(__file__).parent.parent.parent / "data" / "answers.yaml"
NAME_LONGEST = 28
TEXT_LONGEST = 900
"""Characters of a saved answer: what a bubble says again in one piece."""


class AnswerFaults(Exception):
    """The file does not hold: every fault of it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@cache
def shipped_answers() -> tuple[NewAnswer, ...]:
    """The answers that Brobot comes with, read once."""
    return read_answers(ANSWERS)


def read_answers(path: Path) -> tuple[NewAnswer, ...]:
    """The answers in a file, in its order. Raises AnswerFaults with every fault there is."""
    try:
        node, faults = read_marked(path, path.name)
    except Unreadable as error:
        raise AnswerFaults((error.fault,)) from error
    found: dict[str, NewAnswer] = {}
    for entry in entries(path.name, node, faults):
        answer = _answer(entry)
        if entry.sound("id") and answer.key in found:
            entry.wrong("id", (f"{answer.key} stands twice.", "Give it another id, or remove one of them."))
        found[answer.key] = answer
    if faults:
        raise AnswerFaults(tuple(faults))
    return tuple(found.values())


def _answer(entry: Entry) -> NewAnswer:
    name = entry.slug("id", "Write a short id, such as come.")
    names = entry.by_language("names", LANGUAGES, longest=NAME_LONGEST)
    human = entry.words("human", LANGUAGES, "a language", least=1)
    said = entry.by_language("texts", LANGUAGES, longest=TEXT_LONGEST)
    entry.finish()
    texts = {each: SavedText(text, "human" if each in human else "draft") for each, text in said.items()}
    return NewAnswer(f"shipped/{name}", names, texts)
