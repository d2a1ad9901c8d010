"""Who has come: the persons of many chats found in one query, since many write at the same moment."""

from __future__ import annotations

import asyncio

from bot.core.model import Person
from bot.store import people
from bot.store.database import Database


class Arrivals:
    """Finds persons by their chats. Who asks while one query runs is answered by the next, together with the others.

    A query costs far more than a row of it, so this keeps what a crowd costs near what one person does. The answer is
    never older than the question.
    """

    def __init__(self, database: Database, community: str) -> None:
        self._database = database
        self._community = community
        self._asked: list[tuple[int, asyncio.Future[Person | None]]] = []
        self._reading: asyncio.Task[None] | None = None

    async def find(self, chat: int) -> Person | None:
        """The person of a chat, if they are remembered."""
        answer: asyncio.Future[Person | None] = asyncio.get_running_loop().create_future()
        self._asked.append((chat, answer))
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read())
        return await answer

    async def _read(self) -> None:
        while self._asked:
            asked, self._asked = self._asked, []
            try:
                async with self._database.read() as tx:
                    found = await people.by_chats(tx, self._database, self._community, {chat for chat, _ in asked})
            except Exception as error:  # noqa: BLE001 # whatever it is, it is for those who asked
                for _, answer in asked:
                    if not answer.done():
                        answer.set_exception(error)
            else:
                for chat, answer in asked:
                    if not answer.done():
                        answer.set_result(found.get(chat))
