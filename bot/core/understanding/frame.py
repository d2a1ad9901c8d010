"""What a person asked and what was understood of it: the question and the frame, as shared/questions fixes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a slot has its value: the slot's name, the value, and the characters of the text that gave it."""

    slot: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Ask:
    """The one question to ask back: what is unclear (`topic`, `tigrinya_hour`, `intent`) and its candidates."""

    about: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What was understood. `start` and `end` are the frame's `from` and `to`, both days included; `time` is HH:MM.

    `place` is the Danish name of the town, `outside` the same name again where that town is not one of the pack's.
    `sure` is false where the bot should ask (`ask`) or show its menu instead of acting. `negated` are topics that
    the person does not want. `language_seen` is the language the text itself seems to be in.
    """

    intent: str
    topics: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    part: str | None = None
    time: str | None = None
    place: str | None = None
    sure: bool = False
    negated: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    outside: str | None = None
    ask: Ask | None = None
    language_seen: str = ""

    @property
    def has_slots(self) -> bool:
        """Whether the text said anything that a follow-up could carry over."""
        return bool(self.topics or self.audience or self.start or self.part or self.time or self.place)


@dataclass(frozen=True, slots=True)
class Question:
    """One message. `now` is aware. `home` is the person's town. `asked` is the frame of the question before it."""

    text: str
    language: str
    now: datetime
    home: str | None = None
    asked: Frame | None = None
