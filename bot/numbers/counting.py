"""What is counted each day: seats that were used, cases that were answered, first activities; and a whole quarter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from bot.core.counting import alive, answered, days_to_activity, days_to_meeting
from bot.core.numbers import Counted, group_of
from bot.core.periods import Period
from bot.core.schedule import DAY, local_day, moment, occurrences
from bot.guide import Guide
from bot.services import Services
from bot.store import counts, network, opt_ins
from bot.store.counts import SeatCount
from bot.store.database import Tx

LOOKS_BACK = timedelta(days=14)
"""For so long a door list may still be ticked: until then seats are counted anew."""

AS_FAR_AS_KEPT = timedelta(days=55)
"""A bot that was away counts what it missed, as far back as sign-ups are surely kept."""


async def look_through(services: Services, now: datetime) -> None:
    """Once a day. Done twice, it counts the same."""
    async with services.database.write() as tx:
        await _count_seats(tx, services.guide, now)
        await _count_cases(tx, services.community, now)
        await _note_first(tx, services.guide, now)


async def _count_seats(tx: Tx, guide: Guide, now: datetime) -> None:
    """Every time that was held up to yesterday and has a limit, also those that nobody came to."""
    until, community = moment(local_day(now), time()), guide.community.id
    last = await counts.last_counted(tx, community)
    since = max(until - AS_FAR_AS_KEPT, min(until - LOOKS_BACK, last or until - AS_FAR_AS_KEPT))
    courses = [number for number, each in guide.activities.items() if each.sign_up == "course"]
    going = await counts.going(tx, community, since, courses)
    away = await counts.stayed_away(tx, community, local_day(since))
    found = []
    for number, activity in guide.activities.items():
        if activity.sign_up == "none" or activity.state == "cancelled":
            continue
        for each in occurrences(number, activity.schedule, guide.changes.get(number, {}), since, until):
            seat_day = guide.seat_day(each)
            capacity = guide.capacity(number, seat_day)
            if each.state == "on" and capacity is not None:
                used = max(0, going.get((number, seat_day), 0) - away.get((number, each.day), 0))
                who = group_of(activity.audience)
                found.append(
                    SeatCount(number, each.day, each.start, activity.organisation, who, max(capacity, used), used)
                )
    known = set(await counts.seats(tx, community, since, until))
    await counts.keep_seats(tx, community, [each for each in found if each not in known])


async def _count_cases(tx: Tx, community: str, now: datetime) -> None:
    """Those that were opened more than a day ago: by then it is known."""
    found = await counts.not_counted(tx, community, now - DAY)
    if not found:
        return
    mine = await counts.mark_counted(tx, community, [each.id for each in found])
    told: Counter[tuple[date, str]] = Counter()
    for each in found:
        if each.id not in mine:
            continue  # somebody else, who began at the same time, counts it
        verdict = answered(each.opened, each.answered, each.closed)
        if verdict is not None:
            told[local_day(each.opened).replace(day=1), verdict] += 1
    await counts.count_cases(tx, community, told)


async def _note_first(tx: Tx, guide: Guide, now: datetime) -> None:
    """For those who said yes to it: when they first came to something, up to yesterday."""
    community = guide.community.id
    for person, (number, at) in (await counts.came_first(tx, community, moment(local_day(now), time()))).items():
        activity = guide.activities.get(number)
        await counts.note_first(tx, community, person, at, group_of(activity.audience if activity else ()))


async def count(tx: Tx, community: str, period: Period) -> Counted:
    """All that is counted of a quarter, before anything is hidden."""
    willing = await opt_ins.who_said_yes(tx, community, "statistics")
    asked = await counts.asked_for(tx, community, willing)
    matches = await network.list_matches(tx, community, states=("active", "paused", "ended"))
    seats = await counts.seats(tx, community, period.start, period.end)
    cases = await counts.cases_answered(tx, community, period.first, period.after)
    lists = {
        f"need/{column}": await counts.needed(tx, community, column, period.first, period.after)
        for column in ("topic", "place", "language")
    }
    used, capacity = _by(seats)
    return Counted(
        {**lists, **used},
        capacity,
        {
            "activity": days_to_activity(await counts.first_ones(tx, community), period),
            "meeting": days_to_meeting(matches, asked, period),
        },
        {
            "answered": {"all": (cases.get("day", 0), cases.get("later", 0))},
            **alive(matches, asked, period),
        },
    )


def _by(seats: Iterable[SeatCount]) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, int]]]:
    """Seats used, and how many there were: by organisation, by whom they are for, by activity of an organisation."""
    used: dict[str, dict[str, int]] = {"seats/organisation": {}, "seats/audience": {}}
    capacity: dict[str, dict[str, int]] = {"seats/organisation": {}, "seats/audience": {}}
    for each in seats:
        for name, row in (
            ("seats/organisation", each.organisation),
            ("seats/audience", each.audience),
            (f"seats/of/{each.organisation}", f"{each.activity}"),
        ):
            for to, number in ((used, each.used), (capacity, each.capacity or 0)):
                rows = to.setdefault(name, {})
                rows[row] = rows.get(row, 0) + number
    return used, capacity
