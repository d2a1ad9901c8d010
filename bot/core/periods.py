"""The quarters and years for which there are figures, and from when on they are ready."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.core.schedule import local_day, moment

READY_AFTER = timedelta(days=7)
"""What happened on the last days of a quarter is ticked and counted by then."""

_ID = re.compile(r"(20\d\d)(?:-Q([1-4]))?")


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter (`2026-Q4`) or a year (`2026`): its first local day and the day after its last."""

    id: str
    first: date
    after: date

    @property
    def is_year(self) -> bool:
        return "-" not in self.id

    @property
    def start(self) -> datetime:
        return moment(self.first, time())

    @property
    def end(self) -> datetime:
        return moment(self.after, time())

    @property
    def ready_on(self) -> date:
        """The first day on which its figures are made. They are not made anew after that."""
        return self.after + READY_AFTER

    def holds(self, at: datetime) -> bool:
        return self.start <= at < self.end


def quarter(year: int, number: int) -> Period:
    """The quarter `number`, 1 to 4."""
    after = date(year, 3 * number + 1, 1) if number < 4 else date(year + 1, 1, 1)
    return Period(f"{year}-Q{number}", date(year, 3 * number - 2, 1), after)


def whole_year(year: int) -> Period:
    return Period(f"{year}", date(year, 1, 1), date(year + 1, 1, 1))


def quarters_of(year: Period) -> tuple[Period, ...]:
    return tuple(quarter(year.first.year, number) for number in range(1, 5))


def quarter_of(day: date) -> Period:
    return quarter(day.year, (day.month - 1) // 3 + 1)


def named(text: str) -> Period | None:
    """The period of an id; None for what is none."""
    found = _ID.fullmatch(text)
    if found is None:
        return None
    return quarter(int(found[1]), int(found[2])) if found[2] else whole_year(int(found[1]))


def last_ready(now: datetime) -> Period:
    """The last quarter whose figures are ready at `now` (aware)."""
    today = local_day(now)
    found = quarter_of(today)
    while found.ready_on > today:
        found = quarter_of(found.first - timedelta(days=1))
    return found


def not_ready(now: datetime) -> tuple[Period, ...]:
    """The quarter that runs, and before it one that is over but not ready yet."""
    found = [quarter_of(last_ready(now).after)]
    while found[-1].after <= local_day(now):
        found.append(quarter_of(found[-1].after))
    return tuple(found)
