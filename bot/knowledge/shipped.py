"""Reading data/knowledge.yaml: the stories and recommendations that every community begins with."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

from bot.core.knowledge import KINDS, TEXT_LONGEST, TITLE_LONGEST, Item, Kind, Named, Piece, Shelf
from bot.core.pack import Fault
from bot.fields import Entry, entries
from bot.marked import Mapped, Unreadable, read_marked
from bot.topics import LANGUAGES

KNOWLEDGE = Path(__file__).parent.parent.parent / "data" / "knowledge.yaml"
NAME_LONGEST = 60
THEME_LONGEST = 26
"""Letters of a theme's name: it fits a button."""


class KnowledgeFaults(Exception):
    """The file does not hold: every fault of it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@cache
def shipped() -> Shelf:
    """What Brobot comes with, read once."""
    return read_knowledge(KNOWLEDGE)


def read_knowledge(path: Path) -> Shelf:
    """The file: its pages, themes and items, in its order. Raises KnowledgeFaults with every fault there is."""
    try:
        node, faults = read_marked(path, path.name)
    except Unreadable as error:
        raise KnowledgeFaults((error.fault,)) from error
    if not isinstance(node, Mapped):
        mend = "Write three fields: `seeds:`, `themes:` and `items:`."
        raise KnowledgeFaults((*faults, Fault(path.name, node.line, "file", "is not a group of fields.", mend)))
    whole = Entry(path.name, node, faults)
    seeds = _named(_list(whole, "seeds", faults), NAME_LONGEST)
    themes = _named(_list(whole, "themes", faults), THEME_LONGEST)
    items: dict[str, Item] = {}
    for entry in _list(whole, "items", faults):
        item = _item(entry, seeds, themes)
        if _is_new(entry, item.ref, items):
            items[item.ref] = item
    whole.finish()
    if faults:
        raise KnowledgeFaults(tuple(sorted(faults, key=lambda fault: fault.line)))
    return Shelf(tuple(themes.values()), tuple(seeds.values()), tuple(items.values()))


def _list(whole: Entry, key: str, faults: list[Fault]) -> list[Entry]:
    if not whole.need(key, "Write a list of entries, each with an `id`."):
        return []
    return entries(whole.file, whole.node.values[key], faults)


def _is_new(entry: Entry, name: str, known: Mapping[str, object]) -> bool:
    if entry.sound("id") and name in known:
        entry.wrong("id", (f"{name} stands twice.", "Give it another id, or remove one of them."))
    return entry.sound("id") and name not in known


def _named(found: list[Entry], longest: int) -> dict[str, Named]:
    known: dict[str, Named] = {}
    for entry in found:
        name = entry.slug("id", "Write a short id, such as welcome.")
        names = entry.by_language("names", LANGUAGES, longest=longest)
        _complete(entry, "names", names)
        entry.finish()
        if _is_new(entry, name, known):
            known[name] = Named(name, names)
    return known


def _complete(entry: Entry, key: str, said: Mapping[str, object]) -> None:
    missing = [language for language in LANGUAGES if language not in said]
    if entry.sound(key) and missing:
        entry.wrong(key, (f"has no {', '.join(missing)}.", "Write it in every language."))


def _item(entry: Entry, seeds: Mapping[str, Named], themes: Mapping[str, Named]) -> Item:
    name = entry.slug("id", "Write a short id, such as start-early.")
    if entry.sound("id") and name.isdigit():
        entry.wrong("id", (f"{name} is a number.", "Begin with a word: numbers are those of items written in chat."))
    kind = cast(Kind, entry.choice("kind", KINDS, "a kind"))
    seed = entry.choice("seed", seeds, "a page of `seeds`")
    about = entry.words("themes", themes, "a theme", least=1)
    human = entry.words("human", LANGUAGES, "a language", least=1)
    texts = _texts(entry, human)
    entry.finish()
    return Item(name, kind, about, texts, next((each for each in human if each in texts), "da"), seed)


def _texts(entry: Entry, human: tuple[str, ...]) -> Mapping[str, Piece]:
    inner = entry.inner("texts", "Write a title and a text under each language.")
    if inner is None:
        return {}
    texts: dict[str, Piece] = {}
    for language in LANGUAGES:
        said = inner.inner(language, "Write its `title` and `text`.")
        if said is not None:
            title = said.text("title", "Write a short title.", longest=TITLE_LONGEST, language=language)
            text = said.text("text", "Write two or three sentences.", longest=TEXT_LONGEST, language=language)
            said.finish()
            texts[language] = Piece(title, text, "human" if language in human else "draft")
    inner.finish()
    return texts
