"""Owns what people do in the year of `benchmarks.year`: who signs up for what, who meets whom, who writes the papers.

Everything is planned before it begins; `live` then moves the clock from one thing to the next, and lets the bot say
what falls due in between.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from fnmatch import fnmatchcase
from random import Random

from benchmarks.year_reckoning import DAY, Pair, Seat, meetings_of
from benchmarks.year_town import BEGINS, ROLES, Size, Town, chat_of, person_with, wall
from benchmarks.year_world import NotingWorld
from bot.app import App
from bot.core.model import Activity
from bot.core.network.drafts import Ask, Help
from bot.core.network.model import WHOLE_WEEK
from bot.core.query import day_code
from bot.core.schedule import days
from bot.demo.clock import DemoClock
from bot.due import next_due
from bot.store import network

Deed = Callable[["Life"], Awaitable[None]]

LEADS = (
    *((each, time(12, 34)) for each in (6, 4, 2, 1)),
    (1, time(18, 5)),  # after five: no word of the day before
    (0, time(7, 10)),
)
"""How many days before, and when on that day, people sign up."""

GIVES_BACK, TAPS_TWICE = 0.05, 0.05
UNDO = timedelta(minutes=3)
MOST_ROUNDS = 100_000


@dataclass
class Life:
    """One year being lived."""

    app: App
    world: NotingWorld
    clock: DemoClock
    town: Town
    size: Size
    seats: list[Seat] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    stops: int = 0
    acts: int = 0

    # what a phone does

    def says(self, person: int, text: str) -> None:
        self.acts += 1
        self.world.says(chat_of(person), text)

    def taps(self, person: int, data: str, *, twice: bool = False) -> None:
        """The button with this data, in whatever bubble: the person may have opened it long ago."""
        self.acts += 1
        chat = chat_of(person)
        bubble = self.world.last(chat).id
        for _ in range(2 if twice else 1):
            self.world.taps(chat, data=data, message_id=bubble)

    def sees(self, person: int, pattern: str) -> str | None:
        """The data of the newest button that fits."""
        for message in reversed(self.world.from_bot(chat_of(person))):
            for button in (each for row in message.buttons for each in row):
                if fnmatchcase(button.get("callback_data", ""), pattern):
                    return str(button["callback_data"])
        return None

    async def settle(self) -> None:
        """Until the bot has taken, answered and said everything."""
        while True:
            await self.app.settle()
            if self.world.idle and not self.app.inbox.busy:
                return

    # what time brings

    async def until(self, at: datetime) -> None:
        """Moves to a moment, and stops where something falls due on the way."""
        self.world.passing = True
        for _ in range(MOST_ROUNDS):
            due = await self._next_due()
            if due is None or due > at:
                break
            self.clock.set(max(due, self.clock()))
            await self.settle()
            self.stops += 1
        self.clock.set(max(at, self.clock()))
        await self.settle()
        self.world.passing = False

    async def _next_due(self) -> datetime | None:
        services = self.app.services
        async with services.database.read() as tx:
            due = await next_due(tx, services.community, self.clock())
        return due[0] if due else None


async def live(life: Life) -> None:
    """The whole year."""
    plan: defaultdict[datetime, list[Deed]] = defaultdict(list)
    for at, deed in (*_signing_up(life), *_enrolling(life), *_meeting(life), *_matching(life)):
        if at <= BEGINS + timedelta(days=life.size.days):
            plan[at].append(deed)
    for person in range(1, life.size.people + 1):
        life.says(person, "/help")  # so that there is a bubble to press in
    await life.settle()
    for at in sorted(plan):
        await life.until(at)
        for deed in plan[at]:
            await deed(life)
        await life.settle()
    await life.until(BEGINS + timedelta(days=life.size.days))


# Signing up


def _newcomers(life: Life) -> list[int]:
    """Everyone without a role."""
    return list(range(len(ROLES) + 1, life.size.people + 1))


def _signing_up(life: Life) -> Iterable[tuple[datetime, Deed]]:
    """So many seats for everyone, spread over the year at random, of which some are given back."""
    size, random = life.size, Random(life.size.seed)
    weekly = [each for each in life.town.pack.activities if each.id.startswith("year-")]
    last = BEGINS.date() + timedelta(days=size.days - 1)
    held = [(each, day) for each in weekly for day in days(each.schedule, BEGINS.date() + DAY, last)]
    taken: set[tuple[int, str, date]] = set()
    for person in _newcomers(life):
        for _ in range(max(1, round(size.signups * size.days / 365))):
            activity, day = random.choice(held)
            before, clock = random.choice(LEADS)
            at = wall(day - before * DAY, clock)
            start = wall(day, activity.schedule.start)
            if (person, activity.id, day) in taken or not BEGINS < at < start:
                continue
            taken.add((person, activity.id, day))
            left = at + DAY if random.random() < GIVES_BACK and at + DAY < start else None
            yield from _seat(life, person, activity, day, at, left, twice=random.random() < TAPS_TWICE)


def _seat(
    life: Life, person: int, activity: Activity, day: date, at: datetime, left: datetime | None, *, twice: bool
) -> Iterable[tuple[datetime, Deed]]:
    number = life.town.number(activity)
    start, end = wall(day, activity.schedule.start), wall(day, activity.schedule.end)
    if end < start:
        end = wall(day + DAY, activity.schedule.end)
    where = f"{number}:{day_code(day)}"
    life.seats.append(Seat(chat_of(person), number, day, start, end, at, left))

    async def takes(life: Life) -> None:
        life.taps(person, f"j:{where}", twice=twice)

    async def gives_back(life: Life) -> None:
        life.taps(person, f"x:{where}")

    yield at, takes
    if left is not None:
        yield left, gives_back


# Programmes


def _enrolling(life: Life) -> Iterable[tuple[datetime, Deed]]:
    """The first run of the first cohort of each programme, with themes of choice chosen at once."""
    pack, at = life.town.pack, BEGINS + timedelta(hours=1)
    everyone = iter(_newcomers(life))
    for programme in pack.programmes:
        cohort = min((each for each in pack.activities if each.programme == programme.id), key=lambda each: each.id)
        of_choice = [each.id for each in programme.themes if not each.required][: programme.choose]
        own = {each.id for each in programme.themes if each.required} | set(of_choice)
        for _ in range(min(life.size.enrolled, cohort.capacity or life.size.enrolled)):
            person = next(everyone)
            yield at, _enrols(life.town.number(cohort), of_choice, person)
            for day, held in cohort.schedule.listed.items():
                if cohort.themes[day] in own:
                    start, end = (each.astimezone(BEGINS.tzinfo) for each in (held.start, held.end))
                    life.seats.append(
                        Seat(chat_of(person), life.town.number(cohort), day, start, end, at, programme=True)
                    )


def _enrols(number: int, themes: list[str], person: int) -> Deed:
    async def enrols(life: Life) -> None:
        life.taps(person, f"Pj:{number}")
        await life.settle()
        for theme in themes:
            life.taps(person, f"PT:{number}:{theme}")
            await life.settle()

    return enrols


# The integration network


def _meeting(life: Life) -> Iterable[tuple[datetime, Deed]]:
    """The secretary writes an agenda two weeks before each meeting and minutes the day after."""
    last = BEGINS.date() + timedelta(days=life.size.days + 50)
    for number, day in enumerate(meetings_of(BEGINS.date(), last), 1):
        yield wall(day - 13 * DAY, time(10)), _writes("Mw", "Mn", "My", number)
        yield wall(day + DAY, time(10)), _writes("Mv", "Mb", "Mz", number)


def _writes(opens: str, adds: str, ready: str, meeting: int) -> Deed:
    async def writes(life: Life) -> None:
        secretary = person_with("secretary")
        for data in (f"{opens}:{meeting}", f"{adds}:{meeting}{':d' if adds == 'Mb' else ''}"):
            life.taps(secretary, data)
            await life.settle()
        life.says(secretary, "Bicycles for those who live far from the bus")
        await life.settle()
        life.taps(secretary, f"{ready}:{meeting}")

    return writes


# Let's Network


def _matching(life: Life) -> Iterable[tuple[datetime, Deed]]:
    """Some pairs every Monday, so that all of them have met before the last tenth of the year."""
    people = _newcomers(life)[::-1]
    weeks = max(1, life.size.days * 9 // 10 // 7)
    for number in range(life.size.matches):
        week = number * weeks // life.size.matches
        newcomer, volunteer = people[2 * number], people[2 * number + 1]
        yield BEGINS + timedelta(days=7 * week, minutes=30), _offers_help(newcomer, volunteer)
    for week in range(weeks):
        at = BEGINS + timedelta(days=7 * week, minutes=40)
        yield at, _approves
        yield at + UNDO, _agree


def _offers_help(newcomer: int, volunteer: int) -> Deed:
    async def offers(life: Life) -> None:
        help_ = Help(("homework_help",), ("da",), WHOLE_WEEK, km=40)
        life.taps(volunteer, f"nvm:{help_.encode()}")
        await life.settle()
        life.says(volunteer, "I like to teach.")
        life.taps(person_with("coordinator"), f"NV:{volunteer}:a")
        ask = Ask("homework_help", "me", "15-17", ("da",), WHOLE_WEEK)
        life.taps(newcomer, f"ns:{ask.encode()}")
        await life.settle()

    return offers


async def _matches(life: Life, *states: str) -> list[tuple[int, int, int]]:
    services = life.app.services
    async with services.database.read() as tx:
        found = await network.list_matches(tx, services.community)
    return [(each.id, each.newcomer, each.volunteer) for each in found if each.state in states]


async def _approves(life: Life) -> None:
    for match, _, _ in await _matches(life, "suggested"):
        life.taps(person_with("coordinator"), f"Ny:{match}")
        await life.settle()


async def _agree(life: Life) -> None:
    """Both say yes, the newcomer names a time, and the volunteer takes it."""
    for match, newcomer, volunteer in await _matches(life, "asking_volunteer"):
        for person, data in ((volunteer, f"nq:{match}:y"), (newcomer, f"ny:{match}:y"), (newcomer, f"nm:{match}")):
            life.taps(person, data)
            await life.settle()
        named = life.sees(newcomer, f"nd:{match}:*")
        if named is None:
            continue
        life.taps(newcomer, named)
        await life.settle()
        at = named.split(":")[2]
        life.taps(volunteer, f"nc:{match}:{at}")
        await life.settle()
        met = datetime.fromtimestamp(int(at, 36), BEGINS.tzinfo)
        life.pairs.append(Pair(match, (chat_of(newcomer), chat_of(volunteer)), met))


def numbered(town: Town, numbers: dict[str, int]) -> Town:
    """The town with the numbers its activities got."""
    return replace(town, numbers=numbers)
