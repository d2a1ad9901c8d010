"""The børneattest as a state, never as a paper: who assessed it, when, and until when it holds.

Required for steady, direct contact with children under 15. The organisation orders it, the volunteer consents in
Digital Post, and it is deleted once assessed; only the note of the assessment is kept. The law sets no term; every
second year is the usual one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

State = Literal["not_needed", "asked", "assessed", "not_ok", "due"]

YEARS = 2
REMIND = (timedelta(days=60), timedelta(days=14))
"""How long before it must be renewed the coordinators are reminded."""


class NotNow(Exception):
    """The step does not follow from the state that the børneattest is in."""


@dataclass(frozen=True, slots=True)
class Safeguard:
    """Where one volunteer's børneattest stands. `by` is the coordinator who assessed it (their person)."""

    state: State = "not_needed"
    by: int | None = None
    on: date | None = None
    renew_by: date | None = None


NOT_NEEDED = Safeguard()

STEPS: dict[State, tuple[State, ...]] = {
    "not_needed": ("asked",),
    "asked": ("assessed", "not_ok", "not_needed"),
    "assessed": ("assessed", "not_ok", "due", "asked"),
    "due": ("asked", "assessed", "not_ok", "not_needed"),
    "not_ok": ("asked",),
}


def ask(found: Safeguard) -> Safeguard:
    """The organisation has asked for it. What was assessed before holds until its day. Raises NotNow."""
    _check(found, "asked")
    return replace(found, state="asked")


def assess(found: Safeguard, by: int, today: date, years: int = YEARS) -> Safeguard:
    """A coordinator has seen it and it is in order. Raises NotNow."""
    _check(found, "assessed")
    return Safeguard("assessed", by, today, years_later(today, years))


def refuse(found: Safeguard, by: int, today: date) -> Safeguard:
    """A coordinator has seen it and it is not in order. Raises NotNow."""
    _check(found, "not_ok")
    return Safeguard("not_ok", by, today)


def as_of(found: Safeguard, today: date) -> Safeguard:
    """The state on a day: what was assessed falls due on its day of renewal by itself."""
    if found.state == "assessed" and found.renew_by is not None and found.renew_by <= today:
        return replace(found, state="due")
    return found


def may_meet_children(found: Safeguard, today: date) -> bool:
    """Whether a match with someone under 15 is allowed on this day.

    One that is being renewed holds until its own day: asking for the next does not undo the last.
    """
    if found.state not in ("assessed", "asked"):
        return False
    return found.renew_by is not None and today < found.renew_by


def reminders(found: Safeguard) -> tuple[date, ...]:
    """The days on which coordinators are reminded of a renewal."""
    if found.renew_by is None:
        return ()
    return tuple(found.renew_by - before for before in REMIND)


def years_later(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _check(found: Safeguard, wanted: State) -> None:
    if wanted not in STEPS[found.state]:
        raise NotNow(f"a børneattest that is {found.state} cannot become {wanted}")
