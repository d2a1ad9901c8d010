"""Owns the check of the time grammar against the single moments of Duckling's corpora."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import orjson

from benchmarks.questions import EXAMPLES
from bot.core.understanding import Words
from bot.core.understanding.moments import When, read_when
from bot.core.understanding.spotting import spot

FOLDER = EXAMPLES / "duckling"
ASKED = datetime.fromisoformat("2013-02-12T04:30:00+01:00")
GRAINS = ("day", "hour", "minute", "week", "month")
# What the grammar does not claim: the past, other time zones, holidays, "the third Tuesday of", "after next", "ides".
# A weekday named on that weekday is today here, a week later there; "next" is the coming one here.
UNCLAIMED = re.compile(
    r"\b(?:sidste|forrige|siden|igen|g[åa]r|forg[åa]rs|juledag|juleaften|nyt[åa]r\w*|første|tredje|anden|i denne uge"
    r"|last|past|previous|ago|yesterday|ides|closest|after next|upcoming|first|second|third|fifth|ish|next|from now"
    r"|years?|christmas|of this|the week of|of next|of the next|noon|morning at|morning @|evening at|afternoon at"
    r"|[a-z]{2,3}t|ist)\b|^tuesday$|^tirsdag$"
    r"|الماضي|السابق|المنصرم|قبل|امس|البارح|الاخير|اخر|ثالث|ثاني|ثان|اول |الأول|الاولى|منتصف|نصف شهر|نص شهر|بداية"
    r"|كريسماس|توقيت|^الثلاثاء$|هذا الشهر|هذا الاسبوع|الحالي",
    re.IGNORECASE,
)


def verdicts(path: Path, words: Words) -> Iterator[tuple[str, bool, bool]]:
    """For each example that can be claimed (its text): whether the grammar reads a moment in it, and the right one."""
    for line in path.read_text(encoding="utf-8").splitlines():
        example = orjson.loads(line)
        at = datetime.fromisoformat(example["at"])
        if (
            example["grain"] not in GRAINS
            or UNCLAIMED.search(example["text"])
            or at.date() < ASKED.date().replace(day=1)
        ):
            continue
        when = read_when(spot(words, example["text"], path.stem).items, ASKED)
        yield example["text"], bool(when.start or when.time), _right(when, at, example["grain"])


def _right(when: When, at: datetime, grain: str) -> bool:
    """A day, week or month by its days; an hour on its day or, said alone, by the clock (either half of the day)."""
    if grain in ("day", "week", "month"):
        return bool(when.start and when.end and when.start <= max(at.date(), ASKED.date()) <= when.end) and (
            grain != "day" or when.start == when.end
        )
    if not when.time:  # "in 5 days" is an hour there and a day here
        return when.start == at.date() and grain == "hour" and at.hour == ASKED.hour
    hour, minute = (int(part) for part in when.time.split(":"))
    same = minute == at.minute and hour % 12 == at.hour % 12
    return same and (when.start is None or when.start == at.date())
