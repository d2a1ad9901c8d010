"""A message said in one language: its text in Telegram's HTML, its buttons, and what goes with it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Literal

from bot.core.model import Venue
from bot.core.say import Button, Copy, Document, Html, Line, Media, Message, Text
from bot.i18n.bidi import lead
from bot.i18n.catalogues import Catalogue, Catalogues
from bot.i18n.values import Names, NotInLanguage, Voice

TEXT_LONGEST = 4096  # UTF-16 units that people see; Telegram refuses more
CAPTION_LONGEST = 1024
LONGEST_VALUES = (1000, 200, 40)  # characters of one value; the next is tried where the whole is too long
LONGEST_IN_BUTTON = 40
_TAG = re.compile(r"</?[a-z]+>")


@dataclass(frozen=True, slots=True)
class SaidButton:
    """A button in one language; `text` is plain, the rest as in `bot.core.say.Button`."""

    text: str
    data: str
    link: str
    style: Literal["", "yes", "no"]


@dataclass(frozen=True, slots=True)
class Said:
    """A message in one language: `text` is Telegram's HTML, at most 4,096 characters (1,024 as a caption)."""

    text: str
    buttons: tuple[tuple[SaidButton, ...], ...]
    keyboard: Literal["", "menu", "location", "contact", "remove"]
    venue: Venue | None
    document: Document | None
    media: Media | None
    copy: Copy | None
    protect: bool
    silent: bool
    language: str


def say_in(message: Message, language: str, catalogues: Catalogues, names: Names) -> Said:
    """The message in this language; the whole of it in English where one of its strings is missing.

    Raises MissingValue for a sentence said without one of its values.
    """
    try:
        return _said(message, catalogues.of(language), names)
    except NotInLanguage:
        return _said(message, catalogues.english, names)


def say_plain(text: Text, language: str, catalogues: Catalogues, names: Names) -> str:
    """One sentence without tags or entities: for an alert, a keyboard, a calendar file. English where it is missing."""
    try:
        return _plain(text, catalogues.of(language), names, LONGEST_VALUES[0])
    except NotInLanguage:
        return _plain(text, catalogues.english, names, LONGEST_VALUES[0])


def _said(message: Message, catalogue: Catalogue, names: Names) -> Said:
    captioned = message.document is not None or message.media is not None or message.copy is not None
    limit = CAPTION_LONGEST if captioned else TEXT_LONGEST
    return Said(
        text=_text(message, catalogue, names, limit),
        buttons=tuple(tuple(_button(one, catalogue, names) for one in row) for row in message.buttons),
        keyboard=message.keyboard,
        venue=message.venue,
        document=message.document,
        media=message.media,
        copy=message.copy,
        protect=message.protect,
        silent=message.silent,
        language=catalogue.language,
    )


def _text(message: Message, catalogue: Catalogue, names: Names, limit: int) -> str:
    """The lines, with shorter values where they would be too long, and at last with fewer lines."""
    lines: list[str] = []
    for longest in LONGEST_VALUES:
        voice = Voice(catalogue, names, plain=False, longest=longest)
        lines = [_line(voice, line) for line in message.lines]
        text = "\n".join(lines)
        text = lead(text) if catalogue.rtl else text
        if _fits(text, limit):
            return text
    while not _fits(text, limit):
        lines.pop()
        text = "\n".join(lines)
        text = lead(text) if catalogue.rtl else text
    return text


def _line(voice: Voice, line: Line) -> str:
    if isinstance(line, Html):
        return line.text
    return voice.written(line) if isinstance(line, str) else voice.sentence(line)


def _fits(text: str, limit: int) -> bool:
    if len(text) * 2 <= limit:
        return True
    return len(html.unescape(_TAG.sub("", text)).encode("utf-16-le")) // 2 <= limit


def _button(button: Button, catalogue: Catalogue, names: Names) -> SaidButton:
    label = _plain(button.label, catalogue, names, LONGEST_IN_BUTTON).replace("\n", " ")
    return SaidButton(label, button.data, button.link, button.style)


def _plain(text: Text, catalogue: Catalogue, names: Names, longest: int) -> str:
    said = Voice(catalogue, names, plain=True, longest=longest).sentence(text)
    return lead(said) if catalogue.rtl else said
