"""Who answers: one process at a time for a community. A second one stands by, and takes over when the first ends."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, Any

import structlog
from sqlalchemy import text

from bot.store.database import Database, DatabaseFault, is_out_of_order

log = structlog.get_logger(__name__)

STANDS_BY = 1.0
"""Seconds between two looks whether the other process has ended."""

LOOKS_EVERY = 5.0
"""Seconds between two looks whether PostgreSQL still holds our lock."""

_LOCK = text("SELECT pg_try_advisory_lock(hashtextextended('brobot answers for ' || :community, 0))")

Lost = Callable[[], Coroutine[Any, Any, None]]


@asynccontextmanager
async def sole(database: Database, community: str) -> AsyncIterator[Lost]:
    """Waits until no other process answers for the community, and holds that right until the block ends.

    The right is the engine's own lock, so it dies with its process, however that ends: on SQLite the system's lock
    of a file beside the database, on PostgreSQL an advisory lock of a connection kept for it. Gives `lost`, which
    waits for ever, and raises DatabaseFault where PostgreSQL went away and came back and another process was quicker.
    """
    kind = _sole_on_sqlite if database.is_sqlite else _sole_on_postgresql
    async with kind(database, community) as lost:
        yield lost


@asynccontextmanager
async def _sole_on_sqlite(database: Database, community: str) -> AsyncIterator[Lost]:
    path = Path(f"{database.url.database}.{community}.lock")
    with path.open("ab") as file:  # noqa: ASYNC230 # an empty file, opened once at the start
        await _until(lambda: _locked(file), community)
        yield _never


async def _never() -> None:
    await asyncio.Event().wait()


async def _locked(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 # only there

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 # not there

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@asynccontextmanager
async def _sole_on_postgresql(database: Database, community: str) -> AsyncIterator[Lost]:
    connection = await database.engine.connect()

    async def has_it() -> bool:
        return bool(await connection.scalar(_LOCK, {"community": community}))

    async def lost() -> None:
        nonlocal connection
        while True:
            await asyncio.sleep(LOOKS_EVERY)
            try:
                if connection.invalidated:
                    connection = await database.engine.connect()
                    if not await has_it():
                        raise DatabaseFault(
                            f"{database.name} was away, and another process answers for {community} now. This one "
                            "ends; started again, it stands by."
                        )
                await connection.scalar(text("SELECT 1"))
            except Exception as error:
                if not is_out_of_order(error):
                    raise
                await connection.invalidate()

    try:
        await _until(has_it, community)
        yield lost
    finally:
        await connection.invalidate()  # closes it, and the lock goes with it
        await connection.close()


async def _until(has_it: Callable[[], Awaitable[bool]], community: str) -> None:
    told = False
    while not await has_it():
        if not told:
            log.warning("another process answers for this community; standing by until it ends", community=community)
            told = True
        await asyncio.sleep(STANDS_BY)
