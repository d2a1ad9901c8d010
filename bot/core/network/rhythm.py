"""When a pair is asked how it goes, and when it has gone quiet. The days themselves are data (`data/network.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.core.schedule import DAY, local_day, moment

ASK_AT = time(17, 30)
UNANSWERED = 2
"""Questions in a row without an answer, after which a pair counts as quiet."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question after the first meeting: its id, how many days after, and its text by language."""

    id: str
    days: int
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that falls due: its follow-up and the moment (aware, UTC)."""

    id: str
    at: datetime


def plan(met: datetime, rhythm: Sequence[FollowUp]) -> tuple[Asked, ...]:
    """When both are asked, from the moment of the first meeting on: in the late afternoon, never the same evening."""
    return tuple(Asked(each.id, moment(local_day(met) + each.days * DAY, ASK_AT)) for each in rhythm)


def next_look(met: datetime, rhythm: Sequence[FollowUp], now: datetime, patience: timedelta) -> datetime | None:
    """When to look next whether both have answered: some days after a question. None after the last."""
    ahead = [each.at + patience for each in plan(met, rhythm) if each.at + patience > now]
    return min(ahead, default=None)


def is_quiet(
    met: datetime, rhythm: Sequence[FollowUp], answered: Mapping[str, datetime], now: datetime, patience: timedelta
) -> bool:
    """Whether one side has left two questions in a row unanswered. `answered`: when each question was, by its id.

    Any answer counts as a sign of life for the questions before it, whichever it was to.
    """
    due = [each for each in plan(met, rhythm) if each.at + patience <= now]
    last = max(answered.values(), default=met)
    open_since = [each for each in due if each.at > last and each.id not in answered]
    return len(open_since) >= UNANSWERED
