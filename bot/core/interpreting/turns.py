"""Whose turn it is: who suits a task, in which order they are asked, how long each may take, when it is said aloud."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from bot.core.interpreting.model import Asked, Interpreter, Task
from bot.core.network.model import bit
from bot.core.pack import km_between
from bot.core.quiet import after_quiet
from bot.core.schedule import DAY, ZONE, local_day, moment

NOON, EVENING = time(12, 0), time(17, 0)
LONGEST_WAIT = timedelta(hours=24)
SHORTEST_WAIT = timedelta(minutes=30)
SHARE = 4
"""The time that is left is parted, so that at least as many can be asked before it begins."""

TOLD_AT = time(15, 0)
"""On the day before: there is still time to call somebody, or to ask a friend."""

LAST_WORD = timedelta(hours=2)


def part_of_week(at: datetime) -> int:
    """The bit of a week's mask in which a moment lies."""
    local = at.astimezone(ZONE)
    clock = local.time()
    return bit(local.weekday(), 0 if clock < NOON else 1 if clock < EVENING else 2)


def suits(task: Task, each: Interpreter, today: date) -> bool:
    """Whether this interpreter may be asked for it: approved, not resting, both languages, time, way and, for somebody
    under 15, a børneattest that holds."""
    if each.state != "approved" or (each.rests is not None and each.rests > today):
        return False
    if not {task.language, task.other} <= set(each.languages) or not each.free & part_of_week(task.start):
        return False
    if task.guarded and not each.children:
        return False
    if task.by_phone:
        return each.mode != "meet"
    return each.mode != "phone" and km_between(each.point, task.point) <= each.km


def in_turn(task: Task, interpreters: Iterable[Interpreter], today: date) -> tuple[Interpreter, ...]:
    """Who suits, who was asked longest ago first (never asked before all), then the nearest, then the oldest offer."""
    found = [each for each in interpreters if suits(task, each, today)]
    return tuple(sorted(found, key=lambda each: _turn(task, each)))


def _turn(task: Task, each: Interpreter) -> tuple[datetime, float, datetime, int]:
    asked = each.asked or datetime.min.replace(tzinfo=UTC)
    away = 0.0 if task.by_phone else km_between(each.point, task.point)
    return asked, away, each.since, each.person


def next_in_turn(
    task: Task, interpreters: Sequence[Interpreter], asked: Sequence[Asked], busy: Collection[int], now: datetime
) -> Interpreter | None:
    """Whom to ask now: nobody twice for the same task, nobody who is `busy` at that time, never who asks themselves."""
    barred = {each.person for each in asked} | set(busy) | {task.person}
    return next((each for each in in_turn(task, interpreters, local_day(now)) if each.person not in barred), None)


def answer_by(now: datetime, start: datetime) -> datetime:
    """Until when somebody who is asked at `now` may answer: a share of the time that is left, at most a day.

    It begins when they can be told, after the quiet hours, and does not end within them: nobody loses it asleep.
    """
    begins = after_quiet(now)
    wait = max(SHORTEST_WAIT, min(LONGEST_WAIT, (start - begins) / SHARE))
    return max(now, min(start, after_quiet(begins + wait)))


def tell_by(made: datetime, start: datetime) -> datetime:
    """When who asked hears that nobody was found so far: 15:00 on the day before, else two hours before, else half-way
    between asking and the start."""
    half = made + (start - made) / 2
    for at in (moment(local_day(start) - DAY, TOLD_AT), start - LAST_WORD):
        if at >= half:
            return at
    return half


def next_look(task: Task, pending: Asked | None) -> datetime:
    """When something happens by itself: the time to answer is over, it is time to say it, or the task has begun."""
    moments = [task.end if task.state == "found" else task.start]
    if task.state == "looking":
        moments += [pending.until] if pending else []
        moments += [] if task.told else [tell_by(task.made, task.start)]
    return min(moments)
