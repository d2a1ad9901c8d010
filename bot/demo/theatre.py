"""The demo's theatre: its database, the world of phones, the persons on them, and what is still to be said."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.core.pack import Pack
from bot.demo.bot_process import BotProcess
from bot.demo.botapi import Person, World
from bot.demo.clock import DemoClock
from bot.due import next_due
from bot.invitations import invite
from bot.loading import load_pack
from bot.store import deliveries, inbox, notices
from bot.store.activities import load_activities
from bot.store.backup import BackupFault, back_up
from bot.store.database import Database
from bot.store.keys import read_keys
from bot.topics import LANGUAGES

PATIENCE = 20.0
COMES_IN_WITHIN = 60.0  # after a reset the bot has to start first, perhaps on a busy machine
LOOKS_EVERY = 0.03
PERSONS = (("أمينة", "ar", "newcomer"), ("Mette", "da", "volunteer"), ("Lone", "da", "coordinator"))


@dataclass
class Theatre:
    """What is played: `url` is the database, `key_file` its key, `bot` the process that uses both."""

    pack: Pack
    url: str
    key_file: Path
    clock: DemoClock
    world: World
    bot: BotProcess
    _database: Database | None = None  # none while it is made anew
    _beginning: Path | None = None  # a copy of the database as the first one began
    _coming_in: set[asyncio.Task[None]] = field(default_factory=set)
    _welcomed: set[int] = field(default_factory=set)

    async def open(self) -> None:
        """A database with the pack and nobody in it: every demo begins at the beginning."""
        file = Path(self.url.partition(":///")[2])
        for ending in ("", "-wal", "-shm"):
            file.with_name(file.name + ending).unlink(missing_ok=True)
        if self._beginning is not None:
            file.touch(mode=0o600)
            shutil.copyfile(self._beginning, file)
            self._database = Database(self.url, read_keys(self.key_file))
            return
        database = Database(self.url, read_keys(self.key_file))
        await database.migrate()
        await load_pack(database, self.pack)
        self._database = database
        beginning = file.with_name("beginning.db")
        with contextlib.suppress(BackupFault):  # without room for it, each beginning is made like the first
            await asyncio.to_thread(back_up, self.url, beginning)
            self._beginning = beginning

    async def close(self) -> None:
        coming = tuple(self._coming_in)
        for task in coming:
            task.cancel()
        # one that is cut short closes its connection itself, and two who close one wait for each other for ever
        await asyncio.gather(*coming, return_exceptions=True)
        database, self._database = self._database, None
        if database is not None:
            await database.close()

    async def reset(self) -> None:
        """The bot's memory and the clock anew. The world tells when it is emptied too, and the persons come back."""
        async with self.bot.away():
            await self.close()
            self.clock.restart()
            await self.open()

    def begin(self) -> None:
        """The three persons come, now and whenever the world was emptied, and coordinators by their invitation."""
        self.world.watch(self._sees)
        self._cast()

    def _sees(self, event: dict[str, Any]) -> None:
        if event["type"] == "reset":
            self._cast()
        elif event["type"] == "people":
            for person in self.world.people.values():
                if person.role == "coordinator" and person.id not in self._welcomed:
                    self._welcomed.add(person.id)
                    self._soon(self._come_in(person))

    def _cast(self) -> None:
        for name, code, role in PERSONS:
            person = self.world.new_person(name, code, role=role)
            if role != "coordinator":
                self.world.starts(person)

    def _soon(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._coming_in.add(task)
        task.add_done_callback(self._coming_in.discard)

    async def _come_in(self, person: Person) -> None:
        """A coordinator opens a real one-time invitation, chooses the app's language and says yes."""
        assert self._database is not None
        async with self._database.write() as tx:
            token = await invite(tx, self.pack.community.id, "coordinator", self.clock())
        self.world.starts(person, f"i_{token}")
        language = person.language_code if person.language_code in LANGUAGES else "en"
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(COMES_IN_WITHIN):
                for data in (f"l:{language}:i_", "yes:i_"):
                    await self._tap(person, data)

    async def _tap(self, person: Person, data: str) -> None:
        """Taps the button whose data begins so, as soon as there is one."""
        while True:
            for message in self.world.from_bot(person):
                for button in (each for row in message.buttons for each in row):
                    if button.get("callback_data", "").startswith(data):
                        self.world.taps(person, data=button["callback_data"], message_id=message.id)
                        return
            await asyncio.sleep(LOOKS_EVERY)

    async def next_due(self) -> tuple[datetime, str] | None:
        """The next moment at which something happens by itself, and what. During a reset nothing does."""
        if self._database is None:
            return None
        async with self._database.read() as tx:
            return await next_due(tx, self.pack.community.id, self.clock())

    async def numbers(self) -> dict[str, int]:
        """The activities' numbers, which the bot's buttons carry, by their ids in the pack."""
        assert self._database is not None
        async with self._database.read() as tx:
            found = await load_activities(tx, self.pack.community.id)
        return {each.id: number for number, each in found.items()}

    async def idle(self) -> bool:
        """Nobody on the way in, nothing unanswered, nothing due, nothing being sent: in the order in which one becomes
        the other, so that nothing slips through between two looks."""
        community = self.pack.community.id
        if self._coming_in or self._database is None:
            return False
        async with self._database.read() as tx:
            if await inbox.count(tx, community, "waiting"):
                return False
        due = await self.next_due()
        if due is not None and due[0] <= self.clock():
            return False
        async with self._database.read() as tx:
            return not await deliveries.in_flight(tx, community) and not await notices.in_flight(tx, community)

    async def at_rest(self) -> bool:
        """Idle, and every update taken and confirmed."""
        return self.world.idle and await self.idle()

    async def settled(self) -> None:
        """Waits until what is due at the clock's now was said."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while not await self.at_rest():
                    await asyncio.sleep(LOOKS_EVERY)
