"""Clock times as four languages say them: half otte, kvart over fem, الساعة سبعة ونص, ሰዓት 3, 5 pm, at 17."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.understanding.lookup import INFLECTED
from bot.core.understanding.numbers import count_at, numbered, ordinal_at, unit_of
from bot.core.understanding.spotting import Item


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time. `full`: it is of 24 hours as it stands; else `hour` is 1 to 12 and `part` may tell the half.
    `part_said`: the part was named, not only am or pm."""

    hour: int
    minute: int
    full: bool
    part: str | None
    at: int
    until: int
    part_said: bool = True


def read_clock(items: Sequence[Item], at: int) -> Clock | None:
    """The clock time that begins at this item. A number alone is none: it needs "kl", minutes, a half or am/pm."""
    said = items[at].has("at_clock")
    first = at + 1 if said else at
    if said and first < len(items) and items[first].has("at_clock"):
        first += 1
    if first >= len(items):
        return None
    if items[first].has("one_to_one"):
        return None  # "one to one" is no minute to one
    got = _before_hour(items, first) or _hour_first(items, first)
    if not got:
        return None
    hour, minute, until, exact = got
    if (items[first].has("article") and until == first + 1) or _hours_before(items, until):
        return None  # "at a café" is not at one
    if until < len(items) and items[until].has("oclock"):
        until, said = until + 1, True
    last = _last_hour(items, until, between=at > 0 and items[at - 1].has("between"))
    if last:
        until = last[1]
    part, after = _half(items, until)
    if part:
        until = after
        part = part if not last or hour < last[0] else None  # "10 to 2 in the afternoon" begins before it
    preposition = not said and at > 0 and items[at - 1].has("before_hour")
    if preposition and (
        items[first].has("number.1") or (at > 1 and items[at - 1].has("until") and items[at - 2].number)
    ):
        preposition = False  # "to a museum", "boys 6 to 8"
    if not (said or exact or part or (preposition and _free(items, until))):
        return None
    if not (0 <= hour <= 24 and 0 <= minute < 60):
        return None
    plain = items[first].number
    full = hour > 12 or hour == 0 or bool(plain and plain.kind == "clock" and items[first].key.startswith("0"))
    halved = part is not None and items[until - 1].has(f"half.{part}")
    return Clock(hour, minute, full, part, at, until, part_said=not halved)


def _hours_before(items: Sequence[Item], at: int) -> bool:
    """Whether the number before was how many: "2 hours before"."""
    return at + 1 < len(items) and unit_of(items[at]) == "hour" and items[at + 1].has("before_hour")


def _last_hour(items: Sequence[Item], at: int, *, between: bool) -> tuple[int, int] | None:
    """The hour at which it ends ("til 18", "- 18:30"), and the item after it; nothing is searched by it."""
    if at >= len(items):
        return None
    place = at if items[at].gap.strip() in ("-", "–") else at + 1
    until = items[at].has("until") or items[at].has("clock_to") or (between and items[at].has("joins.time"))
    if place > at and not until and not until_glued_on(items[at]):
        return None
    if place < len(items) and items[place].has("at_clock"):
        place += 1
    number = items[place].number if place < len(items) else None
    hour = number.value if number and number.kind == "clock" else count_at(items, place)
    if not hour or hour > 24 or not _free(items, place + 1):
        return None
    return hour, place + 1


def until_glued_on(item: Item) -> bool:
    """Whether Arabic's "until the" stands glued to the word: للجمعة, للساعة."""
    return item.script == "arabic" and item.key.startswith("لل") and item.tier == INFLECTED


def _half(items: Sequence[Item], at: int) -> tuple[str | None, int]:
    """am, pm, "in the morning", "om aftenen", مساء right after the hour."""
    for ahead in (at, at + 1):
        if ahead < len(items):
            if "," in items[ahead].gap or "،" in items[ahead].gap:
                break
            for part in ("morning", "afternoon", "evening"):
                if items[ahead].has(f"part.{part}") or items[ahead].has(f"half.{part}"):
                    return part, ahead + 1
            if not items[ahead].has("joins"):
                break
    return None, at


