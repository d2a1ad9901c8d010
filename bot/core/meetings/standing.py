"""Where an organisation and a person stand in the network on a day, and in one of its meetings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from bot.core.meetings.model import Charter, Level, Meeting, Membership
from bot.core.model import Organisation, Person
from bot.core.rights import in_secretariat, represents

Standing = Literal["secretariat", "member", "orientation"]
Memberships = Mapping[str, Membership]


def memberships(
    organisations: Iterable[Organisation], charter: Charter, changed: Iterable[Membership]
) -> dict[str, Membership]:
    """Who belongs to the network, by organisation: its level as the pack says it, its dates from the charter, and
    over both what was changed in chat."""
    dated = {each.organisation: each for each in charter.memberships}
    found: dict[str, Membership] = {}
    for each in organisations:
        if each.level in ("member", "orientation"):
            own = dated.get(each.id, Membership(each.id, "member"))
            level: Level = "member" if each.level == "member" else "orientation"
            found[each.id] = Membership(each.id, level, own.joined, own.left, own.mandate_until)
    return found | {each.organisation: each for each in changed}


def seats_of(person: Person, known: Memberships, day: date, level: str = "member") -> tuple[str, ...]:
    """The organisations of this level for which the person sits in the network on a day."""
    return tuple(
        each
        for each in sorted(represents(person))
        if each in known and known[each].level == level and known[each].holds(day)
    )


def standing(person: Person, known: Memberships, day: date, meeting: Meeting | None = None) -> Standing | None:
    """What the person is in the network on a day, or in one meeting of it; None for whom it is not."""
    if in_secretariat(person):
        return "secretariat"
    seats = seats_of(person, known, day)
    if meeting is not None and meeting.parties:
        seats = tuple(each for each in seats if each in meeting.parties)
    if seats:
        return "member"
    return "orientation" if seats_of(person, known, day, "orientation") and not _for_some(meeting) else None


def _for_some(meeting: Meeting | None) -> bool:
    return meeting is not None and bool(meeting.parties)
