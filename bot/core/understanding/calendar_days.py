"""Days in a row of items: dates, weekdays, weeks, months and weekends, each as its first and last day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.core.understanding.numbers import count_at, numbered, ordinal_at, unit_of
from bot.core.understanding.spotting import Item

Read = tuple[str, date, date, int]
"""Kind (date, weekday, day, weekend, week, month, past), first day, last day, the item after it."""

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


def month_end(day: date) -> date:
    """The last day of the month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - _DAY


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def coming(day: int, month: int, today: date, year: int | None = None) -> date | None:
    """This day and month, of the year named or else the next one that comes, today included."""
    if year:
        return _safe(year, month, day)
    for candidate in range(today.year, today.year + 5):
        found = _safe(candidate, month, day)
        if found and found >= today:
            return found
    return None


def _month_of(items: Sequence[Item], at: int) -> int | None:
    if not 0 <= at < len(items):
        return None
    return numbered(items[at].ids, "month.")


def read_date(items: Sequence[Item], at: int, today: date) -> Read | None:
    """28/11, 2026-11-28, den 28., 28 november, november 28, the 28th, 3. til 5. december."""
    item = items[at]
    if item.number and item.number.kind == "date":
        if item.number.doubtful and at and items[at - 1].has("at_clock"):
            return None
        found = coming(item.number.value, item.number.second, today, item.number.year)
        return ("date", found, found, at + 1) if found else None
    if item.number and item.number.kind == "clock" and item.number.doubtful and _is_a_date(items, at):
        found = coming(item.number.value, item.number.second, today) if item.number.second <= 12 else None
        return ("date", found, found, at + 1) if found else None
    return _day_and_month(items, at, today) or _month_and_day(items, at, today) or _day_alone(items, at, today)


def _is_a_date(items: Sequence[Item], at: int) -> bool:
    """ "d. 3.12", or "3.12 kl 17": a day and month with a full stop, where the hour is said by itself."""
    before = at and items[at - 1]
    if before and before.has("the_date"):
        return True
    if before and before.has("at_clock"):
        return False
    number = items[at].number
    odd = bool(number and number.second % 5)  # nothing begins at 1.12
    return odd or any(item.has("at_clock") for item in items)


def _day_and_month(items: Sequence[Item], at: int, today: date) -> Read | None:
    day = count_at(items, at) or ordinal_at(items, at)
    if not day or day > 31:
        return None
    if items[at].has("number.1") and at + 1 < len(items) and items[at + 1].has("in_place"):
        return None  # "is there one in December"
    after = at + 1
    while after < len(items) and after <= at + 2 and items[after].has("date_joins"):
        after += 1
    month = _month_of(items, after)
    if month:
        year, until = _year(items, after + 1)
        found = coming(day, month, today, year)
        return ("date", found, found, until) if found else None
    return _two_days_of_month(items, at, day, today)


def _two_days_of_month(items: Sequence[Item], at: int, day: int, today: date) -> Read | None:
    """3. til 5. december, 3-5 december."""
    if day == 1 and items[at].number is None:
        return None  # "is there one on 10 December"
    after = at + 1
    dash = after < len(items) and items[after].gap.strip() in ("-", "–")
    if not dash:
        if after >= len(items) or items[after].ids.isdisjoint(_TO):
            return None
        after += 1
    last = count_at(items, after) or ordinal_at(items, after)
    month = _month_of(items, after + 1)
    if not last or not month:
        return None
    start, end = coming(day, month, today), coming(last, month, today)
    return ("date", start, max(start, end), after + 2) if start and end else None


_TO = frozenset({"until", "joins", "joins.time"})


def _year(items: Sequence[Item], at: int) -> tuple[int | None, int]:
    number = count_at(items, at)
    return (number, at + 1) if number and 2000 < number < 2100 else (None, at)


def _month_and_day(items: Sequence[Item], at: int, today: date) -> Read | None:
    month = _month_of(items, at)
    if not month:
        return None
    after = at + 1
    if after < len(items) and items[after].has("the_date"):
        after += 1
    day = count_at(items, after) or ordinal_at(items, after)
    if not day or day > 31 or (items[after].number is None and items[after].tier > 0):
        return None
    year, until = _year(items, after + 1)
    found = coming(day, month, today, year)
    return ("date", found, found, until) if found else None


def _counts(item: Item) -> bool:
    """Whether the number before this item is how many, and no day ("23 الشهر" is the 23rd of the month)."""
    return item.has("counted") or (bool(unit_of(item)) and not item.has("date_joins"))


