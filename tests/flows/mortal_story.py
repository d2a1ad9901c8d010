"""The main story as it is told while the bot dies in it: persons who wait and tap, a moved clock, five chapters."""

from __future__ import annotations

import asyncio
import random
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestServer
from sqlalchemy import Table

from bot.app import open_database
from bot.core.schedule import ZONE
from bot.demo.botapi import TOKEN, Person, World, make_app
from bot.demo.clock import DemoClock
from bot.loading import load_pack
from bot.settings import Settings, read_settings
from bot.store import people
from bot.store.database import Database
from bot.store.keys import make_keys
from bot.store.tables import activities, inbox, notices, signups
from tests.flows.mortal import Mortal
from tests.flows.stage import PACK

BREAD = "bagning-korinth"  # two seats, Tuesdays 15:00–17:00
MONDAY = datetime(2026, 11, 23, 13, 0, tzinfo=ZONE)
TUESDAY, NEXT_TUESDAY = date(2026, 11, 24), date(2026, 12, 1)
LANGUAGES = {"Amina": "ar", "Bereket": "ti", "Clara": "da", "Dawit": "en", "Esra": "ar"}
KILLS_BY_CHAPTER = (9, 6, 4, 3, 3)
PATIENCE = 40.0
"""Seconds of real time until somebody who waits for the bot has waited too long."""


@dataclass
class Phone:
    """A person who taps when the button they wait for is there, whether the bot lives or not."""

    story: Story
    person: Person

    async def sees(self, start: str) -> tuple[int, str]:
        """The newest button whose data begins so, as soon as there is one: bubble and data."""
        async with self.story.patience(f"{self.person.name} waits for a button {start}"):
            while True:
                for bubble in reversed(self.story.world.from_bot(self.person)):
                    for button in (each for row in bubble.buttons for each in row):
                        if button.get("callback_data", "").startswith(start):
                            return bubble.id, button["callback_data"]
                await self.story.changes()

    async def taps(self, start: str) -> None:
        bubble, data = await self.sees(start)
        self.story.world.taps(self.person, data=data, message_id=bubble)
        self.story.mortal.acts()

    def says(self, text: str) -> None:
        self.story.world.says(self.person, text)
        self.story.mortal.acts()

    async def meets(self, language: str) -> None:
        self.says("/start")
        await self.taps(f"l:{language}")
        await self.taps("yes")
        await self.taps("p:")
        await self.sees("c:")

    async def signs_up(self) -> None:
        """Opens the card by the link on the poster, and takes a seat or a place in line."""
        self.says(f"/start a_{self.story.number}")
        await self.taps(f"j:{self.story.number}:")
        await self.sees("x:")

    async def asks_to_be_reminded(self) -> None:
        self.says(f"/start a_{self.story.number}")
        await self.taps(f"r:{self.story.number}:")
        await self.taps("ra:")

    async def answers_the_reminder(self, thumb: str) -> None:
        """`y` or `n` under the newest reminder."""
        bubble, data = await self.sees("a:")
        self.story.world.taps(self.person, data=f"{data[:-1]}{thumb}", message_id=bubble)
        self.story.mortal.acts()


@dataclass
class Story:
    """World, moved clock and database of one story, and the bot that dies in it."""

    world: World
    clock: DemoClock
    database: Database
    mortal: Mortal
    number: int
    log: Path
    answered: set[int]

    def phone(self, name: str, language: str) -> Phone:
        return Phone(self, self.world.new_person(name, language))

    async def changes(self) -> None:
        await asyncio.sleep(0.003)

    @asynccontextmanager
    async def patience(self, what: str) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(PATIENCE):
                yield
        except TimeoutError:
            raise AssertionError(f"{what}; the bot's log ends:\n{self.log.read_text()[-3000:]}") from None

    async def rows(self, table: Table) -> list[dict[str, Any]]:
        async with self.database.read() as tx:
            return [dict(row._mapping) for row in await tx.execute(table.select())]

    async def person(self, phone: Phone) -> int:
        async with self.database.read() as tx:
            found = await people.by_chat(tx, self.database, PACK.community.id, phone.person.id)
        assert found is not None
        return found.id

    async def becomes(self, phone: Phone, state: str, day: date = TUESDAY) -> None:
        """Waits until the person's sign-up is in this state."""
        person = await self.person(phone)
        async with self.patience(f"{phone.person.name} waits to be {state}"):
            while not any(
                (each["person"], each["day"], each["state"]) == (person, day, state)
                for each in await self.rows(signups)
            ):
                await self.changes()

    async def chapter_ends(self) -> None:
        """Everything is answered, what is due is said, and each kill of the chapter was done, the last ones at rest."""
        async with self.patience("a chapter waits for its end"):
            while True:
                if self.world.idle and await self._at_rest():
                    if self.mortal.kills <= 0:
                        break
                    self.mortal.kill()
                await self.changes()
        self.answered |= {each["update_id"] for each in await self.rows(inbox) if each["state"] == "done"}

    async def _at_rest(self) -> bool:
        left = [each for each in await self.rows(inbox) if each["state"] == "waiting"]
        due = [each for each in await self.rows(notices) if each["state"] == "waiting" and each["due"] <= self.clock()]
        return not left and not due and self.mortal.is_up

    def goes_on(self, day: int, clock: str) -> None:
        """The clock is moved to this moment of November 2026."""
        hour, minute = map(int, clock.split(":"))
        self.clock.set(datetime(2026, 11, day, hour, minute, 0, tzinfo=ZONE))


