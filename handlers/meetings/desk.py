"""The network's meetings for who runs them: moved, cancelled, planned; the rule; the members; the secretariat."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from bot.core.meetings.model import MeetingKind, Rule
from bot.meetings import extra_desk, members_desk, planning_desk, rule_desk
from bot.meetings import secretariat as secretariat_desk
from handlers.turn import ForgedError, Step, Turn, shows

LAST_PAGE = 10_000
KINDS: Mapping[str, MeetingKind] = {"citizens": "citizens", "exchange": "exchange", "other": "other"}


def page_of(here: Turn, at: int = 0) -> int:
    """The page that a button names; the first where it names none."""
    return min(LAST_PAGE, here.number(at)) if len(here.arguments) > at else 0


def _rule(here: Turn, since: int = 0) -> Rule:
    """The rule that a button carries. Raises ForgedError."""
    try:
        return read_rule(here.arguments[since:])
    except (ValueError, IndexError):
        raise ForgedError(here.data) from None


def read_rule(parts: list[str]) -> Rule:
    """The rule of `bot.meetings.rule_desk.coded`. Raises ValueError."""
    nth, weekday, bits, start, end = parts
    rule = Rule(
        rule_desk.months_of(int(bits)), int(nth), int(weekday), time.fromisoformat(start), time.fromisoformat(end)
    )
    if rule.nth not in rule_desk.NTHS or not 0 <= rule.weekday <= 6 or rule.start >= rule.end:
        raise ValueError(nth)
    return rule


# -- planning ---------------------------------------------------------------------------------------------------------


async def move(here: Turn) -> None:
    number, start, end, seen = here.number(0), here.moment(1), here.moment(2), here.argument(3)
    await here.show(await planning_desk.move_to(here.services, here.reader, number, start, end, seen, here.now))


async def cancel(here: Turn) -> None:
    seen = here.argument(1)
    await here.show(await planning_desk.cancel_it(here.services, here.reader, here.number(0), seen, here.now))


async def new(here: Turn) -> None:
    if not here.arguments:
        await here.show(await extra_desk.new(here.services, here.reader))
        return
    kind = KINDS[here.argument(0, *KINDS)]
    await here.show(await extra_desk.ask_new_time(here.services, here.reader, kind, here.now))


async def make(here: Turn) -> None:
    kind = KINDS[here.argument(0, *KINDS)]
    start, end = here.moment(1), here.moment(2)
    await here.show(await extra_desk.make(here.services, here.reader, kind, start, end, here.now))


async def words(here: Turn) -> None:
    what = here.argument(1, "s", "v")
    await here.show(await extra_desk.ask_words(here.services, here.reader, here.number(0), what, here.now))


async def parties(here: Turn) -> None:
    number, page = here.number(0), page_of(here, 1)
    if len(here.arguments) > 2:
        which = here.number(2)
        await here.show(await extra_desk.toggle(here.services, here.reader, number, page, which, here.now))
        return
    await here.show(await extra_desk.parties(here.services, here.reader, number, here.now, page))


async def rule(here: Turn) -> None:
    seen = _rule(here) if here.arguments else None
    await here.show(await rule_desk.show(here.services, here.reader, here.now, seen))


async def use_rule(here: Turn) -> None:
    await here.show(await rule_desk.use(here.services, here.reader, _rule(here), here.now))


async def ask_hours(here: Turn) -> None:
    await here.show(await rule_desk.ask_hours(here.services, here.reader, _rule(here)))


# -- who belongs to it ------------------------------------------------------------------------------------------------


async def members(here: Turn) -> None:
    await here.show(await members_desk.overview(here.services, here.reader, here.now, page_of(here)))


async def member(here: Turn) -> None:
    await here.show(await members_desk.show(here.services, here.reader, here.argument(0), here.now))


async def candidates(here: Turn) -> None:
    await here.show(await members_desk.candidates(here.services, here.reader, here.now, page_of(here)))


async def set_level(here: Turn) -> None:
    level = here.argument(1, "m", "o")
    known = here.argument(0)
    await here.show(
        await members_desk.set_level(
            here.services, here.reader, known, "member" if level == "m" else "orientation", here.now
        )
    )


async def ask_leave(here: Turn) -> None:
    await here.show(await members_desk.ask_leave(here.services, here.reader, here.argument(0), here.now))


async def leave(here: Turn) -> None:
    day = here.day(1)
    await here.show(await members_desk.leave(here.services, here.reader, here.argument(0), day, here.now))


async def mandate(here: Turn) -> None:
    await here.show(await members_desk.mandate(here.services, here.reader, here.argument(0), here.now))


async def invite(here: Turn) -> None:
    await here.show(await members_desk.invite_one(here.services, here.reader, here.argument(0), here.now))


async def remove(here: Turn) -> None:
    person = here.number(1)
    await here.show(await members_desk.remove(here.services, here.reader, here.argument(0), person, here.now))


async def secretariat(here: Turn) -> None:
    await here.show(await secretariat_desk.overview(here.services, here.reader))


async def choose(here: Turn) -> None:
    task = here.argument(0, *secretariat_desk.TASKS)
    await here.show(await secretariat_desk.choose(here.services, here.reader, task))


async def give(here: Turn) -> None:
    task, person, seen = here.argument(0, *secretariat_desk.TASKS), here.number(1), here.number(2)
    await here.show(await secretariat_desk.give(here.services, here.reader, task, person, seen, here.now))


async def revised(here: Turn) -> None:
    await here.show(await secretariat_desk.revised(here.services, here.reader, here.day(0), here.now))


VERBS: Mapping[str, Step] = {
    "Mt": shows(planning_desk.ask_time),
    "MT": move,
    "Mk": shows(planning_desk.ask_cancel),
    "MK": cancel,
    "Mx": new,
    "MX": make,
    "MP": shows(extra_desk.ask_them),
    "Me": words,
    "Mf": parties,
    "Mr": rule,
    "MR": use_rule,
    "MH": ask_hours,
    "Mo": members,
    "MO": member,
    "Ml": candidates,
    "ML": set_level,
    "MQ": ask_leave,
    "MV": leave,
    "MM": mandate,
    "MI": invite,
    "MJ": remove,
    "Ms": secretariat,
    "MS": choose,
    "MG": give,
    "MN": revised,
}
