"""The stage of the stories: the real bot in this process, the Bot API on loopback, a clock that stands still."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestServer
from sqlalchemy import Table

from bot.app import ALLOWED, App, assemble, open_database
from bot.core.model import Reader
from bot.core.schedule import ZONE
from bot.demo.botapi import TOKEN, World, make_app
from bot.demo.botapi.records import Message, Person
from bot.demo.clock import DemoClock
from bot.due import next_due
from bot.guide import Guide
from bot.invitations import invite
from bot.loading import load_pack
from bot.packs import PACKS, read_pack
from bot.people import move_to, remember
from bot.settings import Settings, read_settings
from bot.store import people
from bot.store.tables import inbox
from bot.telegram.polling import poll

BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
PACK = read_pack(PACKS / "faaborg-midtfyn")
START = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)  # a Monday
MOST_STOPS = 2_000


def plain(text: str) -> str:
    """Without the marks of direction, which a reader does not see."""
    return BIDI.sub("", text)


@dataclass(repr=False)
class Phone:
    """One person's phone, in a story's words."""

    stage: Stage
    person: Person

    @property
    def bubbles(self) -> list[Message]:
        """What the bot has written, oldest first, as the phone shows it now."""
        return self.stage.world.from_bot(self.person)

    @property
    def sees(self) -> str:
        """The text of the newest bubble."""
        return plain(self.bubbles[-1].text)

    @property
    def all_seen(self) -> str:
        return "\n\n".join(plain(bubble.text) for bubble in self.bubbles)

    @property
    def buttons(self) -> list[str]:
        """The data of the newest bubble's buttons."""
        return _data(self.bubbles[-1])

    @property
    def labels(self) -> list[str]:
        return [plain(label) for label in self.bubbles[-1].labels]

    @property
    def all_buttons(self) -> list[str]:
        """The data of every button in sight, oldest bubble first."""
        return [each for bubble in self.bubbles for each in _data(bubble)]

    def data(self, start: str) -> str:
        """The data of the newest button that begins so."""
        return self._find(start)[1]

    def _find(self, start: str) -> tuple[int, str]:
        for bubble in reversed(self.bubbles):
            found = next((each for each in _data(bubble) if each.startswith(start)), None)
            if found is not None:
                return bubble.id, found
        raise AssertionError(f"no button {start} in sight; the newest bubble has {self.buttons}")

    async def says(self, text: str, *, reply_to: int = 0) -> str:
        self.stage.world.says(self.person, text, reply_to=reply_to)
        await self.stage.settle()
        return self.sees

    async def sends(self, kind: str, *, text: str = "", reply_to: int = 0) -> str:
        self.stage.world.sends_media(self.person, kind, text=text, reply_to=reply_to)
        await self.stage.settle()
        return self.sees

    async def is_at(self, lat: float, lon: float) -> str:
        self.stage.world.shares_location(self.person, lat, lon)
        await self.stage.settle()
        return self.sees

    async def taps(self, data: str) -> str:
        """Taps the newest button whose data begins so, in whatever bubble it is."""
        self.presses(data)
        await self.stage.settle()
        return self.sees

    async def chooses_label(self, label: str) -> str:
        """Taps the button of the newest bubble that says so."""
        return await self.taps(self.buttons[self.labels.index(label)])

    async def presses_key(self, label: str) -> str:
        """Presses a key of the keyboard under the text field."""
        self.stage.world.taps(self.person, label=label)
        await self.stage.settle()
        return self.sees

    def presses(self, data: str, *, twice: bool = False) -> None:
        """The same, without waiting for the answer: what others do meanwhile is at once."""
        bubble, found = self._find(data)
        self.stage.world.taps(self.person, data=found, message_id=bubble, twice=twice)

    async def forges(self, data: str) -> str:
        """Sends the data of a button that the newest bubble does not have."""
        self.stage.world.taps(self.person, data=data, message_id=self.bubbles[-1].id)
        await self.stage.settle()
        return self.sees

    async def opens(self, activity: str) -> str:
        """The card of an activity's next time, by the link that is on its poster."""
        return await self.says(f"/start a_{self.stage.number(activity)}")

    async def signs_up(self, activity: str) -> str:
        await self.opens(activity)
        return await self.taps(f"j:{self.stage.number(activity)}:")

    async def meets(self, language: str, town: str | None = "Ringe") -> str:
        """/start, the language, yes, and the town: the way everyone comes in."""
        await self.says("/start")
        await self.taps(f"l:{language}")
        await self.taps("yes")
        if town is None:
            return self.sees
        return await self.chooses(town)

    async def chooses(self, town: str) -> str:
        """Pages through the list of towns to this one, and taps it."""
        place = next(place for place in self.stage.guide.places.values() if place.name == town)
        code = next(code for code, each in self.stage.guide.codes.places.items() if each == place.id)
        while not any(each.startswith(f"p:{code}") for each in self._town_buttons()):
            page = [each for each in self._town_buttons() if each.startswith("t:")][-1]
            await self.taps(page)
        return await self.taps(f"p:{code}")

    def _town_buttons(self) -> list[str]:
        for bubble in reversed(self.bubbles):
            if any(each.startswith("p:") for each in _data(bubble)):
                return _data(bubble)
        return []

    async def reader(self) -> Reader:
        """The same person as a use-case sees them."""
        services = self.stage.app.services
        async with services.database.read() as tx:
            found = await people.by_chat(tx, services.database, services.community, self.person.id)
        return Reader(self.person.id, found.language if found else "en", found)