def _day_alone(items: Sequence[Item], at: int, today: date) -> Read | None:
    """Den 28., the 28th, يوم 28, ዕለት 12: a day of this month or the next."""
    marked = items[at].has("the_date")
    place = at + 1 if marked else at
    day = ordinal_at(items, place) if place < len(items) and items[place].number else None
    if marked and not day and not (place < len(items) and items[place].has("filler")):  # "on a Saturday"
        day = count_at(items, place) or ordinal_at(items, place)
        if day and place + 1 < len(items) and _counts(items[place + 1]):
            return None
    if not day and place + 1 < len(items) and items[place + 1].has("of_the_month"):
        day = count_at(items, place)
    if not day or not 0 < day <= 31 or (place + 1 < len(items) and items[place + 1].has("school_class")):
        return None
    whole = _day_and_month(items, place, today) if marked else None
    if whole:
        return whole  # "on the 3rd of March"
    for step in range(4):
        month = (today.month - 1 + step) % 12 + 1
        found = _safe(today.year + (today.month - 1 + step) // 12, month, day)
        if found and found >= today:
            return "date", found, found, place + 1
    return None


def read_relative(items: Sequence[Item], at: int, today: date) -> Read | None:
    """This, next and last week, month, weekend or weekday, the word before or after."""
    item = items[at]
    if item.ids & {"this", "next", "last"}:
        got = _shifted(items, at + 1, item, today)
        if got:
            return got[0], got[1], got[2], at + 2
    if at + 1 < len(items) and items[at + 1].ids & {"next_after", "last_after", "this_after"}:
        got = _shifted(items, at, items[at + 1], today)
        if got:
            return got[0], got[1], got[2], at + 2
    later = at + 1 if item.has("week_after_next") else _after_next(items, at + 1) if unit_of(item) == "week" else None
    if later:
        start, end = _week(today, "next")
        return "week", start + _WEEK, end + _WEEK, later
    for concept, way in (("this_week", "this"), ("next_week", "next"), ("this_month", "this"), ("next_month", "next")):
        if item.has(concept):
            kind = concept[5:]
            start, end = _week(today, way) if kind == "week" else _month(today, way)
            return kind, start, end, at + 1
    if item.has("before_weekend"):
        friday = next_weekday(today, 5)
        return "week", today if friday - today < timedelta(days=5) else friday - timedelta(days=4), friday, at + 1
    named = read_named_day(items, at + 1, today) if item.has("week_from") and at + 1 < len(items) else None
    return (named[0], named[1] + _WEEK, named[2] + _WEEK, named[3]) if named else None


def _shifted(items: Sequence[Item], at: int, word: Item, today: date) -> tuple[str, date, date] | None:
    if at >= len(items):
        return None
    item = items[at]
    way = "next" if word.ids & {"next", "next_after"} else "last" if word.ids & {"last", "last_after"} else "this"
    weekday = weekday_of(item)
    if way == "last" and (weekday or unit_of(item) or item.has("weekend")):
        return "past", today, today
    if unit_of(item) == "week":
        return "week", *_week(today, way)
    if unit_of(item) == "month":
        return "month", *_month(today, way)
    if item.has("weekend"):
        start, end = weekend(today)
        push = timedelta(days=7 if way == "next" and word.has("skips_one") else 0)
        return "weekend", start + push, end + push
    if weekday:
        day = next_weekday(today, weekday)
        if way == "next" and day == today:
            day += timedelta(days=7)
        return "weekday", day, day
    month = _month_of(items, at)
    if month:
        start = _month_start(today, month)
        return "month", max(start, today), month_end(start)
    return None


def _week(today: date, way: str) -> tuple[date, date]:
    sunday = today + timedelta(days=6 - today.weekday())
    return (today, sunday) if way == "this" else (sunday + _DAY, sunday + timedelta(days=7))


def _month(today: date, way: str) -> tuple[date, date]:
    last = month_end(today)
    return (today, last) if way == "this" else (last + _DAY, month_end(last + _DAY))


def _month_start(today: date, month: int) -> date:
    return date(today.year + (1 if month < today.month else 0), month, 1)


def weekday_of(item: Item) -> int | None:
    """The ISO weekday an item names."""
    return numbered(item.ids, "weekday.")


def next_weekday(today: date, weekday: int) -> date:
    """The next day of this ISO weekday, today included."""
    return today + timedelta(days=(weekday - today.isoweekday()) % 7)


def weekend(today: date) -> tuple[date, date]:
    """Saturday and Sunday, the coming ones or those we are in."""
    saturday = today - _DAY if today.isoweekday() == 7 else next_weekday(today, 6)
    return saturday, saturday + _DAY


def read_week_number(items: Sequence[Item], at: int, today: date) -> Read | None:
    """Uge 48, week 48: the next week of that ISO number, from today if it is this one."""
    if unit_of(items[at]) != "week" or at + 1 >= len(items):
        return None
    number = items[at + 1].number
    if not number or number.kind not in ("count", "ordinal") or not 1 <= number.value <= 53:
        return None
    for year in (today.year, today.year + 1):
        try:
            monday = date.fromisocalendar(year, number.value, 1)
        except ValueError:
            continue
        if monday + timedelta(days=6) >= today:
            return "week", max(monday, today), monday + timedelta(days=6), at + 2
    return None


_BEFORE_MONTH = frozenset({"date_joins", "in_place", "the_date", "filler", "of_month"})


def read_nth_weekday(items: Sequence[Item], at: int, today: date) -> Read | None:
    """The first Monday of January, den sidste fredag i november, أول اثنين من يناير, the first Sunday of the month."""
    number = items[at].number
    which = number.value if number else ordinal_at(items, at)
    last = bool(items[at].ids & {"last"})
    weekday = weekday_of(items[at + 1]) if at + 1 < len(items) else None
    if not weekday or not (last or (which and 1 <= which <= 5)):
        return None
    after = at + 2
    while after < min(len(items), at + 4) and not _BEFORE_MONTH.isdisjoint(items[after].ids):
        after += 1
    month = _month_of(items, after)
    if not month and not (after < len(items) and unit_of(items[after]) == "month"):
        return None
    day = _nth(_month_start(today, month or today.month), weekday, 5 if last else which or 1)
    if day < today:
        day = _nth(_month_start(today, month) if month else month_end(today) + _DAY, weekday, 5 if last else which or 1)
    return "date", day, day, after + 1


def _nth(start: date, weekday: int, which: int) -> date:
    """The weekday of so many in the month that begins here; the last where there are not so many."""
    day = next_weekday(start, weekday) + timedelta(days=7 * (which - 1))
    return day if day <= month_end(start) else day - timedelta(days=7)


_NAMED = {"today": 0, "tonight": 0, "tomorrow": 1, "after_tomorrow": 2}


def read_named_day(items: Sequence[Item], at: int, today: date) -> Read | None:
    """Today, tomorrow, the day after, a weekday, the weekend; yesterday and last night are the past."""
    item = items[at]
    if item.has("yesterday"):
        return "past", today, today, at + 1
    for concept, ahead in _NAMED.items():
        if item.has(concept):
            day = today + timedelta(days=ahead)
            return "day", day, day, at + 1
    if item.has("month_end"):
        return "date", month_end(today), month_end(today), at + 1
    for concept, step in (("in_two_weeks", 14), ("in_a_week", 7)):
        if item.has(concept):
            day = today + timedelta(days=step)
            return "day", day, day, at + 1
    weekday = weekday_of(item)
    if weekday:
        day = next_weekday(today, weekday)
        later = _a_week_later(items, at + 1)
        return ("weekday", day + _WEEK, day + _WEEK, later) if later else ("weekday", day, day, at + 1)
    if item.has("weekend"):
        saturday, sunday = weekend(today)
        later = _after_next(items, at + 1)
        return ("weekend", saturday + _WEEK, sunday + _WEEK, later) if later else ("weekend", saturday, sunday, at + 1)
    return None


def _after_next(items: Sequence[Item], at: int) -> int | None:
    """The item behind "after next" ("the week after next", "السبت بعد الجاي")."""
    return at + 1 if at < len(items) and items[at].has("after_next") else None


def _a_week_later(items: Sequence[Item], at: int) -> int | None:
    """Right after a weekday: "Thursday week", "lørdag otte dage" (counted with both its ends). The item after it."""
    if at >= len(items) or items[at].gap.strip():
        return None
    if items[at].has("after_next"):
        return at + 1
    if unit_of(items[at]) == "week" and not (at + 1 < len(items) and items[at + 1].number):
        return at + 1
    if count_at(items, at) == 8 and at + 1 < len(items) and unit_of(items[at + 1]) == "day":
        return at + 2
    return None


def read_month(items: Sequence[Item], at: int, today: date) -> Read | None:
    """A month by its name, or by its number after the word for month; from today if it is the current one."""
    month = _month_of(items, at)
    until = at + 1
    if not month and unit_of(items[at]) == "month" and not (count_at(items, at - 1)):
        number = items[at + 1].number if at + 1 < len(items) else None
        month = number.value if number and number.kind == "count" and 1 <= number.value <= 12 else None
        until = at + 2
    if not month:
        return None
    year, until = _year(items, until)
    start = date(year, month, 1) if year else _month_start(today, month)
    return "month", max(start, today), month_end(start), until
