"""When: days, parts of the day and clock times read from the items of a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from bot.core.understanding import calendar_days as days
from bot.core.understanding.clock import Clock, read_clock, until_glued_on
from bot.core.understanding.frame import Evidence
from bot.core.understanding.lookup import COMPOUND
from bot.core.understanding.numbers import count_at, unit_at, unit_of
from bot.core.understanding.spotting import Item

_PARTS = ("morning", "afternoon", "evening")
_DAY_NUMBERS = ("number.", "ordinal.", "weekday.", "month.", "unit.")
_DAY_WORDS = frozenset(
    ["the_date", "this", "next", "last", "this_week", "next_week", "this_month", "next_month", "today", "tonight",
     "tomorrow", "after_tomorrow", "yesterday", "in_two_weeks", "in_a_week", "weekend", "before_weekend",
     "week_after_next", "week_from", "month_end"]
)  # fmt: skip
_BEFORE_A_DAY = frozenset({"in_place", "filler", "the_date", "date_joins", "joins"})
_PART_IDS = frozenset(f"part.{part}" for part in _PARTS)


@dataclass(slots=True)
class When:
    """What a sentence says about time. `used` are the items that said it; `past` that it speaks of a day gone,
    `span` that it counts minutes or hours from now, `refused` that its only days are those one does not come on."""

    start: date | None = None
    end: date | None = None
    part: str | None = None
    time: str | None = None
    hours: tuple[str, ...] = ()
    past: bool = False
    span: bool = False
    refused: bool = False
    evidence: list[Evidence] = field(default_factory=list)
    used: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Found:
    """A day or span of days, by what kind of words: that decides which one counts when there are several."""

    kind: str
    start: date
    end: date
    at: int
    until: int


def read_when(items: Sequence[Item], now: datetime, *, ask_bare_hours: bool = False) -> When:
    """The days, part and clock time of these items, seen from `now` (aware, local)."""
    when = When()
    found: list[_Found] = []
    clock: Clock | None = None
    at = 0
    while at < len(items):
        if not items[at].number and "time" not in items[at].kinds:
            at += 1
            continue
        step = _span_from_now(items, at, now, when) or _days(items, at, now.date(), found)
        if not step and clock is None:
            clock = read_clock(items, at)
            step = clock.until if clock else None
            for inside in range(at + 1, clock.until if clock else at):  # "at half past seven tonight"
                _days(items, inside, now.date(), found)
        _part(items, at, now, when, found)
        if step:
            when.used.update(range(at, step))
        else:
            step = at + 1
        at = step
    _choose_days(items, found, now.date(), when)
    if clock:
        _set_clock(items, clock, when, now, ask_bare_hours)
    return when


def _evidence(items: Sequence[Item], slot: str, value: str, at: int, until: int) -> Evidence:
    return Evidence(slot, value, items[at].start, items[until - 1].end)


def _span_from_now(items: Sequence[Item], at: int, now: datetime, when: When) -> int | None:
    """In two hours, om en time, بعد ساعتين, ድሕሪ ክልተ ሰዓት: `now` plus the span."""
    item = items[at]
    if not item.has("in_span"):
        amount, unit, until = unit_at(items, at)
        if not unit or until >= len(items) or not items[until].has("from_now"):
            return None
        until += 1  # "three days from now"
    elif at and unit_of(items[at - 1]) and items[at - 1].tier != COMPOUND:
        return None  # "one hour in the week" says how often
    else:
        amount, unit, until = unit_at(items, at + 1)
    if not unit or (until == at + 2 and unit_of(items[at + 1]) and count_at(items, until) is not None):
        return None  # "in week 50", "ድሕሪ ሰዓት ሓሙሽተ" are no spans
    if unit in ("minute", "hour"):
        moment = now + timedelta(minutes=round(amount * (1 if unit == "minute" else 60)))
        when.time = moment.strftime("%H:%M")
        when.span = True
        when.evidence.append(_evidence(items, "time", when.time, at, until))
    elif unit == "month":
        moment = now.replace(day=1) + timedelta(days=31 * round(amount))
        moment = moment.replace(day=min(now.day, days.month_end(moment.date()).day))
    else:
        moment = now + timedelta(days=round(amount * {"day": 1, "week": 7, "year": 365}[unit]))
    when.start = when.end = moment.date()
    when.evidence.append(_evidence(items, "from", moment.date().isoformat(), at, until))
    return until


@lru_cache(4096)
def _may_be_a_day(ids: frozenset[str]) -> bool:
    """Whether a day can begin with an item of these concepts: most words of time are no days."""
    return not _DAY_WORDS.isdisjoint(ids) or any(concept.startswith(_DAY_NUMBERS) for concept in ids)


def _days(items: Sequence[Item], at: int, today: date, found: list[_Found]) -> int | None:
    if not items[at].number and not _may_be_a_day(items[at].ids):
        return None
    for reader in _READERS:
        got = reader(items, at, today)
        if got:
            kind, start, end, until = got
            found.append(_Found(kind, start, end, at, until))
            return until
    return None


_READERS: tuple[Callable[[Sequence[Item], int, date], days.Read | None], ...] = (
    days.read_nth_weekday,
    days.read_date,
    days.read_relative,
    days.read_week_number,
    days.read_named_day,
    days.read_month,
)


def _part(items: Sequence[Item], at: int, now: datetime, when: When, found: list[_Found]) -> None:
    """The part of the day an item says; after "this" it is today's."""
    item = items[at]
    if _PART_IDS.isdisjoint(item.ids) or (at and _wishes_well(items[at - 1])):
        return
    for part in _PARTS:
        if item.has(f"part.{part}") and item.tier != COMPOUND:  # a games evening is a kind of evening
            if when.part is None and not _refused(items, at):
                when.part = part
                when.evidence.append(_evidence(items, "part", part, at, at + 1))
            when.used.add(at)
            if at and items[at - 1].has("this"):
                found.append(_Found("day", now.date(), now.date(), at - 1, at + 1))
            return


