"""The language plan: which version each language gets, what an announcement is made of, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.core.announcing.model import Announcement, Version
from bot.core.announcing.writing import CAPTION_ROOM, visible_length

FALLBACK = "en"
BAR = 10


@dataclass(frozen=True, slots=True)
class Share:
    """What the readers of one language get: `version` is the language of it, None where they are held back."""

    language: str
    persons: int
    version: str | None

    @property
    def kind(self) -> Literal["own", "fallback", "held"]:
        if self.version is None:
            return "held"
        return "own" if self.version == self.language else "fallback"


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom an announcement would reach, as things stand. `capped` have had what they may get unasked, for now."""

    by_language: Mapping[str, int]
    stopped: int = 0
    blocked: int = 0
    capped: int = 0

    @property
    def persons(self) -> int:
        return sum(self.by_language.values())


def chosen(announcement: Announcement, language: str) -> Version | None:
    """The version that a reader of this language gets, whole; None where they are held back.

    Where there is none in their language and a fallback is allowed: English, then the language it was written in.
    """
    versions = announcement.versions
    order = [language] if announcement.missing == "hold" else [language, FALLBACK, announcement.source]
    for each in order:
        found = versions.get(each)
        if found is not None and found.is_ready:
            return found
    return None


def language_plan(announcement: Announcement, by_language: Mapping[str, int]) -> tuple[Share, ...]:
    """A share for each language that somebody reads, the largest first."""
    shares = []
    for language, persons in by_language.items():
        version = chosen(announcement, language)
        shares.append(Share(language, persons, version.language if version else None))
    return tuple(sorted(shares, key=lambda each: (-each.persons, each.language)))


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message of an announcement: a picture or voice note with words under it, or words alone."""

    kind: Literal["text", "photo", "voice"]
    file: str = ""
    html: str = ""


def bubbles(photo: str, version: Version) -> tuple[Bubble, ...]:
    """What a person gets, in order: few bubbles, as each is a message of its own to Telegram's pace."""
    texts = list(version.texts)
    found: list[Bubble] = []
    if photo:
        caption = texts.pop(0) if fits_caption(texts) else ""
        found.append(Bubble("photo", photo, caption))
    if version.voice:
        caption = texts.pop(0) if fits_caption(texts) else ""
        voice = [Bubble("voice", version.voice, caption)]
    else:
        voice = []
    return (*found, *(Bubble("text", html=each) for each in texts), *voice)


def fits_caption(texts: Sequence[str]) -> bool:
    """Whether the text can stand under a picture or voice note."""
    return len(texts) == 1 and visible_length(texts[0]) <= CAPTION_ROOM


def bar(done: int, of: int) -> str:
    """How far it has come, in ten squares: `▰▰▰▱▱▱▱▱▱▱`. Full only when all is done."""
    full = BAR if done >= of else min(BAR - 1, done * BAR // max(1, of))
    return "▰" * full + "▱" * (BAR - full)


def percent(done: int, of: int) -> int:
    """Whole per cent; 100 only when all is done."""
    return 100 if done >= of else min(99, done * 100 // max(1, of))
