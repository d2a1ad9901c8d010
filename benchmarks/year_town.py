"""Owns the municipality of `benchmarks.year`: its people, what there is to take part in, and who has which role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import cycle

from benchmarks.loopback import FIRST_PERSON
from bot.core.model import Activity, Schedule
from bot.core.pack import Pack
from bot.core.schedule import ZONE
from bot.loading import load_pack
from bot.packs import PACKS, read_pack
from bot.people import CONSENT
from bot.store.database import Database
from bot.store.tables import people

COMMUNITY = "faaborg-midtfyn"
LANGUAGES = ("en", "da", "ar", "ti")
BEGINS = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)
HOURS = (
    (time(17, 30), time(20)),
    (time(10), time(12)),
    (time(15), time(16, 30)),
    (time(7, 30), time(8, 30)),  # two hours before it is night
    (time(9), time(11)),  # two hours before is 07:00, and an hour is left at 08:00
    (time(22, 30), time(0, 30)),  # two hours before lies in the quiet hours, and it ends the day after
)
ROLES = {
    "coordinator": ("coordinator",),
    "secretary": ("network/fmk-integration", "secretary"),
    "member": ("network/fynsland",),
    "orientation": ("network/roede-kors-faaborg",),
}
"""Those who read English in this town, and are its first people."""

IN_A_COMMIT = 1_000


@dataclass(frozen=True, slots=True)
class Size:
    """How large a year is, and of how many days. `signups` is by person and year; the same `seed` is the same year."""

    people: int = 2_000
    days: int = 365
    activities: int = 60
    signups: int = 6
    enrolled: int = 10
    matches: int = 200
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Town:
    """What was loaded: the pack, and the numbers of its activities by id."""

    pack: Pack
    numbers: dict[str, int]

    def number(self, activity: Activity) -> int:
        return self.numbers[activity.id]


def chat_of(person: int) -> int:
    """The chat of the person with this number (from 1)."""
    return FIRST_PERSON + person - 1


def person_with(role: str) -> int:
    """The number of who has a role of ROLES."""
    return list(ROLES).index(role) + 1


def make_pack(size: Size) -> Pack:
    """The shipped pack with so many weekly activities in place of its own; its programmes and its charter stay."""
    pack = read_pack(PACKS / COMMUNITY)
    template = next(each for each in pack.activities if each.id == "madklub-ringe")
    weekly = tuple(_weekly(template, number) for number in range(size.activities))
    cohorts = tuple(each for each in pack.activities if each.programme)
    return replace(pack, activities=(*weekly, *cohorts), first_steps=(), digest=f"year {size}")


def _weekly(template: Activity, number: int) -> Activity:
    start, end = HOURS[number // 7 % len(HOURS)]
    first = BEGINS.date() + timedelta(days=number % 7)
    schedule = Schedule(first=first, start=start, end=end, repeats="weekly", on_holidays=number % 2 == 0)
    return replace(template, id=f"year-{number:03}", schedule=schedule, capacity=None)


async def fill(database: Database, size: Size) -> Town:
    """Loads the pack and lets the people in: the first have roles, the rest are newcomers and volunteers."""
    pack = make_pack(size)
    await load_pack(database, pack, BEGINS)
    towns = cycle([place.id for place in pack.places][:12])
    rows = [_row(database, person, next(towns)) for person in range(1, size.people + 1)]
    for at in range(0, len(rows), IN_A_COMMIT):
        async with database.write() as tx:
            await tx.execute(people.insert(), rows[at : at + IN_A_COMMIT])
    return Town(pack, {})


def _row(database: Database, person: int, place: str) -> dict[str, object]:
    role = list(ROLES)[person - 1] if person <= len(ROLES) else None
    chat = chat_of(person)
    return {
        "community": COMMUNITY,
        "chat_hash": database.keys.fingerprint(f"chat {chat}"),
        "chat": chat,
        "language": "en" if role else LANGUAGES[person % len(LANGUAGES)],
        "place": place,
        "place_hash": database.keys.fingerprint(f"place {place}"),
        "roles": ",".join(sorted(ROLES[role])) if role else "",
        "state": "active",
        "consent": CONSENT,
        "consented_at": BEGINS,
    }


def wall(day: date, clock: time) -> datetime:
    """A clock time of a day in Denmark, aware."""
    return datetime.combine(day, clock, ZONE)


def days_of(size: Size) -> Sequence[date]:
    """The days of the year, from its first."""
    return [BEGINS.date() + timedelta(days=at) for at in range(size.days)]
