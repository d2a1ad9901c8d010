"""Where a person stands in a cohort, read once for whatever is shown, decided or said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.core.model import Activity, Person, SignUp
from bot.core.programmes.model import Attendance, Programme, Session
from bot.core.programmes.progress import Progress, progress
from bot.core.programmes.sessions import held_again, is_theirs
from bot.guide import Guide
from bot.store import programmes, signups
from bot.store.database import Tx

HELD = ("going", "waiting", "offered")


@dataclass(frozen=True, slots=True)
class Standing:
    """A cohort, its seats, and one person's part in it. `seat` is None for who has none, and waits for none."""

    activity: Activity
    programme: Programme
    sessions: tuple[Session, ...]
    seats: tuple[SignUp, ...] = ()
    seat: SignUp | None = None
    chosen: frozenset[str] = frozenset()
    kept: tuple[Attendance, ...] = ()

    @property
    def number(self) -> int:
        return self.activity.number

    @property
    def own(self) -> tuple[Session, ...]:
        """The sessions of this person, cancelled ones among them."""
        return tuple(each for each in self.sessions if is_theirs(self.programme, self.activity, each.day, self.chosen))

    def coming(self, now: datetime) -> Session | None:
        """The next session of the cohort, whoever's it is."""
        return next((each for each in self.sessions if each.is_on and each.occurrence.start > now), None)

    def progress(self, now: datetime) -> Progress:
        return progress(self.programme, self.chosen, self.own, self.kept, now)


async def of(tx: Tx, guide: Guide, number: int, person: int | None) -> Standing | None:
    """Where the person stands in this cohort; None where the activity is none."""
    activity = guide.activities.get(number)
    programme = guide.programmes.get(activity.programme) if activity else None
    if activity is None or programme is None:
        return None
    seats = await signups.of_occurrence(tx, guide.community.id, number, activity.schedule.first)
    sessions = guide.sessions(number)
    if person is None:
        return Standing(activity, programme, sessions, seats)
    seat = next((each for each in seats if each.person == person and each.state in HELD), None)
    chosen = await programmes.chosen(tx, guide.community.id, number, person)
    kept = await programmes.of_person(tx, guide.community.id, person, programme.id)
    return Standing(activity, programme, sessions, seats, seat, chosen, kept)


async def mine(tx: Tx, guide: Guide, person: int, programme: str = "") -> tuple[SignUp, ...]:
    """The person's rows for cohorts, of one programme where it is named."""
    rows = await signups.of_cohorts(tx, guide.community.id, person, _cohorts(guide, programme))
    return tuple(each for each in rows if each.state in HELD)


def _cohorts(guide: Guide, programme: str) -> list[int]:
    return [
        number
        for number, activity in guide.activities.items()
        if activity.programme and programme in ("", activity.programme)
    ]


def cohorts_of(guide: Guide, programme: str) -> list[int]:
    """The cohorts of a programme that are held, by number."""
    return [number for number in _cohorts(guide, programme) if guide.activities[number].state == "on"]


async def again(tx: Tx, guide: Guide, standing: Standing, theme: str, person: Person, now: datetime) -> list[Session]:
    """When a theme is held again in another cohort that still has a seat and a language in common, the best first."""
    found: list[Session] = []
    spoken: list[tuple[str, ...]] = []
    understood = {*standing.activity.languages, person.language}
    for number in cohorts_of(guide, standing.programme.id):
        languages = guide.activities[number].languages
        if number == standing.number or not understood & set(languages):
            continue
        for each in guide.sessions(number):
            found.append(each)
            spoken.append(languages)
    best = held_again(found, theme, (person.language,), spoken, now)
    return [each for each in best[:6] if await room(tx, guide, each)]


async def room(tx: Tx, guide: Guide, session: Session) -> bool:
    """Whether one more fits into a session, beside those of its cohort and other visitors."""
    first = guide.activities[session.activity].schedule.first
    capacity = guide.capacity(session.activity, first)
    if capacity is None:
        return True
    seats = await signups.of_occurrence(tx, guide.community.id, session.activity, first)
    visitors = await programmes.of_session(tx, guide.community.id, session.activity, session.day)
    taken = sum(each.state in ("going", "offered") for each in seats) + sum(each.visit for each in visitors.values())
    return taken < capacity
