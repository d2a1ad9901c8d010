"""What we say before it has a language: texts with values, buttons, and the message they make.

Core and use-cases return these; `bot.i18n` turns them into one language at the very edge. The English sentence is
the message id, so a translator who opens a catalogue by hand reads what a person will read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from bot.core.model import Venue


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time (aware, UTC); shown as weekday, dd/mm and 24-hour clock in Europe/Copenhagen."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment to another of the same activity; shown as weekday, dd/mm, `17:30–20:00`."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Day:
    """A local date; shown as weekday and dd/mm."""

    on: date


@dataclass(frozen=True, slots=True)
class Hour:
    """The clock time of a moment; shown as `17:30` in Europe/Copenhagen."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Distance:
    """Kilometres as the crow flies; shown rounded, under one kilometre as metres."""

    km: float


@dataclass(frozen=True, slots=True)
class Price:
    """Danish kroner; 0 is said as "free"."""

    kroner: int


@dataclass(frozen=True, slots=True)
class Content:
    """A text that people wrote, by language, in the order of fallback: the reader's, then English, then the source."""

    texts: Mapping[str, str]
    source: str


@dataclass(frozen=True, slots=True)
class Word:
    """A concept of the catalogues that data names: kind is `topic`, `audience`, `language` or `offer`."""

    kind: Literal["topic", "audience", "language", "offer"]
    id: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Several values said one after another, joined by the reader's comma."""

    items: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence: its message id, the values in it, and for a count the plural id and the value that counts."""

    msgid: str
    values: Mapping[str, Value] = field(default_factory=dict)
    context: str | None = None
    plural: str | None = None
    count: int = 1


Value = str | int | Moment | Span | Day | Hour | Distance | Price | Content | Word | Listing | Text


def say(msgid: str, /, **values: Value) -> Text:
    """A sentence. pybabel extracts the first argument."""
    return Text(msgid, values)


def say_many(singular: str, plural: str, count: int, /, **values: Value) -> Text:
    """A sentence with a count; the count itself is the value `n`."""
    return Text(singular, {"n": count, **values}, plural=plural, count=count)


def label(msgid: str, /, **values: Value) -> Text:
    """A button's label: icon and one to three words. Extracted with the context "button"."""
    return Text(msgid, values, context="button")


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button. `data` is callback data (at most 64 bytes, ids only); `link` opens an address instead.

    `share` opens the chat picker with a text to send (switch_inline_query is not needed: a t.me/share link).
    """

    label: Text
    data: str = ""
    link: str = ""
    style: Literal["", "yes", "no"] = ""


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A file to send: its name, its bytes and its MIME type. A PNG is shown as a picture."""

    name: str
    content: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or a voice note that lies at Telegram, by its file id: whoever recorded it sent it to the bot."""

    kind: Literal["photo", "voice"]
    file: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A message of another chat, said again without telling from whom: the chat and its number there."""

    chat: int
    message: int


@dataclass(frozen=True, slots=True)
class Html:
    """Lines that are finished: what somebody wrote, as sound HTML of Telegram. They are never shortened."""

    text: str


Line = Text | str | Html


@dataclass(frozen=True, slots=True)
class Message:
    """One bubble: lines joined by newlines (an empty string parts paragraphs) and rows of buttons under it.

    `keyboard` asks for the lasting keyboard: `menu` (the main menu), `location` (share where I am),
    `contact` (the main menu under a key that shares one's phone number), `remove`.
    A message with a `venue`, `document` or `media` is sent as such, its lines as the bubble or caption. One with a
    `copy` is that message with these lines as its caption; without lines it keeps its own.
    """

    lines: Sequence[Line]
    buttons: Rows = ()
    keyboard: Literal["", "menu", "location", "contact", "remove"] = ""
    venue: Venue | None = None
    document: Document | None = None
    media: Media | None = None
    copy: Copy | None = None
    protect: bool = False
    silent: bool = False
