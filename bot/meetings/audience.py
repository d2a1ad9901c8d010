"""Whom of the network something is told, and the notices for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.core.meetings.model import Meeting
from bot.core.meetings.standing import Standing, standing
from bot.core.model import Person
from bot.core.rights import coordinates, in_secretariat
from bot.core.schedule import local_day
from bot.guide import Guide
from bot.store import notices, people
from bot.store.database import Tx
from bot.store.notices import NewNotice

MEMBERS: tuple[Standing, ...] = ("secretariat", "member")
EVERYBODY: tuple[Standing, ...] = ("secretariat", "member", "orientation")


async def those(
    tx: Tx, guide: Guide, now: datetime, standings: tuple[Standing, ...], meeting: Meeting | None = None
) -> list[Person]:
    """Everyone who stands so in the network today, and in the meeting."""
    today = local_day(now)
    everybody = await people.with_any_role(tx, guide.community.id)
    return [each for each in everybody if standing(each, guide.memberships, today, meeting) in standings]


async def writers(tx: Tx, guide: Guide, *, all_who_run: bool = False) -> list[Person]:
    """Who writes the papers: the convenor and the secretary; where there is neither, every coordinator.

    `all_who_run`: the coordinators too, as nobody has written what was due.
    """
    everybody = await people.with_any_role(tx, guide.community.id)
    found = [each for each in everybody if in_secretariat(each)]
    run = [each for each in everybody if coordinates(each)]
    return [*found, *(each for each in run if each not in found)] if all_who_run or not found else found


async def tell(
    tx: Tx,
    community: str,
    whom: list[Person],
    kind: str,
    key: str,
    now: datetime,
    content: Mapping[str, Any],
    *,
    urgent: bool = False,
    too_late: datetime | None = None,
) -> None:
    """Queues a notice for each, once by its key. They asked for it by taking the seat, so no cap holds it back."""
    wanted = [NewNotice(each.id, kind, key, now, content, too_late, urgent=urgent) for each in whom]
    await notices.add(tx, community, wanted)


def key_of(meeting: Meeting, what: str) -> str:
    """The natural key of a notice about a meeting as it is held now: a move makes it another."""
    return f"M{meeting.id}.{meeting.sequence}/{what}"
