"""The bot of `benchmarks.announce`: all of it, with an announcement to everyone in its database.

Arguments: the Bot API's address, the database's, a folder for the key, how many recipients. It prints how long the
deliveries took to be written; asked by a line, how much memory it has, and had before.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from itertools import cycle, islice
from pathlib import Path

import psutil
from sqlalchemy import update

from benchmarks.announce_world import ASKERS
from benchmarks.known_people import COMMUNITY, LANGUAGES
from benchmarks.loopback import FIRST_PERSON, TOKEN
from bot.announcing import clock as announcing_clock
from bot.app import ALLOWED, App, assemble, open_database
from bot.clock import system_clock
from bot.core.announcing.model import LIFE, Version
from bot.loading import load_pack
from bot.packs import PACKS, read_pack
from bot.people import CONSENT
from bot.settings import Settings, read_settings
from bot.store import announcements
from bot.store.database import Database
from bot.store.tables import people
from bot.telegram.polling import poll

TEXTS = {
    "en": "On Thursday we eat together in Ringe. It is free, and children are welcome.",
    "da": "Torsdag spiser vi sammen i Ringe. Det er gratis, og børn er velkomne.",
    "ar": "يوم الخميس نأكل معًا في رينغه. الدخول مجاني والأطفال مرحب بهم.",
    "ti": "ሓሙስ ኣብ ሪንገ ብሓባር ክንበልዕ ኢና። ነጻ እዩ፣ ቆልዑ እውን ይመጹ።",
}
IN_A_COMMIT = 5_000
TICK_SECONDS = 1.0


async def main(api: str, url: str, folder: Path, recipients: int) -> None:
    """Sends until it is ended."""
    settings = read_settings(
        token=TOKEN, api_url=api, database_url=url, key_file=folder / "brobot.key", log_level="ERROR"
    )
    await _fill(settings, recipients)
    async with assemble(settings) as app:
        memory = psutil.Process().memory_info
        before = memory().rss / 1e6
        seconds = await _begin(app)
        print(json.dumps({"seconds": seconds}), flush=True)
        work = [
            asyncio.create_task(each)
            for each in (
                app.deliver(),
                app.deliver_to_many(),
                _ticks(app),
                poll(app.bot, app.inbox.take, await app.inbox.confirmed(), ALLOWED),
            )
        ]
        orders = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
        await orders.readline()
        print(json.dumps({"before": round(before, 1), "after": round(memory().rss / 1e6, 1)}), flush=True)
        await asyncio.wait(work)


async def _ticks(app: App) -> None:
    while True:
        await app.tick()
        await asyncio.sleep(TICK_SECONDS)


async def _begin(app: App) -> float:
    """Everyone gets it, urgent or not: the benchmark may run at night. Gives how long the rows took."""
    services, now = app.services, system_clock()
    async with services.database.write() as tx:
        number = await announcements.add(tx, COMMUNITY, 1, "da", now)
        found = await announcements.one(tx, COMMUNITY, number)
        assert found is not None
        for language, text in TEXTS.items():
            await announcements.keep_version(tx, found, Version(language, "human", (text,)))
        await announcements.note(tx, found, state="sending", urgent=True, started=now, until=now + LIFE, author=None)
        found = await announcements.one(tx, COMMUNITY, number)
        assert found is not None
    began = time.perf_counter()
    await announcing_clock.write_all(services, found, now)
    return time.perf_counter() - began


async def _fill(settings: Settings, recipients: int) -> None:
    database = await open_database(settings)
    await load_pack(database, read_pack(PACKS / COMMUNITY))
    chats = iter(range(FIRST_PERSON, FIRST_PERSON + recipients + ASKERS))
    languages = cycle(LANGUAGES)
    while batch := list(islice(chats, IN_A_COMMIT)):
        async with database.write() as tx:
            await tx.execute(people.insert(), [_row(database, chat, next(languages)) for chat in batch])
    async with database.write() as tx:
        await tx.execute(update(people).where(people.c.id > recipients).values(state="stopped"))
    await database.close()


def _row(database: Database, chat: int, language: str) -> dict[str, object]:
    return {
        "community": COMMUNITY,
        "chat_hash": database.keys.fingerprint(f"chat {chat}"),
        "chat": chat,
        "language": language,
        "place": "ringe",
        "place_hash": database.keys.fingerprint("place ringe"),
        "roles": "",
        "state": "active",
        "consent": CONSENT,
        "consented_at": system_clock(),
    }


if __name__ == "__main__":
    arguments = (sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
    if sys.platform == "win32":
        asyncio.run(main(*arguments))
    else:
        import uvloop  # not made for Windows

        uvloop.run(main(*arguments))
