"""What a paper said when it went out, in a few letters: the same words give the same stamp, others another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from bot.core.meetings.model import Outcome, Point


def stamp_of(lines: Iterable[Point | Outcome]) -> str:
    """Of the items taken on an agenda, in their order, or of the lines of minutes."""
    plain = [
        (each.id, each.text) if isinstance(each, Point) else (each.id, each.kind, each.text, each.whose, each.due)
        for each in lines
        if each.state not in ("proposed", "declined", "dropped")
    ]
    return hashlib.sha256(repr(plain).encode()).hexdigest()[:16]
