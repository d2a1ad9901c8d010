"""What the tests of the outbox share: a Telegram that answers as it is told, and notices in a queue."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import pytest

from bot import outbox, people
from bot.core.model import Person
from bot.core.say import Message
from bot.core.schedule import ZONE
from bot.services import Services
from bot.store import notices
from bot.store.notices import NewNotice
from bot.store.tables import notices as rows
from bot.telegram.errors import DELIVERED, Outcome
from tests.flows.stage import Stage

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZONE)  # a Monday
Answer = Callable[[Person, str], Awaitable[Outcome]]


class Telegram:
    """Stands where the pusher stands: keeps what was sent to whom, and answers with the outcome it is told."""

    def __init__(self, *outcomes: Outcome, answer: Answer | None = None) -> None:
        self.sent: list[tuple[int, str]] = []
        self._outcomes = list(outcomes)
        self._answer = answer

    async def send(self, person: Person, message: Message, wanted: outbox.Wanted) -> tuple[Outcome, int | None]:
        if not wanted():
            return Outcome("unwanted"), None
        said = str(message.lines[-1].values["text"])  # type: ignore[union-attr] # a reminder in the person's own words
        self.sent.append((person.id, said))
        outcome = DELIVERED
        if self._answer is not None:
            outcome = await self._answer(person, said)
        elif self._outcomes:
            outcome = self._outcomes.pop(0)
        return outcome, len(self.sent) if outcome == DELIVERED else None

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.sent]


async def somebody(services: Services, chat: int = 501) -> Person:
    return await people.remember(services, chat, "en", NOON)


async def queue(services: Services, person: Person, *texts: str, kind: str = "own", **more: Any) -> None:
    values = {"due": NOON, "urgent": True, **more}
    async with services.database.write() as tx:
        wanted = [NewNotice(person.id, kind, text, content={"text": text}, **values) for text in texts]
        await notices.add(tx, services.community, wanted)


async def drained(services: Services, telegram: Telegram, now: datetime = NOON) -> int:
    claimed = 0
    while batch := await outbox.drain(services, telegram.send, now):
        claimed += batch
    return claimed


async def states(play: Stage) -> dict[str, str]:
    return {row["key"]: row["state"] for row in await play.rows(rows)}


async def one(play: Stage) -> dict[str, Any]:
    (row,) = await play.rows(rows)
    return row


@pytest.fixture
def services(play: Stage) -> Services:
    return play.app.services


async def claimed_by_a_dead_process(services: Services, until: datetime) -> None:
    async with services.database.write() as tx:
        assert await notices.claim(tx, services.community, NOON, 10, until)
