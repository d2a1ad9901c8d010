"""Kill -9 twenty times while an announcement goes to 3,000, with refusals, floods, lost answers and errors mixed in."""

from __future__ import annotations

import asyncio
import os
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from bot.core.announcing.model import LIFE, Version
from bot.demo.botapi import TOKEN, World, make_app
from bot.demo.clock import DemoClock
from bot.people import CONSENT
from bot.settings import read_settings
from bot.store import announcements, delivery_reports
from bot.store import deliveries as delivery_rows
from bot.store.announcement_tables import deliveries
from bot.store.database import Database
from bot.store.keys import make_keys
from bot.store.tables import people
from tests.flows.mortal import Mortal
from tests.flows.mortal_story import MONDAY, filled, surroundings_of
from tests.flows.stage import PACK

pytestmark = [
    pytest.mark.both_engines,
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="a bot is forked and killed by signals"),
]

PERSONS, KILLS, BLOCKED, STOPPERS = 3_000, 20, 90, 12
RATE = "300"
LIFE_OF = (40, 150)
"""Between so many messages of a life it is killed."""

PATIENCE = 240.0
TEXTS = {"da": "Torsdag spiser vi sammen.", "ar": "نأكل معًا يوم الخميس.", "ti": "ሓሙስ ብሓባር ክንበልዕ ኢና።", "en": "We eat."}
MARK = "📣"


@dataclass
class Doomed(Mortal):
    """A bot that is killed after so many messages of a life, before the last is carried out or when it is."""

    left: int = 0
    moment: str = ""
    met: Counter[int] = field(default_factory=Counter)
    """How often a kill found a person's delivery in flight."""

    async def _start(self) -> None:
        trouble = self.world.trouble
        trouble.drop = trouble.error = trouble.flood = 0  # it is for sending: a start would wait it out, ever longer
        await super()._start()
        self.left, self.moment = self.chance.randint(*LIFE_OF), self.chance.choice(("asked", "did"))

    def _meets(self, when: str, method: str = "") -> bool:
        if not self.pid or self.kills <= 0 or method != "sendMessage" or when != self.moment:
            return False
        self.left -= 1
        if self.left:  # once: what else was on its way when it died is no end of the next life
            return False
        self.kill()
        return True

    async def look(self) -> None:
        """Who was in flight may get it twice, and nobody else."""
        async with self.database.read() as tx:
            sending = await tx.execute(select(deliveries.c.person).where(deliveries.c.state == "sending"))
            self.met.update(sending.scalars())


@dataclass
class Story:
    """The world, the bot that dies in it, and who is whom: person to chat."""

    world: World
    clock: DemoClock
    database: Database
    mortal: Doomed
    number: int
    chats: dict[int, int]

    def got(self) -> Counter[int]:
        """How often each chat has got the announcement."""
        return Counter(
            {chat: sum(MARK in each.text for each in self.world.from_bot(chat)) for chat in self.chats.values()}
        )

    async def states(self) -> Counter[str]:
        async with self.database.read() as tx:
            return Counter(await delivery_rows.counts(tx, PACK.community.id, self.number))


@asynccontextmanager
async def story(url: str, folder: Path, seed: int) -> AsyncIterator[Story]:
    make_keys(folder / "brobot.key")
    clock = DemoClock(folder / "clock.json", MONDAY)
    world = World(clock, journal=0)
    made = make_app(world, token=TOKEN, limits=None, network=None)
    server = TestServer(made, host="127.0.0.1")
    settings = read_settings(token=TOKEN, database_url=url, key_file=folder / "brobot.key")
    database = await filled(settings)
    mortal = Doomed(world, database, PACK.community.id, {}, random.Random(seed), kills=KILLS)
    made.middlewares.append(mortal.witness)
    await server.start_server()
    mortal.surroundings = {**surroundings_of(server, settings, folder, webhook=False), "BROBOT_RATE": RATE}
    chats = await populate(world, database)
    number = await announce(database, clock)
    async with mortal.living(server):
        yield Story(world, clock, database, mortal, number, chats)


