"""Reading data/topics.yaml: the words and emoji of every topic, offer, audience and language."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import cast

from bot.core.pack import Fault
from bot.core.topics import KINDS, Concept, Kind, Topics
from bot.fields import Entry, entries
from bot.marked import Unreadable, read_marked

TOPICS = Path(__file__).parent.parent / "data" / "topics.yaml"
LANGUAGES = ("da", "en", "ar", "ti")
WORD_LONGEST = 32  # with an emoji it still fits a button


class TopicFaults(Exception):
    """The file does not hold: every fault of it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@cache
def standard_topics() -> Topics:
    """The concepts of data/topics.yaml, read once a process. Raises as `read_topics`."""
    return read_topics()


def read_topics(path: Path = TOPICS) -> Topics:
    """All concepts in the order of the file. Raises TopicFaults with every fault there is."""
    try:
        node, faults = read_marked(path, path.name)
    except Unreadable as error:
        raise TopicFaults((error.fault,)) from error
    seen: set[tuple[str, str]] = set()
    concepts = []
    for entry in entries(path.name, node, faults):
        concept = _concept(entry)
        if entry.sound("id") and (concept.kind, concept.id) in seen:
            entry.wrong("id", (f"{concept.id} stands twice.", "Give it another id, or remove one of them."))
        seen.add((concept.kind, concept.id))
        concepts.append(concept)
    if faults:
        raise TopicFaults(tuple(faults))
    return Topics(tuple(concepts))


def _concept(entry: Entry) -> Concept:
    concept_id = entry.scalar("id", "Write the id of questions, such as football.") or ""
    kind = cast(Kind, entry.choice("kind", KINDS, "a kind"))
    emoji = entry.text("emoji", "Write one emoji, such as ⚽.", longest=8)
    names = entry.by_language("names", LANGUAGES, longest=WORD_LONGEST)
    missing = [language for language in LANGUAGES if language not in names]
    if entry.sound("names") and missing:
        entry.wrong("names", (f"has no {', '.join(missing)}.", "Write the word in every language."))
    entry.finish()
    return Concept(concept_id, kind, emoji, names)
