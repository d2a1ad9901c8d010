"""The days that a rule gives, and which of them are working days: pure reckoning with dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from bot.core.meetings.model import Meeting, Rule
from bot.core.schedule import DAY, WEEK, is_holiday, moment

AHEAD = timedelta(days=400)
"""How far fixed meetings are planned: the four of a year, seen from any day."""

YEARS_LOOKED_AT = 5


def rule_day(rule: Rule, year: int, month: int) -> date | None:
    """The day of a month that the rule names, before holidays; None where the month has no such weekday."""
    first = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    if rule.nth < 0:
        last = following - DAY
        return last - timedelta(days=(last.weekday() - rule.weekday) % 7)
    day = first + timedelta(days=(rule.weekday - first.weekday()) % 7) + WEEK * (rule.nth - 1)
    return day if day < following else None


def held_on(day: date) -> date:
    """The day itself, or where it is a holiday the same weekday a week later, as often as it takes."""
    while is_holiday(day):
        day += WEEK
    return day


def rule_days(rule: Rule, since: date, until: date) -> tuple[date, ...]:
    """The days on which fixed meetings are held, in order, each once, both ends included."""
    named = (rule_day(rule, year, month) for year in range(since.year - 1, until.year + 1) for month in rule.months)
    return tuple(sorted({day for each in named if each is not None and since <= (day := held_on(each)) <= until}))


def lacking(rule: Rule, since: date) -> date | None:
    """The first of the coming months (as its first day) in which the rule yields no date; None where all have one."""
    for year in range(since.year, since.year + YEARS_LOOKED_AT):
        for month in sorted(rule.months):
            if (year, month) >= (since.year, since.month) and rule_day(rule, year, month) is None:
                return date(year, month, 1)
    return None


def span_of(rule: Rule, day: date) -> tuple[datetime, datetime]:
    """From when to when a fixed meeting is held on a day; aware UTC."""
    return moment(day, rule.start), moment(day, rule.end)


def is_working_day(day: date) -> bool:
    """Whether somebody is at work: Monday to Friday, but for holidays."""
    return day.weekday() < 5 and not is_holiday(day)


def working_day_until(day: date) -> date:
    """The day itself, or the last working day before it."""
    while not is_working_day(day):
        day -= DAY
    return day


def working_day_from(day: date) -> date:
    """The day itself, or the next working day after it."""
    while not is_working_day(day):
        day += DAY
    return day


def overlapping(start: datetime, end: datetime, others: Iterable[Meeting], but: int = 0) -> tuple[Meeting, ...]:
    """The planned meetings that are held at the same time, `but` the one of this number."""
    return tuple(
        each for each in others if each.id != but and each.state == "planned" and each.start < end and start < each.end
    )
