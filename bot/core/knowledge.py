"""Knowledge: short stories and recommendations that volunteers and coordinators share, and what a typed one holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["recommendation", "story"]
KINDS: tuple[Kind, ...] = ("recommendation", "story")
State = Literal["begun", "proposed", "back", "shown", "removed"]
"""Being written; waits for a coordinator; sent back with words; seen by all; taken down."""

TITLE_LONGEST = 60
TEXT_LONGEST = 600
TEXT_LEAST = 20


@dataclass(frozen=True, slots=True)
class Piece:
    """An item in one language. `state`: human where a person who speaks it wrote or read it, else draft."""

    title: str
    text: str
    state: Literal["human", "draft"] = "human"


@dataclass(frozen=True, slots=True)
class Item:
    """One story or recommendation. `ref` names it in buttons: a word where Brobot came with it, else its number.
    `source` is the language it was written in. `seed` names the page that a shipped one comes from."""

    ref: str
    kind: Kind
    themes: tuple[str, ...]
    texts: Mapping[str, Piece]
    source: str
    seed: str = ""

    def read_in(self, language: str) -> str:
        """The language in which a reader of this one gets it: theirs, else English, else the one it was written in."""
        return next(each for each in (language, "en", self.source) if each in self.texts)


@dataclass(frozen=True, slots=True)
class Named:
    """A theme, or a page that items come from, with its names by language."""

    id: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything that may be read: its themes and pages in the order of the file, its items newest last."""

    themes: tuple[Named, ...]
    seeds: tuple[Named, ...]
    items: tuple[Item, ...] = field(default=())

    def item(self, ref: str) -> Item | None:
        return next((each for each in self.items if each.ref == ref), None)

    def theme(self, theme: str) -> Named | None:
        return next((each for each in self.themes if each.id == theme), None)

    def seed(self, seed: str) -> Named | None:
        return next((each for each in self.seeds if each.id == seed), None)

    def about(self, theme: str) -> tuple[Item, ...]:
        return tuple(each for each in self.items if theme in each.themes)


@dataclass(frozen=True, slots=True)
class TooLong:
    """What somebody typed does not fit: which part, how long it is, and how much fits."""

    part: Literal["title", "text"]
    length: int
    most: int


def typed_piece(said: str) -> Piece | TooLong | None:
    """A title and a text of what was typed in one message: the first line is the title. None where one is missing."""
    first, _, rest = said.strip().partition("\n")
    title, text = " ".join(first.split()), rest.strip()
    if not title or len(text) < TEXT_LEAST:
        return None
    if len(title) > TITLE_LONGEST:
        return TooLong("title", len(title), TITLE_LONGEST)
    if len(text) > TEXT_LONGEST:
        return TooLong("text", len(text), TEXT_LONGEST)
    return Piece(title, text)