def _free(items: Sequence[Item], at: int) -> bool:
    """Nothing after the number says that it counts something (at 5 years, by 3 people)."""
    if at >= len(items):
        return True
    item = items[at]
    if item.has("counted") or "audience" in item.kinds:
        return False
    return bool(item.gap.strip() or (not unit_of(item) and (item.ids or item.number)))


def _hour_first(items: Sequence[Item], at: int) -> tuple[int, int, int, bool] | None:
    """17:30, 5, five; then half past, a quarter, ten minutes: 7 ونص, 5 الا ربع, 3ን ፈረቓን."""
    item = items[at]
    if item.number and item.number.kind == "clock":
        if item.number.value > 24 or item.number.second > 59:
            return None
        return item.number.value, item.number.second, at + 1, True
    if item.number and item.number.kind == "date" and item.number.doubtful:
        return None
    hour = count_at(items, at)
    if item.number and hour and 100 <= hour <= 2359 and hour % 5 == 0 and hour % 100 < 60 and _free(items, at + 1):
        return hour // 100, hour % 100, at + 1, False  # "kl 1930", "730pm"
    if hour is None:
        hour = ordinal_at(items, at) if not item.number else None
    if hour is None or hour > 24:
        return None
    after = at + 1
    if after < len(items):
        step = _minutes(items[after])
        if step is not None:
            return _moved(hour, step, after + 1)
        first = after + 1 if items[after].has("clock_plus") else after
        minutes = count_at(items, first)
        if minutes is not None and first + 1 < len(items) and unit_of(items[first + 1]) == "minute":
            return _moved(hour, minutes, first + 2)
        alone = hour > 12 and not item.number  # "atten tredive"
        if minutes in _SPOKEN_MINUTES and at and not items[first].number and (alone or items[at - 1].has("at_clock")):
            return _moved(hour, minutes or 0, first + 1)
    return hour, 0, after, False


_SPOKEN_MINUTES = (5, 10, 15, 20, 25, 30, 40, 45, 50)
"""Minutes said right after the hour without the word: ሰዓት ክልተን ዕስራን, at five twenty."""


def _minutes(item: Item) -> int | None:
    return numbered(item.ids, "minutes.")


def _moved(hour: int, step: int, until: int) -> tuple[int, int, int, bool]:
    total = hour * 60 + step
    return total // 60 or 12, total % 60, until, True


def _before_hour(items: Sequence[Item], at: int) -> tuple[int, int, int, bool] | None:
    """Half otte, kvart over fem, ten to eight, fem minutter i halv ni: minutes said before the hour."""
    if items[at].has("half_before"):
        hour = count_at(items, at + 1)
        return _moved(hour, -30, at + 2) if hour is not None and hour <= 24 else None
    if items[at].has("half_after") and (hour := count_at(items, at + 1)) is not None and 1 <= hour <= 12:
        return _moved(hour, 30, at + 2)
    minutes = 15 if items[at].has("quarter") else 30 if items[at].has("half") else count_at(items, at)
    if minutes is None:
        return None
    after = at + 1
    if after < len(items) and unit_of(items[after]) == "minute":
        after += 1
    if after >= len(items) or not (items[after].has("clock_past") or items[after].has("clock_to")):
        return None
    sign = 1 if items[after].has("clock_past") else -1
    if after + 1 < len(items) and items[after + 1].has("half_before"):
        hour = count_at(items, after + 2)
        return _moved(hour, -30 + sign * minutes, after + 3) if hour is not None and hour <= 24 else None
    hour = count_at(items, after + 1)
    if hour is None or hour > 24:
        return None
    if items[at].number and sign < 0 and unit_of(items[after - 1]) != "minute":
        from_then = at > 0 and items[at - 1].has("before_hour")
        if minutes > 29 or minutes % 5 or from_then or items[after].has("until"):
            return None  # "8 to 10", "from 10 til 12" are spans of hours
    return _moved(hour, sign * minutes, after + 2)
