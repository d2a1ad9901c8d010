"""Directions inside one bubble: isolates round values, a mark before lines, controls stripped from what people write.

The rules are of the Unicode bidirectional algorithm (UAX #9), tried on Danish addresses, phone numbers and times inside
Arabic: an isolate keeps each of them readable, a mark after them does not. Isolates are never nested, since some
Telegram clients lose count of them.
"""

from __future__ import annotations

import re

LRI = "\u2066"  # left-to-right isolate: times, distances, prices, numbers, addresses
FSI = "\u2068"  # first-strong isolate: names and titles, whose direction we do not know
PDI = "\u2069"  # pop directional isolate: ends either
RLM = "\u200f"  # right-to-left mark: an invisible letter of an Arabic line

_RTL = "\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RTL_CHARACTER = re.compile(f"[{_RTL}]")
_LTR_VALUE = re.compile(r"[\d@]|://")  # a value with one of these is a time, a number, an address
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_DIRTY = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_GAPS = re.compile(r"\n{3,}")

# How a line opens, up to its first letter: as the algorithm reads it (what is isolated does not count), and as a
# client reads it that does not know isolates. Both must come upon a right-to-left letter.
_OPENING = re.compile(r"(?:<[^>]*>|&\w+;|[\W\d_])*")
_OPENING_OUTSIDE = re.compile(rf"(?:[{LRI}{FSI}][^{PDI}]*{PDI}|<[^>]*>|&\w+;|[\W\d_])*")
_SOMETHING = re.compile(r"\w")


def clean(text: str) -> str:
    """What a person wrote without direction controls, other controls and halves of characters; line breaks stay."""
    if not _DIRTY.search(text) and "\n\n\n" not in text:
        return text
    text = _BREAKS.sub("\n", text).replace("\t", " ")
    return _GAPS.sub("\n\n", _DIRTY.sub("", text))


def has_rtl(text: str) -> bool:
    """Whether a right-to-left letter (Arabic, Hebrew, …) stands anywhere in it."""
    return _RTL_CHARACTER.search(text) is not None


def isolate_for(text: str, rtl: bool) -> str:
    """The isolate that opens before a value in a language of this direction; empty where none is needed."""
    if has_rtl(text):
        return FSI
    if not rtl:
        return ""
    return LRI if _LTR_VALUE.search(text) else FSI


def lead(text: str) -> str:
    """A right-to-left text of one or more lines, each of them marked where it would be laid out left to right."""
    return "\n".join([_lead_line(line) for line in text.split("\n")])


def _lead_line(line: str) -> str:
    if _opens_rtl(line, _OPENING) and _opens_rtl(line, _OPENING_OUTSIDE):
        return line
    return RLM + line if _SOMETHING.search(line) else line


def _opens_rtl(line: str, opening: re.Pattern[str]) -> bool:
    found = opening.match(line)
    return found is not None and _RTL_CHARACTER.match(line, found.end()) is not None