@asynccontextmanager
async def story(database_url: str, folder: Path, seed: int, *, webhook: bool) -> AsyncIterator[Story]:
    """A world, a loaded database, and a bot in a process of its own that takes updates by webhook or by polling."""
    make_keys(folder / "brobot.key")
    clock = DemoClock(folder / "clock.json", MONDAY)
    world = World(clock, journal=50_000)
    world.webhook_pace = 0.001
    made = make_app(world, token=TOKEN, limits=None, network=None)
    server = TestServer(made, host="127.0.0.1")
    settings = read_settings(token=TOKEN, database_url=database_url, key_file=folder / "brobot.key")
    database = await filled(settings)
    mortal = Mortal(world, database, PACK.community.id, {}, random.Random(seed))
    made.middlewares.append(mortal.witness)
    await server.start_server()
    mortal.surroundings = surroundings_of(server, settings, folder, webhook=webhook)
    async with mortal.living(server):
        number = next(each["number"] for each in await _activities(database) if each["id"] == BREAD)
        yield Story(world, clock, database, mortal, number, folder / "bot.log", set())
        assert world.faults == [], "the bot sent what the Bot API does not know"


async def filled(settings: Settings) -> Database:
    database = await open_database(settings)
    await load_pack(database, PACK)
    return database


async def _activities(database: Database) -> list[dict[str, Any]]:
    async with database.read() as tx:
        return [dict(row._mapping) for row in await tx.execute(activities.select())]


def surroundings_of(server: TestServer, settings: Settings, folder: Path, *, webhook: bool) -> dict[str, str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        listen = f"127.0.0.1:{free.getsockname()[1]}"
    by_webhook = {"BROBOT_WEBHOOK_URL": f"http://{listen}/telegram", "BROBOT_WEBHOOK_SECRET": "known-to-both"}
    return {
        "LOG": str(folder / "bot.log"),
        "BROBOT_TOKEN": TOKEN,
        "BROBOT_API_URL": str(server.make_url("")).rstrip("/"),
        "BROBOT_DATABASE_URL": settings.database_url,
        "BROBOT_KEY_FILE": str(settings.key_file),
        "BROBOT_CLOCK_FILE": str(folder / "clock.json"),
        "BROBOT_LISTEN": listen,
        "BROBOT_RATE": "10000",
        "BROBOT_CHAT_SECONDS": "0",
        "BROBOT_LOG_LEVEL": "INFO",
        **(by_webhook if webhook else {}),
    }


async def told(it: Story) -> dict[str, Phone]:
    """The main story: five meet the bot, four want two seats, one says stop, and it is Wednesday in the end."""
    cast = {name: it.phone(name, code) for name, code in LANGUAGES.items()}
    amina, bereket, clara, dawit, esra = cast.values()
    meeting, joining, offering, reminding, asking = KILLS_BY_CHAPTER

    it.mortal.kills += meeting
    await asyncio.gather(*(phone.meets(LANGUAGES[name]) for name, phone in cast.items()))
    await it.chapter_ends()

    it.mortal.kills += joining
    for phone, state in ((amina, "going"), (bereket, "going"), (clara, "waiting"), (dawit, "waiting")):
        await phone.signs_up()
        await it.becomes(phone, state)
    await esra.asks_to_be_reminded()
    esra.says("/stop")
    await esra.sees("go")
    await it.chapter_ends()

    it.mortal.kills += offering
    await amina.taps("x:")
    await it.becomes(amina, "cancelled")
    it.goes_on(23, "13:30")
    await clara.taps("o:")
    await it.becomes(clara, "going")
    await it.chapter_ends()

    it.mortal.kills += reminding
    it.goes_on(23, "17:00")
    await bereket.answers_the_reminder("n")
    await it.becomes(bereket, "cancelled")
    await clara.answers_the_reminder("y")
    it.goes_on(23, "17:30")
    await dawit.taps("o:")
    await it.becomes(dawit, "going")
    await it.chapter_ends()

    it.mortal.kills += asking
    it.goes_on(24, "13:00")
    await dawit.answers_the_reminder("y")
    await it.chapter_ends()
    it.goes_on(25, "11:00")
    await clara.taps("g:")
    await it.becomes(clara, "going", NEXT_TUESDAY)
    await dawit.sees("g:")
    await it.chapter_ends()
    return cast
