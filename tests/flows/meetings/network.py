"""The people of the network's stories: who represents an organisation, who writes, and what they do in a few taps."""

from __future__ import annotations

from bot.core.meetings.model import Meeting
from bot.core.rights import represents_role
from bot.store import meetings
from tests.flows.stage import Phone, Stage


async def represents(play: Stage, name: str, organisation: str) -> Phone:
    """Somebody who came in by an invitation to represent an organisation."""
    return await play.coordinator(name, role=represents_role(organisation))


async def is_secretary(play: Stage, coordinator: Phone, who: Phone) -> None:
    """The coordinator makes somebody secretary."""
    await coordinator.says("/meetings")
    await coordinator.taps("Ms")
    await coordinator.taps("MS:s")
    await coordinator.taps(f"MG:s:{await play.id_of(who)}:")


async def planned(play: Stage) -> tuple[Meeting, ...]:
    """The coming meetings that are planned."""
    services = play.app.services
    async with services.database.read() as tx:
        found = await meetings.since(tx, services.community, play.clock())
    return tuple(each for each in found if each.state == "planned")


async def kept(play: Stage, number: int) -> Meeting:
    services = play.app.services
    async with services.database.read() as tx:
        found = await meetings.one(tx, services.community, number)
    assert found is not None
    return found


async def writes_agenda(secretary: Phone, meeting: int, *items: str) -> str:
    """The secretary writes items and says that it is ready."""
    await secretary.says("/meetings")
    await secretary.taps(f"Mm:{meeting}")
    await secretary.taps(f"Mw:{meeting}")
    for item in items:
        await secretary.taps(f"Mn:{meeting}")
        await secretary.says(item)
    return await secretary.taps(f"My:{meeting}")


async def writes_minutes(secretary: Phone, meeting: int, *decisions: str) -> str:
    """The secretary writes decisions and says that the minutes are ready."""
    await secretary.says("/meetings")
    await secretary.taps(f"Mm:{meeting}")
    await secretary.taps(f"Mv:{meeting}")
    for decision in decisions:
        await secretary.taps(f"Mb:{meeting}:d")
        await secretary.says(decision)
    return await secretary.taps(f"Mz:{meeting}")
