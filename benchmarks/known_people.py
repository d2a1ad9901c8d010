"""Owns the community that the benchmarks ask: the pack in a SQLite database, and everyone with a phone in it."""

from __future__ import annotations

import asyncio
import os
from itertools import cycle
from pathlib import Path

from benchmarks.loopback import TOKEN
from benchmarks.phones import PEOPLE
from bot.clock import system_clock
from bot.core.pack import Pack
from bot.loading import load_pack
from bot.packs import PACKS, read_pack
from bot.people import CONSENT
from bot.store import people
from bot.store.database import Database
from bot.store.keys import make_keys, read_keys

COMMUNITY = "faaborg-midtfyn"
TOWN = "Ringe"
"""Where they live; there is something near for each of the questions of `benchmarks.phones`."""

LANGUAGES = ("en", "da", "ar", "ti")


def move_in(folder: Path) -> None:
    """Makes the folder, the database and its key in it, with the people in it."""
    folder.mkdir()
    asyncio.run(_fill(folder, read_pack(PACKS / COMMUNITY)))


async def _fill(folder: Path, pack: Pack) -> None:
    key_file = folder / "brobot.key"
    make_keys(key_file)
    database = Database(database_url(folder), read_keys(key_file))
    await database.migrate()
    await load_pack(database, pack)
    town = next(place.id for place in pack.places if place.name == TOWN)
    async with database.write() as tx:
        for chat, language in zip(PEOPLE, cycle(LANGUAGES), strict=False):
            person = await people.add(tx, database, COMMUNITY, chat, language, CONSENT, system_clock())
            await people.set_place(tx, database, COMMUNITY, person.id, town)
    await database.close()


def surroundings(folder: Path, url: str) -> dict[str, str]:
    """The environment in which `python -m bot run` serves them, at any pace."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("BROBOT_")}
    return ours | {
        "BROBOT_TOKEN": TOKEN,
        "BROBOT_API_URL": url,
        "BROBOT_DATABASE_URL": database_url(folder),
        "BROBOT_KEY_FILE": str(folder / "brobot.key"),
        "BROBOT_LISTEN": "127.0.0.1:0",
        "BROBOT_RATE": "10000",
        "BROBOT_CHAT_SECONDS": "0",
        "BROBOT_LOG_LEVEL": "WARNING",
    }


def database_url(folder: Path) -> str:
    """Where the database is."""
    return f"sqlite+aiosqlite:///{folder / 'brobot.db'}"
