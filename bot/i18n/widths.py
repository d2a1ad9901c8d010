"""How wide a label is on a phone: sums of Noto's advance widths, from a table read once from the fonts."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from pathlib import Path

SIZE = 15  # px
LABEL_WIDEST = 150  # px at that size; a wider label is cut off where three buttons share a row
EMOJI = 1250  # thousandths of an em, as the emoji fonts of phones draw them
_UNKNOWN = 600
_EMPTY = frozenset({"Mn", "Me", "Cf"})

Widths = tuple[dict[str, int], dict[str, list[int]]]


@cache
def _widths() -> Widths:
    """Of each character, and of each joining letter's forms: alone, at the end, at the start, in the middle."""
    table = json.loads((Path(__file__).parent / "widths.json").read_text("utf-8"))
    plain = {
        chr(int(first, 16) + place): width for first, run in table["plain"].items() for place, width in enumerate(run)
    }
    return plain, table["joining"]


def label_width(text: str) -> float:
    """Pixels at 15 px. Arabic letters are measured as they join; an emoji counts as one and a quarter em."""
    plain, joining = _widths()
    shown = [one for one in text if unicodedata.category(one) not in _EMPTY]
    total = 0
    for place, one in enumerate(shown):
        if one not in joining:
            total += plain.get(one, EMOJI if unicodedata.category(one) == "So" else _UNKNOWN)
            continue
        after_joining = place > 0 and len(joining.get(shown[place - 1], ())) == 4
        before_joining = place + 1 < len(shown) and shown[place + 1] in joining
        forms = joining[one]
        total += forms[after_joining + 2 * (before_joining and len(forms) == 4)]
    return total * SIZE / 1000