def _wishes_well(item: Item) -> bool:
    """Whether a greeting of several words begins here: "good evening" names no time."""
    return any(entry.concept == "greeting" and len(entry.words) > 1 for entry in item.entries)


def _choose_days(items: Sequence[Item], found: list[_Found], today: date, when: When) -> None:
    """A date beats a weekday beats a week: "Friday next week" is one day, "Friday 28/11" the date."""
    when.past = any(f.kind == "past" for f in found)
    wanted = [f for f in found if not _refused(items, f.at)]
    when.refused = bool(found) and not wanted
    found = wanted or found
    kinds: dict[str, list[_Found]] = {}
    for one in found:
        kinds.setdefault(one.kind, []).append(one)
    chosen: list[_Found] = []
    for kind in ("date", "weekday", "day", "weekend", "week", "month"):
        if kind in kinds:
            chosen = kinds[kind]
            break
    if not chosen:
        return
    if when.start and chosen[0].kind in ("week", "day", "month"):
        return  # "in two weeks from today"
    start, end = chosen[0].start, chosen[0].end
    if when.start and chosen[0].kind == "weekday":
        start = end = _nearest(when.start, start.isoweekday())
    elif chosen[0].kind == "weekday":
        start, end = _weekdays(items, kinds, chosen)
    elif chosen[0].kind == "date" and len(chosen) > 1 and chosen[1].start > start:
        end = chosen[1].end
    when.start, when.end = start, end
    for one in chosen:
        when.used.update(range(one.at, one.until))
        when.evidence.append(_evidence(items, "from", start.isoformat(), one.at, one.until))


def _nearest(day: date, weekday: int) -> date:
    """This weekday, before or after a day that was counted: in a fortnight, so Thursday."""
    return day + timedelta(days=(weekday - day.isoweekday() + 3) % 7 - 3)


