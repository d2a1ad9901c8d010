"""What somebody changes midway: the rules are looked at once more in every match that it touches."""

from __future__ import annotations

from datetime import datetime

from bot.core.model import Person
from bot.core.network.matching import between
from bot.core.network.matching_rules import Reason
from bot.core.network.model import ASKED, LIVE, Match, Past
from bot.network.matches import fill, next_in_line, tell_coordinators
from bot.services import Services
from bot.store import network, network_log, network_persons
from bot.store.database import Tx

ONLY_BEFORE: frozenset[Reason] = frozenset({"full", "starts", "offer"})
"""What matters until both have found each other, and not afterwards."""


async def moved(services: Services, person: Person, place: str, now: datetime) -> None:
    """The person lives elsewhere now: their open requests and their offer move with them."""
    async with services.database.write() as tx:
        if await network_persons.move(tx, services.community, person.id, place, now):
            await network_log.note(tx, services.community, person.id, "moved", f"v{person.id}", now)
            await recheck(tx, services, person.id, now)
            await network_log.mark_changed(tx, services.community)
    services.hurry.set()


async def recheck(tx: Tx, services: Services, person: int, now: datetime) -> None:
    """Takes back what no longer fits, before both have found each other; afterwards coordinators are told.

    What a coordinator set aside by hand when they approved still is.
    """
    states = ("queued", *ASKED, *LIVE)
    for match in await network.list_matches(tx, services.community, person=person, states=states):
        lost = await _lost(tx, services, match, now)
        if match.state in LIVE:
            await _tell_of(tx, services, match, lost - ONLY_BEFORE, now)
        elif lost:
            kind = "net_changed" if person == match.volunteer else "net_filled"
            await fill(tx, services.community, match, now, kind=kind)  # both hear of it, whoever changed what
            await next_in_line(tx, services.community, match.request, now)


async def _lost(tx: Tx, services: Services, match: Match, now: datetime) -> set[Reason]:
    """The rules and wishes that these two break now, and did not when a coordinator approved them."""
    point = services.guide.point
    request = await network.one_request(tx, services.community, match.request, point)
    volunteer = await network.one_volunteer(tx, services.community, match.volunteer, point)
    if request is None or volunteer is None:
        return set()
    kept = match.notes.get("breaks")
    return set(between(request, volunteer, Past(), now)) - set(kept if isinstance(kept, list) else ())


async def _tell_of(tx: Tx, services: Services, match: Match, lost: set[Reason], now: datetime) -> None:
    """Two who know each other are not parted by a rule about wishes. One that protects a child pauses them."""
    community, told = services.community, match.notes.get("lost")
    found = sorted(lost)
    if not found or found == told:
        return
    if "børneattest" in lost and match.state != "paused":
        await network.set_match(tx, community, match, "paused", now, before=match.state, lost=found)
        await network_log.note(tx, community, None, "paused", f"m{match.id}", now)
    else:
        await network.set_match(tx, community, match, match.state, now, match.until, lost=found)
    content = {"match": match.id, "lost": found}
    key = f"m{match.id}/lost/{'.'.join(found)}"
    await tell_coordinators(tx, community, "net_no_longer", key, content, now)
