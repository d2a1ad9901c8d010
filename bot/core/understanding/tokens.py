"""A text cut into words and numbers, each with the characters it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from bot.core.understanding.folding import Script, script_and_key, script_of, western_digits

NumberKind = Literal["count", "ordinal", "clock", "date"]


@dataclass(frozen=True, slots=True)
class Number:
    """Digits of the text: a count, an ordinal ("28."), a clock time (hour, minute) or a date (day, month, year)."""

    kind: NumberKind
    value: int
    second: int = 0
    year: int | None = None
    doubtful: bool = False


class Token(NamedTuple):
    """A word or number: its key (`folding.exact`), script and place in the text. `gap` says what stood before it."""

    key: str
    script: Script
    start: int
    end: int
    number: Number | None = None
    gap: str = ""
    capital: bool = False


_GLUED = r"|(?P<glued>\d{1,2}(?=(?:am|pm|AM|PM|Am|Pm|a\.m|p\.m|kl|t|h|min|u|år|ar|aar|yr|yrs|yo|y|m|x)\b))"
_WORD_TEXT = r"(?P<word>[^\W\d_](?:[^\W_]++|(?<=\w)['’`´](?=\w)|[\u064b-\u065f\u0670])*)"
_PATTERN_TEXT = (
    _WORD_TEXT + r"|(?P<iso>\d{4}-\d{1,2}-\d{1,2})"
    r"|(?P<slash>\d{1,2}/\d{1,2}(?:/\d{2,4})?)(?![\d/])"
    r"|(?P<dots>\d{1,2}[.\-]\d{1,2}[.\-]\d{4})"
    r"|(?P<clock>\d{1,2}[:.h]\d{2})(?![\d%])"
    r"|(?P<short>\d{1,2}\.\d)(?!\d)"
    r"|(?P<ordinal>\d{1,2})(?:st|nd|rd|th|\.)(?![\w.])"
    r"|(?P<number>\d+)(?![A-Za-zÀ-ɏ\d])"
    "{glued}"
    r"|(?P<joined>\d+[^\W\d_]\w*)"
)
_WORD = re.compile(_WORD_TEXT)
_DIGIT = re.compile(r"\d")
_PATTERN = re.compile(_PATTERN_TEXT.replace("{glued}", _GLUED))
_CHAT_PATTERN = re.compile(_PATTERN_TEXT.replace("{glued}", ""))
_GEEZ_NUMERALS = "፩፪፫፬፭፮፯፰፱፲፳፴፵፶፷፸፹፺"
_ETHIOPIC_DIGIT = re.compile(
    r"(?<=[\u1200-\u137c\u0600-\u06ff])(?=\d)|(?<=\d)(?=[\u1200-\u137c\u0600-\u06ff])"
    r"|(?<=[\u1200-\u135a])(?=[\u1369-\u137c])|(?<=[\u1369-\u137c])(?=[\u1200-\u135a])"
)


def _number(kind: str, text: str) -> Number | None:
    if kind in _WORDS:
        value = int(text) if text.isdecimal() and len(text) < 9 else _geez_number(text)
        return Number("count", value) if value is not None else None
    if kind == "iso":
        year, month, day = (int(n) for n in text.split("-"))
        return Number("date", day, month, year)
    if kind in ("slash", "dots", "short"):
        first, second, *rest = (int(n) for n in re.split(r"[/.\-]", text))
        century = 2000 if rest and rest[0] < 100 else 0
        return Number("date", first, second, rest[0] + century if rest else None, doubtful=kind == "short")
    if kind == "clock":
        hour, minute = (int(n) for n in re.split(r"[:.h]", text))
        return Number("clock", hour, minute, doubtful="." in text)
    if kind == "ordinal":
        return Number("ordinal", int(text.rstrip(".sthndr")))
    return Number("count", int(text)) if len(text) < 9 else None


def _geez_number(text: str) -> int | None:
    """፲፭ is 15: tens and ones below a hundred, as days are written."""
    values = [_GEEZ_NUMERALS.find(sign) for sign in text]
    if not 1 <= len(values) <= 2 or -1 in values or (len(values) == 2 and not values[1] < 9 <= values[0]):
        return None
    return sum(value + 1 if value < 9 else (value - 8) * 10 for value in values)


def tokenise(text: str, *, chat: bool = False) -> list[Token]:
    """Words and numbers in reading order. Punctuation is not a token; it is the `gap` before the next one.

    `chat`: Latin text is Arabic in chat spelling, where a digit glued to letters is a letter (3am, 7aki).
    """
    plain = text if text.isascii() else western_digits(text)
    tokens: list[Token] = []
    last = 0
    pattern = (_CHAT_PATTERN if chat else _PATTERN) if _DIGIT.search(plain) else _WORD
    for found in pattern.finditer(plain):
        start, end = found.span()
        raw = plain[start:end]
        if found.lastgroup == "word" and (raw.isalpha() or raw.isascii()):
            script, key = script_and_key(raw)
            if key:
                tokens.append(Token(key, script, start, end, None, plain[last:start], raw[0].isupper()))
        else:
            tokens += _parted(plain, last, start, raw, found.lastgroup or "word")
        last = end
    return tokens


def _parted(plain: str, last: int, start: int, raw: str, kind: str) -> Iterator[Token]:
    """The tokens of a match that is more than letters; `last` is where the one before it ended."""
    for piece_start, piece_end, piece in _pieces(raw, start, kind):
        number = _number(kind, piece)
        script, key = (script_of(piece), piece) if number else script_and_key(piece)
        if key:
            yield Token(key, script, piece_start, piece_end, number, plain[last:piece_start], piece[:1].isupper())
        last = piece_end


_WORDS = ("word", "joined")


def _pieces(raw: str, start: int, kind: str) -> list[tuple[int, int, str]]:
    """A word such as الساعة٥ or ሰዓት3 parted where its script meets digits; everything else whole."""
    if kind not in _WORDS or raw.isascii() or not any(c.isdigit() for c in raw):
        return [(start, start + len(raw), raw)]
    pieces = []
    at = start
    for piece in _ETHIOPIC_DIGIT.split(raw):
        pieces.append((at, at + len(piece), piece))
        at += len(piece)
    return pieces