async def populate(world: World, database: Database) -> dict[int, int]:
    """3,000 in four languages; some have blocked the bot, and it has not been told."""
    rows = []
    for at in range(PERSONS):
        person = world.new_person(f"P{at}", started=True)
        person.blocked = at % (PERSONS // BLOCKED) == 0
        rows.append(
            {
                "community": PACK.community.id,
                "chat_hash": database.keys.fingerprint(f"chat {person.id}"),
                "chat": person.id,
                "language": list(TEXTS)[at % len(TEXTS)],
                "roles": "",
                "state": "active",
                "consent": CONSENT,
                "consented_at": MONDAY,
            }
        )
    async with database.write() as tx:
        await tx.execute(people.insert(), rows)
        return {row.id: row.chat for row in await tx.execute(select(people.c.id, people.c.chat))}


async def announce(database: Database, clock: DemoClock) -> int:
    """Planned for now: the first life begins it."""
    now = clock()
    async with database.write() as tx:
        number = await announcements.add(tx, PACK.community.id, 1, "da", now)
        found = await announcements.one(tx, PACK.community.id, number)
        assert found is not None
        for language, text in TEXTS.items():
            await announcements.keep_version(tx, found, Version(language, "human", (text,)))
        await announcements.note(tx, found, state="planned", due=now, until=now + LIFE, author=None)
    return number


async def trouble(it: Story) -> None:
    """Floods, lost answers and errors, now and then, as long as it goes."""
    for kind, pause in (("drop", 0.9), ("error", 0.7), ("flood", 2.0)) * 6:
        await asyncio.sleep(pause)
        while not it.mortal.is_up:
            await asyncio.sleep(0.05)
        it.world.trouble.flood_seconds = 1
        setattr(it.world.trouble, kind, 3 if kind != "flood" else 1)


async def stopping(it: Story) -> list[tuple[int, int]]:
    """Some say stop while it goes; of each: the chat, and how often they had got it when they were answered."""
    found = []
    persons = sorted(it.chats)[-STOPPERS * 40 :: 40]
    for person in persons:
        chat = it.chats[person]
        if it.world.people[chat].blocked:
            continue
        it.world.says(chat, "stop")
        while not any("🔕" in each.text and MARK not in each.text for each in it.world.from_bot(chat)):
            await asyncio.sleep(0.05)
        found.append((chat, it.got()[chat]))
        await asyncio.sleep(0.2)
    return found


@pytest.mark.parametrize("database_engine", ["sqlite", "postgresql"], indirect=True)
async def test_everybody_gets_an_announcement_however_often_the_bot_is_killed(
    fresh_database: str, tmp_path: Path
) -> None:
    seed = int(os.environ.get("BROBOT_CRASH_SEED", "") or random.randrange(10**6))
    print(f"BROBOT_CRASH_SEED={seed}")  # noqa: T201 # shown where the test fails: it brings the same moments back
    async with story(fresh_database, tmp_path, seed) as it, asyncio.timeout(PATIENCE):
        noise = asyncio.create_task(trouble(it))
        stopped = await stopping(it)
        await noise
        while (states := await it.states())["waiting"] + states["sending"] or it.mortal.kills > 0:
            if it.mortal.kills > 0 and not states["waiting"] + states["sending"]:
                raise AssertionError("it was over before the last kill")
            it.clock.set(it.clock() + timedelta(seconds=2))  # what waits after a refusal comes sooner
            await asyncio.sleep(0.1)
        await check(it, stopped)


async def check(it: Story, stopped: list[tuple[int, int]]) -> None:
    """What the phones saw, held against what was promised and what the report says."""
    got, states = it.got(), await it.states()
    persons = {chat: person for person, chat in it.chats.items()}
    blocked = {chat for chat in got if it.world.people[chat].blocked}
    silent = {chat for chat, _ in stopped}
    assert it.mortal.killed >= KILLS
    missed = [chat for chat, times in got.items() if not times and chat not in blocked | silent]
    assert missed == [], "somebody who could be reached did not get it"
    assert [chat for chat, before in stopped if got[chat] > before] == [], "somebody got it after their stop"
    twice = {persons[chat]: times for chat, times in got.items() if times > 1}
    assert {who for who, times in twice.items() if times > 1 + it.mortal.met[who]} == set(), "twice, and not in flight"
    async with it.database.read() as tx:
        report = await delivery_reports.report(tx, PACK.community.id, it.number)
        told = {row.person for row in await tx.execute(select(deliveries.c.person).where(deliveries.c.again))}
    assert set(twice) <= told, "the report does not know who got it twice"
    assert sum(row.count for row in report if row.again and row.state == "sent") >= len(twice), "it tells too few"
    assert states["blocked"] == len(blocked)
    assert states["failed"] == 0
    print(f"{it.mortal.killed} kills, {len(twice)} twice, {len(told)} possibly twice, {dict(states)}")  # noqa: T201 # figures