def _data(bubble: Message) -> list[str]:
    return [button.get("callback_data", "") for row in bubble.buttons for button in row]


@dataclass(repr=False)  # asyncio writes out a task's result when its runner ends: a second for a whole bot
class Stage:
    """World, clock and bot of one story."""

    world: World
    clock: DemoClock
    app: App

    @property
    def guide(self) -> Guide:
        return self.app.services.guide

    def number(self, activity: str) -> int:
        """An activity's number by its id in the pack."""
        return next(each.number for each in self.guide.activities.values() if each.id == activity)

    async def rows(self, table: Table) -> list[dict[str, Any]]:
        """Every row of a table as the bot reads it, decrypted."""
        async with self.app.services.database.read() as tx:
            return [dict(row._mapping) for row in await tx.execute(table.select())]

    async def newcomer(self, name: str, language: str = "en", town: str = "Ringe") -> Phone:
        """Someone who has said yes and told their town before the story begins."""
        services = self.app.services
        phone = Phone(self, self.world.new_person(name, language, started=True))
        person = await remember(services, phone.person.id, language, self.clock())
        await move_to(services, person, next(place.id for place in self.guide.places.values() if place.name == town))
        return phone

    def phone(self, name: str, language_code: str = "en") -> Phone:
        return Phone(self, self.world.new_person(name, language_code))

    async def coordinator(self, name: str = "Sana", role: str = "coordinator") -> Phone:
        """Someone who came in by an invitation, as `python -m bot invite coordinator` prints it."""
        services = self.app.services
        async with services.database.write() as tx:
            token = await invite(tx, services.community, role, self.clock())
        phone = self.phone(name, "da")
        await phone.says(f"/start i_{token}")
        await phone.taps("l:en")
        await phone.taps("yes")
        return phone

    async def id_of(self, phone: Phone) -> int:
        """The person's number in the database."""
        person = (await phone.reader()).person
        assert person is not None
        return person.id

    async def manages(self, coordinator: Phone, activity: str) -> None:
        """Pages through the coming activities to the next time of this one, and opens it."""
        await coordinator.says("/coordinate")
        start = f"k:{self.number(activity)}:"
        while not any(each.startswith(start) for each in coordinator.buttons):
            await coordinator.taps([each for each in coordinator.buttons if each.startswith("kp:")][-1])
        await coordinator.taps(start)

    async def settle(self) -> None:
        """Until the bot has taken, answered and said everything."""
        async with asyncio.timeout(60):  # a loaded machine is slow, a lost update never comes
            while True:
                await self._taken()
                await self.app.settle()
                if self.world.idle and not self.app.inbox.busy:
                    return

    async def _taken(self) -> None:
        """Until every update was fetched, answered and confirmed: before, it is no use to ask what is due."""
        while True:
            await self.app.inbox.settle()
            if self.world.idle and not self.app.inbox.busy:
                return
            await asyncio.sleep(0.001)

    async def until(self, day: str, clock: str) -> None:
        """Moves to a local moment (`2026-11-25`, `17:00`); what falls due on the way is said in order, in its time."""
        await self._walk(datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE))

    async def later(self, **span: float) -> None:
        await self._walk(self.clock() + timedelta(**span))

    async def _walk(self, target: datetime) -> None:
        for _ in range(MOST_STOPS):
            due = await self.next_due()
            if due is None or due > target:
                break
            self.clock.set(max(due, self.clock()))
            await self.settle()
        self.clock.set(max(target, self.clock()))
        await self.settle()

    async def next_due(self) -> datetime | None:
        services = self.app.services
        async with services.database.read() as tx:
            due = await next_due(tx, services.community, self.clock())
        return due[0] if due else None


@asynccontextmanager
async def stage(database_url: str, key_file: Path, *, twice: str = "", start: datetime = START) -> AsyncIterator[Stage]:
    """A bot that polls, over a database with the pack in it; `twice` lets every update come twice."""
    clock = DemoClock(None, start, frozen=True)
    world = World(clock, journal=10_000)
    world.twice = twice  # type: ignore[assignment] # one of "", "same", "new"
    server = TestServer(make_app(world, token=TOKEN, limits=None, network=None), host="127.0.0.1")
    await server.start_server()
    settings = settings_of(database_url, key_file, str(server.make_url("")).rstrip("/"))
    try:
        await fill(settings)
        async with assemble(settings, clock) as app:
            polling = asyncio.create_task(poll(app.bot, app.inbox.take, await app.inbox.confirmed(), ALLOWED))
            made = Stage(world, clock, app)
            try:
                yield made
            finally:
                polling.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await polling
            left = [(row["state"], row["error"]) for row in await made.rows(inbox) if row["state"] != "done"]
            assert left == [], "an update was not answered"
        assert world.faults == [], "the bot sent what the Bot API does not know"
    finally:
        await server.close()


def settings_of(database_url: str, key_file: Path, api_url: str = "http://127.0.0.1:9") -> Settings:
    """Settings of a bot that nothing slows down."""
    return read_settings(
        token=TOKEN, api_url=api_url, database_url=database_url, key_file=key_file, rate=10_000, chat_seconds=0
    )


async def fill(settings: Settings) -> None:
    """Loads the pack; where it is in the database already, nothing happens."""
    database = await open_database(settings)
    await load_pack(database, PACK)
    await database.close()
