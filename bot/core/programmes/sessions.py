"""Sessions: of a cohort, of a person with their choice, at one time with others, and held again elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.core.model import Activity, Occurrence
from bot.core.programmes.model import Programme, Session


def sessions_of(programme: Programme, activity: Activity, occurrences: Iterable[Occurrence]) -> tuple[Session, ...]:
    """The cohort's sessions in their order; a time without a theme of the programme is none of its sessions."""
    found = []
    for each in occurrences:
        theme = programme.theme(activity.themes.get(each.day, ""))
        if theme is not None:
            found.append(Session(theme, each))
    return tuple(sorted(found, key=lambda one: (one.occurrence.start, one.day)))


def is_theirs(programme: Programme, activity: Activity, day: date, chosen: Collection[str]) -> bool:
    """Whether the session of that day is for somebody who chose these themes: required ones are for everyone."""
    theme = programme.theme(activity.themes.get(day, ""))
    return theme is not None and (theme.required or theme.id in chosen)


def narrowed(programme: Programme, activity: Activity, chosen: Collection[str]) -> Activity:
    """The cohort as one person takes part in it: with no other times than theirs."""
    listed = {
        day: held for day, held in activity.schedule.listed.items() if is_theirs(programme, activity, day, chosen)
    }
    return replace(activity, schedule=replace(activity.schedule, listed=listed))


def overlaps(one: Occurrence, other: Occurrence) -> bool:
    """Whether nobody can be at both."""
    return one.start < other.end and other.start < one.end and (one.activity, one.day) != (other.activity, other.day)


def at_one_time(sessions: Sequence[Session]) -> tuple[tuple[Session, Session], ...]:
    """Pairs of sessions that overlap."""
    return tuple(
        (one, other)
        for at, one in enumerate(sessions)
        for other in sessions[at + 1 :]
        if one.is_on and other.is_on and overlaps(one.occurrence, other.occurrence)
    )


def held_again(
    sessions: Iterable[Session],
    theme: str,
    languages: Collection[str],
    spoken: Sequence[Collection[str]],
    now: datetime,
) -> tuple[Session, ...]:
    """Coming sessions of the theme, those held in a language of the person before the others, then the soonest.

    `spoken` are the languages of each session, in the order of `sessions`.
    """
    coming = [
        (not set(languages) & set(each), session.occurrence.start, at, session)
        for at, (session, each) in enumerate(zip(sessions, spoken, strict=True))
        if session.theme.id == theme and session.is_on and session.occurrence.start > now
    ]
    return tuple(one[-1] for one in sorted(coming, key=lambda one: one[:-1]))
