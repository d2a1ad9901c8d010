"""Matching again when something changed: read, decide off the loop, write what is new, tell the coordinators."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime

from bot.core.network.matching import Pair, suggest
from bot.core.network.model import ASKED, Request, Volunteer
from bot.core.schedule import local_day
from bot.network.matches import tell_coordinators
from bot.services import Services
from bot.store import network, network_log, network_persons
from bot.store.database import Tx


async def renew(services: Services, now: datetime) -> bool:
    """Makes the suggestions those of this moment. False where nothing changed since the last time."""
    community, today = services.community, local_day(now)
    async with services.database.read() as tx:
        turn = await tx.scalar(network_log.unsettled(community, today))
        if turn is None:
            return False
        requests, volunteers = await waiting(tx, services)
        past = await network.past(tx, community)
    found = await asyncio.to_thread(suggest, requests, volunteers, past, now)
    await _write(services, requests, found.pairs, past.standing, turn, now)
    services.hurry.set()
    return True


async def waiting(tx: Tx, services: Services) -> tuple[tuple[Request, ...], tuple[Volunteer, ...]]:
    """Both waiting lists: requests nobody has been asked for yet, and volunteers with the room that is not promised.

    Who said stop or has blocked the bot is on neither: the other side would be asked in vain.
    """
    community, point = services.community, services.guide.point
    asked = await network.list_matches(tx, community, states=(*ASKED, "queued"))
    taken = {each.request for each in asked}
    promised: dict[int, int] = {}
    for each in asked:
        promised[each.volunteer] = promised.get(each.volunteer, 0) + (each.state != "queued")
    silent = await network_persons.out_of_reach(tx, community)
    requests = await network.list_requests(tx, community, point, states=("waiting",))
    volunteers = await network.list_volunteers(tx, community, point)
    return (
        tuple(each for each in requests if each.id not in taken and each.person not in silent),
        tuple(
            replace(each, busy=each.busy + promised.get(each.person, 0))
            for each in volunteers
            if each.person not in silent
        ),
    )


async def _write(
    services: Services,
    requests: tuple[Request, ...],
    pairs: tuple[Pair, ...],
    standing: frozenset[tuple[int, int]],
    turn: int,
    now: datetime,
) -> None:
    """One transaction. What changed meanwhile has raised the turn, and is looked at by the next tick."""
    community, by_id = services.community, {each.id: each for each in requests}
    wanted = {(pair.request, pair.volunteer): pair for pair in pairs}
    async with services.database.write() as tx:
        await network.drop_suggestions(tx, community, wanted)
        new = [pair for key, pair in wanted.items() if key not in standing]
        for pair in new:
            current = await network.one_request(tx, community, pair.request, services.guide.point)
            if current is not None and current.state == "waiting":
                await network.add_match(tx, community, by_id[pair.request], pair.volunteer, "suggested", now, None)
        await network_log.mark_settled(tx, community, turn, local_day(now))
        if new:
            await tell_coordinators(tx, community, "net_suggested", f"suggested/{local_day(now)}", {}, now)
