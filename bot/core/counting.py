"""From records to what is counted in a quarter: who came how soon, which matches still live, what was answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from dateutil.relativedelta import relativedelta

from bot.core.network.model import Match, MatchState
from bot.core.numbers import ALIVE_AFTER, Group, group_of_band
from bot.core.periods import Period
from bot.core.schedule import DAY, ZONE, local_day

OVER: tuple[MatchState, ...] = ("ended", "paused")
"""Two who do not meet any more, or not for now."""


@dataclass(frozen=True, slots=True)
class FirstActivity:
    """When somebody said yes to be remembered, and when they first took part in something, for whom it was."""

    contact: datetime
    at: datetime
    group: Group


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of Let's Network: when it was made, and the age band."""

    at: datetime
    band: str


def days_between(one: datetime, other: datetime) -> int:
    """Nights from one moment to another in local days; what came on the same day took none."""
    return max(0, (local_day(other) - local_day(one)).days)


def days_to_activity(found: Iterable[FirstActivity], period: Period) -> dict[str, list[int]]:
    """By group, for those whose first activity was in the period."""
    days: dict[str, list[int]] = {}
    for each in found:
        if period.holds(each.at):
            days.setdefault(each.group, []).append(days_between(each.contact, each.at))
    return days


def met(match: Match) -> datetime | None:
    """When two met for the first time; None where it was never agreed on, or was called off."""
    agreed = match.notes.get("met")
    if not isinstance(agreed, str) or match.state not in ("active", *OVER):
        return None
    at = datetime.fromisoformat(agreed)
    return None if match.state in OVER and match.changed < at else at


def days_to_meeting(matches: Iterable[Match], asked: Mapping[int, Asked], period: Period) -> dict[str, list[int]]:
    """By group, for requests whose first meeting of all was in the period."""
    first: dict[int, datetime] = {}
    for match in matches:
        at = met(match)
        if at is not None and match.request in asked:
            first[match.request] = min(at, first.get(match.request, at))
    days: dict[str, list[int]] = {}
    for request, at in first.items():
        if period.holds(at):
            days.setdefault(group_of_band(asked[request].band), []).append(days_between(asked[request].at, at))
    return days


def alive(
    matches: Iterable[Match], asked: Mapping[int, Asked], period: Period
) -> dict[str, dict[str, tuple[int, int]]]:
    """For each of ALIVE_AFTER, by group: of the matches that came to that age in the period, how many still met then,
    and how many did not."""
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for match in matches:
        at = met(match)
        if at is None or match.request not in asked:
            continue
        group = group_of_band(asked[match.request].band)
        for months in ALIVE_AFTER:
            mark = at.astimezone(ZONE) + relativedelta(months=months)
            if period.holds(mark):
                yes, no = found.setdefault(f"alive/{months}", {}).get(group, (0, 0))
                over = match.state in OVER and match.changed <= mark
                found[f"alive/{months}"][group] = (yes, no + 1) if over else (yes + 1, no)
    return found


Answered = Literal["day", "later"]


def answered(opened: datetime, first: datetime | None, closed: datetime | None) -> Answered | None:
    """Whether who asked for a person was answered within a day, later, or took it back before that (None)."""
    within = opened + DAY
    if first is not None and first <= within:
        return "day"
    return None if first is None and closed is not None and closed <= within else "later"
