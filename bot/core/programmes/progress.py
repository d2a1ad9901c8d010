"""How far a person has come in a programme: what they attended, what is missing, and whether it is complete."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.programmes.model import Attendance, Programme, Session


@dataclass(frozen=True, slots=True)
class Progress:
    """Themes by id. `missing`: over in their cohort without them, and no visit is planned. `visits`: planned ones."""

    attended: frozenset[str]
    missing: tuple[str, ...]
    visits: frozenset[str]
    complete: bool


def progress(
    programme: Programme,
    chosen: Collection[str],
    own: Sequence[Session],
    kept: Iterable[Attendance],
    now: datetime,
) -> Progress:
    """`own` are the person's sessions in their cohort, `kept` what is known of their attendance in the programme.

    A session that nobody ticked is not missed: nobody has said so. One that was cancelled is, as it has to be held
    again.
    """
    known = list(kept)
    attended = frozenset(each.theme for each in known if each.came)
    visits = frozenset(each.theme for each in known if each.visit and each.came is None and each.start > now)
    absent = {(each.activity, each.day) for each in known if each.came is False and not each.visit}
    lost = {
        session.theme.id
        for session in own
        if (session.activity, session.day) in absent or (not session.is_on and session.theme.id not in attended)
    }
    again = {session.theme.id for session in own if session.is_on and session.occurrence.start > now}
    missing = tuple(
        each.id for each in programme.themes if each.id in lost and each.id not in attended | visits | again
    )
    taken = sum(each.id in attended for each in programme.of_choice)
    whole = all(each.id in attended for each in programme.required) and taken >= programme.choose
    return Progress(attended, missing, visits, bool(attended) and whole)


def wrong_choice(programme: Programme, chosen: Collection[str], theme: str) -> bool:
    """Whether one more theme would be too many."""
    return theme not in chosen and len(set(chosen)) >= programme.choose
