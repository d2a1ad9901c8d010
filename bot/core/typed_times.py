"""Clock times as people type them into a form: 17-19.30, kl. 1730, 5 pm to 7, ١٧:٣٠; never a guess without a say."""

from __future__ import annotations

import re
import unicodedata
from datetime import time

Hours = tuple[time, time | None]
"""A start, and an end where one was typed."""

_TOKEN = re.compile(
    r"(?<!\d)(?:(\d{1,2})\s*[.:hH٫,]\s*(\d{2})|(\d{2})(\d{2})|(\d{1,2}))(?!\d)\s*(am|pm|a\.m\.|p\.m\.)?", re.I
)
_EVENING = re.compile(r"\b(?:aften|eftermiddag|evening|afternoon|tonight)|مساء|عصر|ምሸት|ድሕሪ ቐትሪ", re.I)
_MORNING = re.compile(r"\b(?:morgen|formiddag|morning)|صباح|ንግሆ|ቅድሚ ቐትሪ", re.I)
_ETHIOPIC = re.compile("[\u1200-\u137f]")
MOST_LETTERS = 40


def read_hours(text: str) -> tuple[Hours, ...]:
    """What the text may mean, likeliest first: one where it is plain, two where it has two readings, none at all.

    A bare hour up to 7 is in the afternoon, as nobody meets at night (“5” is 17:00), and the morning is offered
    beside it. In Ethiopic letters hours may be counted from six: both are offered.
    """
    plain = "".join(str(unicodedata.digit(each)) if each.isdigit() else each for each in text)
    found = list(_TOKEN.finditer(plain))
    if not 1 <= len(found) <= 2 or len(text) > MOST_LETTERS:
        return ()
    read = [_token(each) for each in found]
    if any(each is None for each in read):
        return ()
    tokens = [each for each in read if each is not None]
    half = tokens[-1][2] or ("pm" if _EVENING.search(plain) else "am" if _MORNING.search(plain) else "")
    tokens = [(hour, minute, own or half, exact) for hour, minute, own, exact in tokens]
    if all(exact or own for _, _, own, exact in tokens):
        return (_hours([_on_clock(hour, minute, own) for hour, minute, own, _ in tokens]),)
    return _readings(tokens, ethiopic=bool(_ETHIOPIC.search(plain)))


def _token(found: re.Match[str]) -> tuple[int, int, str, bool] | None:
    """Hour, minute, am or pm, and whether the hour can only be one of 24."""
    hour = int(found[1] or found[3] or found[5])
    minute = int(found[2] or found[4] or 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    half = (found[6] or "").replace(".", "").lower()
    padded = (found[1] or found[3] or found[5]).startswith("0")
    return hour % 24, minute, half if hour <= 12 else "", hour > 12 or hour == 0 or padded


def _on_clock(hour: int, minute: int, half: str) -> time:
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    return time(hour, minute)


def _hours(clocks: list[time]) -> Hours:
    return clocks[0], clocks[1] if len(clocks) > 1 else None


def _readings(tokens: list[tuple[int, int, str, bool]], *, ethiopic: bool) -> tuple[Hours, ...]:
    as_typed = [time(hour, minute) for hour, minute, _, _ in tokens]
    later = [clock if clock.hour >= 12 or exact else time(clock.hour + 12, clock.minute)
             for clock, (_, _, _, exact) in zip(as_typed, tokens, strict=True)]  # fmt: skip
    if ethiopic:
        day = [time((clock.hour + 6) % 24, clock.minute) for clock in as_typed]
        return _hours(day), _hours(later if as_typed[0].hour < 8 else as_typed)
    if as_typed[0].hour >= 12:
        return (_hours(_after(as_typed, later)),)
    if as_typed[0].hour >= 8:  # "10-12" is in the morning; "10-2" ends in the afternoon
        first = _after(as_typed, later)
        return (_hours(first),) if as_typed[0].hour >= 9 or len(tokens) > 1 else (_hours(first), _hours(later))
    return _hours(later), _hours(as_typed)


def _after(clocks: list[time], later: list[time]) -> list[time]:
    """The end of half a day later where it would else be before the start."""
    if len(clocks) == 2 and clocks[1] <= clocks[0]:
        return [clocks[0], later[1]]
    return clocks
