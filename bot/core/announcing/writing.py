"""What somebody wrote, made fit for a bubble: sound HTML, two pieces where one is too long, the script it is in."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Literal

TEXT_ROOM = 3900
"""UTF-16 units of a text; Telegram takes 4,096, and our own head stands above it."""

CAPTION_ROOM = 900
"""The same under a picture or voice note, of 1,024."""

TELEGRAM_CUTS_AT = 4000
"""A text this long is likely the first part of one that the app has cut: the next one belongs to it."""

TELEGRAM_HOLDS = 4096
"""UTF-16 units of the longest text: what the app found no white space in is cut in a word."""

_TAG = re.compile(r"<(/?)([a-zA-Z]+)>")
_ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_KNOWN = frozenset({"b", "i", "u", "s", "code", "blockquote"})
_SENTENCE_ENDS = (". ", "! ", "? ", "؟ ", "። ", "፧ ")
_FULL_STOPS = tuple(end.strip() for end in _SENTENCE_ENDS)

Fault = Literal["", "never_closed", "closes_nothing", "unknown_tag"]


def visible_length(text: str) -> int:
    """How long Telegram finds it: UTF-16 units of what people see."""
    return len(html.unescape(_ANY_TAG.sub("", text)).encode("utf-16-le")) // 2


def as_html(text: str) -> tuple[str, Fault, str]:
    """What was typed, as sound HTML; tags that somebody typed count where they are sound.

    Gives also what is wrong with them (then they are shown as letters) and the tag it is about.
    """
    fault, tag = _tag_fault(text)
    escaped = html.escape(text, quote=False)
    if fault or not _TAG.search(text):
        return escaped, fault, tag
    return re.sub(r"&lt;(/?)([a-zA-Z]+)&gt;", lambda found: f"<{found[1]}{found[2].lower()}>", escaped), "", ""


def _tag_fault(text: str) -> tuple[Fault, str]:
    stack: list[str] = []
    for closing, name in _TAG.findall(text):
        if name.lower() not in _KNOWN:
            return "unknown_tag", name
        if not closing:
            stack.append(name.lower())
        elif not stack or stack.pop() != name.lower():
            return "closes_nothing", name
    return ("never_closed", stack[-1]) if stack else ("", "")


def joined(first: str, second: str) -> str:
    """HTML of a text that the app has cut in two. It leaves out the white space there, a line's end by preference."""
    if visible_length(first) >= TELEGRAM_HOLDS:
        return first + second
    return f"{first}\n{second}" if first.endswith(_FULL_STOPS) else f"{first} {second}"


def in_two(text: str) -> tuple[str, str] | None:
    """The HTML cut in two that both fit: at a paragraph near the middle, else a line, a sentence, a word.

    None where two would not do. No tag is open at the cut.
    """
    whole = visible_length(text)
    if whole > 2 * TEXT_ROOM:
        return None
    cuts = list(_closed_at(text))
    for marks in (("\n\n",), ("\n",), _SENTENCE_ENDS, (" ",)):
        near = sorted((cut for cut in cuts if text[:cut].endswith(marks)), key=lambda cut: abs(2 * cut - len(text)))
        for cut in near:
            first, second = text[:cut].strip(), text[cut:].strip()
            if first and second and max(visible_length(first), visible_length(second)) <= TEXT_ROOM:
                return first, second
    return None


def _closed_at(text: str) -> Iterator[int]:
    """The places after white space at which no tag is open."""
    depth, at = 0, 0
    for piece in re.split(r"(</?[a-zA-Z]+[^<>]*>)", text):
        if piece.startswith("</"):
            depth -= 1
        elif piece.startswith("<"):
            depth += 1
        elif depth == 0:
            yield from (at + found.end() for found in re.finditer(r"\s", piece))
        at += len(piece)


def _known(words: str) -> frozenset[str]:
    return frozenset(words.split())


_DANISH = _known("og det der er på til af ikke vi du med som har kan jeg den blive eller også hvor hvis vil os")
_ENGLISH = _known("the and is to of you for we with are will have this that in on or can at from come our us")
_TIGRINYA = _known("እዩ ኣብ ናይ እዮም ከምኡ ድማ ምስ ካብ ናብ እዚ ኣሎ ይኽእል ንዓ ክትመጽእ")
_AMHARIC = _known("ነው ላይ እና ውስጥ ናቸው ይህ ወደ ነበር ይችላሉ ቀን አለ")
_FARSI = re.compile("[پچژگکی]")
FEW = 12
"""Letters below which nobody can tell a language."""


def looks_like(text: str) -> str:
    """The language a text seems to be in: `ar`, `fa`, `ti`, `am`, `da`, `en`, `latin`; empty where nobody can tell."""
    shown = html.unescape(_ANY_TAG.sub("", text))
    letters = [letter for letter in shown if letter.isalpha()]
    if len(letters) < FEW:
        return ""
    arabic = sum("\u0600" <= letter <= "\u06ff" for letter in letters)
    ethiopic = sum("\u1200" <= letter <= "\u139f" for letter in letters)
    if arabic * 2 > len(letters):
        return "fa" if len(_FARSI.findall(shown)) * 25 > arabic else "ar"
    words = re.findall(r"[^\W\d_]+", shown.lower())
    if ethiopic * 2 > len(letters):
        return "am" if _count(words, _AMHARIC - _TIGRINYA) > _count(words, _TIGRINYA - _AMHARIC) else "ti"
    danish = _count(words, _DANISH - _ENGLISH) + 2 * len(re.findall("[æøå]", shown.lower()))
    english = _count(words, _ENGLISH - _DANISH)
    if danish > english:
        return "da"
    return "en" if english > danish else "latin"


def _count(words: list[str], known: frozenset[str]) -> int:
    return sum(word in known for word in words)


def seems_wrong(text: str, language: str) -> str:
    """The language it seems to be in, where that is not the one it was written for; empty where it may well be."""
    found = looks_like(text)
    if found in ("", language) or (found == "latin" and language in ("da", "en")):
        return ""
    return found
