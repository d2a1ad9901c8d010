"""Owns what a story is: its title, who is brought into it, and its steps in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

CAST = ("newcomer", "volunteer", "coordinator")
"""The three who hold a phone in every demo, by their role."""

ACTS = ("comes_in", "tap", "press", "say", "reply", "start", "opens_link_of", "media", "clock")
"""What a step may do. `comes_in` is a language: start, that language, yes, the first town offered. `tap` is a pattern
of a button's data, `press` a part of a button's label. `reply` answers the newest message of the bot. `start` is a deep
link's payload, `opens_link_of` another phone's newest link. `clock` is a span (PT26H), a moment or `next`."""


@dataclass(frozen=True, slots=True)
class Extra:
    """A phone more than the three; `key` is how the steps name its holder."""

    key: str
    name: str
    language: str
    role: str


@dataclass(frozen=True, slots=True)
class Step:
    """One act. `who` is empty where the clock moves; without a caption it belongs to the step before."""

    line: int
    who: str
    act: str
    what: str
    caption: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Story:
    """One story of a pack. `name` is its file's, without the number that gives its place."""

    name: str
    title: Mapping[str, str]
    people: tuple[Extra, ...]
    steps: tuple[Step, ...]


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in this language, else in English; empty where there is none."""
    return texts.get(language) or texts.get("en", "")
