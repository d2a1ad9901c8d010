"""What a coordinator does in a topic of the group: answers, notes, takes, ends. The topic says whose case it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.cases.answering import answer, as_kept, called, end, mine, passed_on, still_open
from bot.cases.asking import Sent
from bot.core.model import Person
from bot.core.rights import coordinates
from bot.core.say import Text, say
from bot.services import Services
from bot.store import cases, groups, people

Became = Literal["passed", "noted", "nothing"]


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of words in a topic, and what there is to say about it; None where a sign on them is enough."""

    became: Became
    word: Text | None = None


async def heard(
    services: Services, coordinator: Person | None, thread: int, sent: Sent, now: datetime, *, note: bool
) -> Heard:
    """Passes on what a coordinator writes in a topic, or keeps it as a note. Who else writes there is told once."""
    community = services.community
    async with services.database.write() as tx:
        found = await groups.thread_of(tx, community, thread)
        if found is None or found.person is None:
            return Heard("nothing")
        if coordinator is None or not coordinates(coordinator):
            # NOTE: In the coordinators' group, to somebody who is no coordinator or writes anonymously.
            return Heard("nothing", say("This was not passed on. Only a coordinator whom I know can answer."))
        asker = (await people.by_ids(tx, community, [found.person])).get(found.person)
        case = await cases.last_of(tx, community, found.person)
        if case is None or asker is None:
            return Heard("nothing")
        words = as_kept(sent, coordinator.id, in_group=True)
        if note:
            await cases.write(tx, community, case, replace(words, side="note"), now)
            return Heard("noted")
        case = await still_open(tx, community, case) or case
        if case.taken_by is None:
            case = await mine(tx, services, case, coordinator.id)
        await answer(tx, community, case, words, now)
    services.hurry.set()
    services.stirred.set()
    return Heard("passed", passed_on(asker) if asker.state == "blocked" else None)


async def take(services: Services, coordinator: Person | None, number: int, *, over: bool) -> Text | None:
    """Takes a case; the head of its topic shows it to all. Gives what to say to who tapped, where it did not work."""
    if coordinator is None or not coordinates(coordinator):
        return say("Only coordinators can do this.")
    community = services.community
    async with services.database.write() as tx:
        case = await cases.one(tx, community, number, held=True)
        if case is None or case.closed_at is not None:
            return say("This case is closed.")
        if case.taken_by not in (None, coordinator.id) and not over:
            return say("✋ {name} has this case.", name=await called(tx, community, case.taken_by))
        if case.taken_by != coordinator.id:
            await mine(tx, services, case, coordinator.id)
    services.hurry.set()
    services.stirred.set()
    return None


async def close(services: Services, coordinator: Person | None, number: int, now: datetime) -> Text | None:
    """Ends a case; the person is asked whether it helped."""
    if coordinator is None or not coordinates(coordinator):
        return say("Only coordinators can do this.")
    await end(services, number, now, coordinator.id)
    return None


async def close_by_hand(services: Services, coordinator: Person | None, thread: int, now: datetime) -> None:
    """A coordinator closed the topic itself: that is the same as done."""
    async with services.database.read() as tx:
        found = await groups.thread_of(tx, services.community, thread)
        case = await cases.last_of(tx, services.community, found.person) if found and found.person else None
    if case is not None and case.closed_at is None:
        await close(services, coordinator, case.id, now)