def _refused(items: Sequence[Item], at: int) -> bool:
    """Not on Saturdays, except Friday: but "I cannot Saturday" is about Saturday."""
    for back in range(at - 1, max(-1, at - 4), -1):
        if items[back].ids & {"not", "except"}:
            return not items[back].ids & {"can", "cannot"} and not (
                back and items[back - 1].ids & {"can", "cannot", "why"}
            )
        if not items[back].ids & _BEFORE_A_DAY or any(mark in items[back + 1].gap for mark in ".,;?!،؟።"):
            return False
    return False


def _weekdays(items: Sequence[Item], kinds: dict[str, list[_Found]], chosen: list[_Found]) -> tuple[date, date]:
    start, end = chosen[0].start, chosen[0].end
    week = next((w for w in kinds.get("week", ()) if w.end - w.start == timedelta(days=6)), None)
    if week:
        start = end = week.start + timedelta(days=chosen[0].start.weekday())
    for day in kinds.get("day", ()):  # "from today until Friday"
        if 0 <= chosen[0].at - day.until <= 2 and _until(items, day.until, chosen[0].at):
            start = day.start
    for other in chosen[1:]:
        joined = other.at - chosen[0].until <= 2
        if joined and other.start != chosen[0].start:
            last = week.start + timedelta(days=other.start.weekday()) if week else other.start
            if _until(items, chosen[0].until, other.at) and last < start:
                last += timedelta(days=7)
            start, end = min(start, last), max(end, last)
    return start, end


def _until(items: Sequence[Item], after: int, at: int) -> bool:
    """Whether what stands between two days says "until": a word, a dash, or what is glued on ("للجمعة")."""
    said = any(item.has("until") for item in items[after:at])
    return said or items[at].gap.strip() in ("-", "–") or until_glued_on(items[at])


def _set_clock(items: Sequence[Item], clock: Clock, when: When, now: datetime, ask_bare_hours: bool) -> None:
    if when.time:
        return
    part = clock.part or when.part
    if clock.hour <= 12 and any(item.has("habesha_clock") for item in items):
        clock, ask_bare_hours = _from_dawn(clock, part), ask_bare_hours and part is None
    bare = not clock.full and clock.hour <= 12 and not clock.part
    hour = clock.hour
    if not clock.full and hour <= 12:
        hour = _half_of_day(hour, part)
    when.time = f"{hour % 24:02d}:{clock.minute:02d}"
    if bare and ask_bare_hours and 1 <= clock.hour <= 12 and (part is None or _odd(clock.hour, part)):
        first, second = (clock.hour + 6) % 24, _half_of_day(clock.hour, part)
        if part is not None:  # 3 in the morning is 9, 1 in the evening 19
            first = _from_dawn(clock, part).hour
            when.time = f"{first:02d}:{clock.minute:02d}"
        other = first if first != second else (clock.hour + 12) % 24
        when.hours = tuple(sorted({f"{h:02d}:{clock.minute:02d}" for h in (other, second)}))
    if clock.part and when.part is None:
        when.part = clock.part if clock.part_said else _part_of(hour % 24)
    when.evidence.append(_evidence(items, "time", when.time, clock.at, clock.until))


def _from_dawn(clock: Clock, part: str | None) -> Clock:
    """The clock that counts from dawn ("ብሓበሻ ሰዓት 2 ንግሆ" is 8): as it is with six hours more."""
    hour = (clock.hour % 12 + (18 if part == "evening" else 6)) % 24
    return replace(clock, hour=hour, full=part is not None)


def _part_of(hour: int) -> str:
    return "morning" if hour < 12 else "afternoon" if hour < 17 else "evening"


def _half_of_day(hour: int, part: str | None) -> int:
    """The hour of 24: by the part of the day; without one, the half in which people meet (8 to 19)."""
    if part == "morning":
        return 0 if hour == 12 else hour
    if part in ("afternoon", "evening"):
        return hour if hour == 12 else hour + 12
    return hour if hour in (0, 8, 9, 10, 11, 12) else hour + 12


def _odd(hour: int, part: str) -> bool:
    """A Tigrinya hour that its part of the day contradicts: 2 in the morning, 9 in the afternoon, 1 in the evening."""
    return (part == "morning" and hour < 5) or (part == "evening" and hour < 4) or (part == "afternoon" and hour > 6)
