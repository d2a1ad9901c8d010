"""What happens in the network by itself: matching again, answers that did not come, quiet pairs, papers due."""

from __future__ import annotations

from datetime import datetime

from bot.core.network.model import LIVE, Match
from bot.core.network.rhythm import is_quiet, next_look
from bot.core.network.safeguarding import as_of, may_meet_children
from bot.core.schedule import local_day
from bot.network.matches import run_out, tell_coordinators
from bot.network.rules import network_rules
from bot.network.suggestions import renew
from bot.services import Services
from bot.store import network, network_log
from bot.store.database import Tx


async def tick(services: Services, now: datetime) -> int:
    """Time has passed. Gives how many matches woke."""
    async with services.database.read() as tx:
        due = await network.list_matches(tx, services.community, due=now)
    for each in due:
        async with services.database.write() as tx:
            match = await network.one_match(tx, services.community, each.id)
            if match is not None and match.until is not None and match.until <= now:
                await _wake(tx, services, match, now)
    if due:
        services.hurry.set()
    if await renew(services, now):  # at least once a day, where there is anybody
        await check_papers(services, now)
    return len(due)


async def _wake(tx: Tx, services: Services, match: Match, now: datetime) -> None:
    if match.state == "meeting":
        await network.set_match(tx, services.community, match, "meeting", now)
        content = {"match": match.id}
        await tell_coordinators(tx, services.community, "net_stuck", f"m{match.id}/stuck", content, now)
    elif match.state == "active":
        await _look(tx, services, match, now)
    else:
        await run_out(tx, services, match, now)


async def _look(tx: Tx, services: Services, match: Match, now: datetime) -> None:
    """Whether both gave a sign of life; a coordinator hears of silence once, until somebody speaks again."""
    rules, community = network_rules(), services.community
    met = datetime.fromisoformat(str(match.notes["met"]))
    patience = rules.waits["follow_up"]
    found = await network_log.check_ins_of(tx, community, match.id)
    silent = []
    for person in (match.newcomer, match.volunteer):
        answered = {each.follow_up: each.at for each in found if each.person == person}
        if is_quiet(met, rules.follow_ups, answered, now, patience):
            silent.append(match.side(person))
    told = match.notes.get("quiet") == silent
    if silent and not told:
        key = f"m{match.id}/quiet/{local_day(now)}"
        await tell_coordinators(tx, community, "net_quiet", key, {"match": match.id, "silent": silent}, now)
    until = next_look(met, rules.follow_ups, now, patience)
    await network.set_match(tx, community, match, "active", now, until, quiet=silent)


async def check_papers(services: Services, now: datetime) -> int:
    """A børneattest that has fallen due stops what needs it. Gives how many matches were paused."""
    community, today, stopped = services.community, local_day(now), 0
    async with services.database.write() as tx:
        for volunteer in await network.list_volunteers(tx, community, services.guide.point):
            current = as_of(volunteer.safeguard, today)
            if current != volunteer.safeguard:
                await network.set_volunteer(tx, community, volunteer.person, now, safeguard=current)
                await network_log.note(tx, community, None, "due", f"v{volunteer.person}", now)
                await network_log.mark_changed(tx, community)
            if not may_meet_children(current, today):
                stopped += await pause_with_children(tx, services, volunteer.person, now)
    return stopped


async def pause_with_children(tx: Tx, services: Services, volunteer: int, now: datetime) -> int:
    """Pauses the volunteer's matches with somebody under 15; coordinators are told at once."""
    community, stopped = services.community, 0
    for match in await network.list_matches(tx, community, volunteer=volunteer, states=LIVE):
        request = await network.one_request(tx, community, match.request, services.guide.point)
        if request is not None and request.guarded and match.state != "paused":
            await network.set_match(tx, community, match, "paused", now, before=match.state)
            await network_log.note(tx, community, None, "paused", f"m{match.id}", now)
            key = f"m{match.id}/paper/{local_day(now)}"
            await tell_coordinators(tx, community, "net_paper", key, {"volunteer": volunteer}, now)
            stopped += 1
    return stopped
