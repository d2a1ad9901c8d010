"""What a year must bring, reckoned slowly and simply from what people did, and held against what was said.

It knows nothing of the bot's code: it has the rules again in its own words, and looks at every day and every person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DENMARK = ZoneInfo("Europe/Copenhagen")
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)

UNASKED = "question"
"""How it was, and how it goes in a pair. Nobody asked to be asked, so these share one cap."""

Due = tuple[int, str]
"""A chat, and what it is told: `reminder 12 2026-11-26`, `agenda`, UNASKED …"""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody took a seat at `taken`, and perhaps gave it back. Times are on the Danish wall. `programme`: no question
    is asked the day after."""

    chat: int
    activity: int
    day: date
    start: datetime
    end: datetime
    taken: datetime
    left: datetime | None = None
    programme: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A match: its number, the two chats, when they met first."""

    number: int
    chats: tuple[int, int]
    met: datetime


@dataclass(slots=True)
class Verdict:
    """What differs. Each example is one line."""

    expected: int = 0
    missing: int = 0
    doubled: int = 0
    late: int = 0
    quiet: int = 0
    capped: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, what: str, count: int, example: str) -> None:
        setattr(self, what, getattr(self, what) + count)
        if len(self.examples) < 20:
            self.examples.append(f"{what}: {example}")


def in_quiet_hours(at: datetime) -> bool:
    """From eight in the evening to eight in the morning."""
    return at.hour >= 20 or at.hour < 8


def reminders_of(seat: Seat) -> list[datetime]:
    """At five the day before, and two hours before; where that is night, at eight if an hour is left, else at a
    quarter to eight the evening before. Only what lies after the seat was taken and before it was given back."""
    two_hours = (seat.start.astimezone(ZoneInfo("UTC")) - timedelta(hours=2)).astimezone(DENMARK)
    if in_quiet_hours(two_hours):
        morning = datetime.combine(two_hours.date() + (DAY if two_hours.hour >= 20 else 0 * DAY), time(8), DENMARK)
        evening = datetime.combine(two_hours.date() - (DAY if two_hours.hour < 8 else 0 * DAY), time(19, 45), DENMARK)
        two_hours = morning if morning + timedelta(hours=1) <= seat.start else evening
    both = [datetime.combine(seat.start.date() - DAY, time(17), DENMARK), two_hours]
    return [at for at in both if seat.taken < at and (seat.left is None or at < seat.left)]


def follow_up_of(seat: Seat) -> datetime | None:
    """At eleven the day after; the day after that where it lasted longer."""
    if seat.programme or seat.left is not None:
        return None
    at = datetime.combine(seat.start.date() + DAY, time(11), DENMARK)
    while at <= seat.end:
        at += DAY
    return at


def capped(wanted: Iterable[tuple[datetime, datetime]]) -> list[datetime]:
    """When one person is told what nobody asked for, from the moments at which each was due and was no longer of use.

    One a day, three in seven days; what waits goes first at eight the next morning.
    """
    said: list[datetime] = []
    open_ones = sorted(wanted)
    while open_ones:
        at, too_late = open_ones.pop(0)
        if at >= too_late:
            continue
        today = [each for each in said if each.date() == at.date()]
        week = [each for each in said if at.date() - 6 * DAY <= each.date()]
        if today or len(week) >= 3:
            later = datetime.combine(at.date() + DAY, time(8), DENMARK)
            open_ones = sorted([*open_ones, (later, too_late)])
        else:
            said.append(at)
    return said


def meetings_of(first: date, last: date) -> list[date]:
    """The second Tuesdays of February, May, August and November, by looking at every day."""
    every = [first + at * DAY for at in range((last - first).days + 1)]
    return [day for day in every if day.month in (2, 5, 8, 11) and day.weekday() == 1 and 8 <= day.day <= 14]


def papers_of(meeting: date, *, member: bool) -> list[tuple[str, datetime]]:
    """What a meeting brings to a member, or to who is at orientation level."""
    week = 7 * DAY
    every = [("agenda", meeting - week), ("minutes", meeting + week)]
    if member:
        every += [("will you come", meeting - 6 * week), ("tomorrow", meeting - DAY)]
    return [(what, datetime.combine(day, time(9), DENMARK)) for what, day in every]


@dataclass
class Year:
    """What people did, and when it ended: enough to say what they must be told. `rhythm` is on which days after they
    met first a pair is asked."""

    begins: datetime
    ends: datetime
    seats: Sequence[Seat] = ()
    pairs: Sequence[Pair] = ()
    rhythm: Sequence[int] = ()
    member: int = 0
    orientation: int = 0

    def expected(self) -> dict[Due, list[datetime]]:
        """Every message with the moment at which it is due, up to the end."""
        found: defaultdict[Due, list[datetime]] = defaultdict(list)
        unasked: defaultdict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
        for seat in self.seats:
            found[seat.chat, f"reminder {seat.activity} {seat.day}"] += reminders_of(seat)
            if after := follow_up_of(seat):
                unasked[seat.chat].append((after, after + 3 * DAY))
        for pair in self.pairs:
            for days in self.rhythm:
                at = datetime.combine(pair.met.date() + days * DAY, time(17, 30), DENMARK)
                for chat in pair.chats:
                    unasked[chat].append((at, at + 6 * DAY))
        for chat, wanted in unasked.items():
            found[chat, UNASKED] += capped(wanted)
        for meeting in meetings_of(self.begins.date(), self.ends.date() + 50 * DAY):
            for chat, is_member in ((self.member, True), (self.orientation, False)):
                for what, at in papers_of(meeting, member=is_member):
                    found[chat, what].append(at)
        within = {due: sorted(at for at in moments if self.begins < at <= self.ends) for due, moments in found.items()}
        return {due: moments for due, moments in within.items() if moments}


def compare(expected: Mapping[Due, Sequence[datetime]], said: Mapping[Due, Sequence[datetime]]) -> Verdict:
    """Each due message once, within a minute of its moment, and no other of these kinds."""
    verdict = Verdict(expected=sum(map(len, expected.values())))
    for due in sorted({*expected, *said}):
        wanted, got = sorted(expected.get(due, ())), sorted(said.get(due, ()))
        example = f"{due[0]} {due[1]}: due {shown(wanted)}, said {shown(got)}"
        if len(got) < len(wanted):
            verdict.add("missing", len(wanted) - len(got), example)
        elif len(got) > len(wanted):
            verdict.add("doubled", len(got) - len(wanted), example)
        else:
            late = sum(abs(one - other) > MINUTE for one, other in zip(wanted, got, strict=True))
            if late:
                verdict.add("late", late, example)
    return verdict


def shown(moments: Sequence[datetime]) -> str:
    """Moments for a reader."""
    return ", ".join(f"{at:%a %d/%m %H:%M}" for at in moments) or "never"


def over_the_cap(unasked: Iterable[tuple[int, datetime]]) -> int:
    """How many messages that nobody asked for came as the second of a day, or the fourth of seven days."""
    days: defaultdict[int, Counter[date]] = defaultdict(Counter)
    for chat, at in unasked:
        days[chat][at.date()] += 1
    return sum(
        max(0, count - 1) + (sum(every[day - back * DAY] for back in range(7)) > 3)
        for every in days.values()
        for day, count in list(every.items())
    )
