"""Corrections: the messages that were delivered are edited, one after another, in the announcements' lane."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import structlog

from bot.announcing.bubbles import messages
from bot.core.announcing.model import Announcement, Version
from bot.core.model import Person
from bot.core.say import Message
from bot.services import Services
from bot.store import announcements, deliveries, people
from bot.telegram.errors import Outcome

log = structlog.get_logger(__name__)

AT_ONCE = 30
NOT_NOW = frozenset({"later", "never_left", "unauthorised", "failing"})

Change = Callable[[Person, int, Message], Awaitable[Outcome]]
"""Puts other words into a bubble of a person's chat; gives what became of it."""


async def correct(services: Services, change: Change) -> None:
    """Edits what is left to edit. How far it has come is kept, so it goes on after a crash; twice changes nothing."""
    async with services.database.read() as tx:
        awake = await announcements.awake(tx, services.community, services.clock())
    for announcement in awake:
        for version in announcement.versions.values():
            if version.corrected is not None:
                await _correct(services, change, announcement, version)


async def _correct(services: Services, change: Change, announcement: Announcement, version: Version) -> None:
    after = version.corrected or 0
    while True:
        async with services.database.read() as tx:
            rows = await deliveries.to_correct(
                tx, services.community, announcement.id, version.language, after, AT_ONCE
            )
            persons = await people.by_ids(tx, services.community, [person for person, _ in rows])
        said = messages(services.guide, announcement, version)
        outcomes = await asyncio.gather(
            *(_edit(change, persons[who], numbers, said, version) for who, numbers in rows if who in persons)
        )
        if any(each.kind in NOT_NOW for each in outcomes):
            return  # these and the rest are tried again at the next tick
        after = rows[-1][0] if rows else after
        async with services.database.write() as tx:
            await announcements.note_corrected(tx, announcement, version, after if rows else None)
        if not rows:
            return


async def _edit(
    change: Change, person: Person, numbers: tuple[int, ...], said: tuple[Message, ...], version: Version
) -> Outcome:
    """All bubbles of one person. One that is gone, or a chat that is closed, is left as it is."""
    outcome = Outcome("delivered")
    for number, message in zip(numbers, said, strict=False):
        if message.media is not None and not message.lines:
            continue
        outcome = await change(replace(person, language=version.language), number, message)
        if outcome.kind in NOT_NOW:
            return outcome
    return outcome
