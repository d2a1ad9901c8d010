"""One process at a time answers for a community: the next one stands by, and takes over however the first ended."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE
from contextlib import AsyncExitStack

import pytest
from structlog.testing import capture_logs

import bot.store.sole
from bot.store.database import Database, DatabaseFault
from bot.store.keys import Keys
from bot.store.sole import sole
from tests.postgres import Postgres


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.store.sole, "STANDS_BY", 0.005)
    monkeypatch.setattr(bot.store.sole, "LOOKS_EVERY", 0.005)


@pytest.fixture
async def other(database: Database, keys: Keys) -> Database:
    """The same database as another process sees it."""
    return Database(database.url.render_as_string(hide_password=False), keys)


async def _enter(database: Database, community: str, entered: asyncio.Event) -> None:
    async with sole(database, community):
        entered.set()
        await asyncio.Event().wait()


async def test_the_second_stands_by_says_so_and_takes_over(database: Database, other: Database) -> None:
    entered = asyncio.Event()
    with capture_logs() as logs:
        async with sole(database, "ringe"):
            second = asyncio.create_task(_enter(other, "ringe", entered))
            await asyncio.sleep(0.1)
            assert not entered.is_set()
        await asyncio.wait_for(entered.wait(), 5)
    assert [line["event"] for line in logs] == ["another process answers for this community; standing by until it ends"]
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)
    await other.close()


async def test_two_communities_do_not_wait_for_each_other(database: Database, other: Database) -> None:
    async with AsyncExitStack() as both:
        await both.enter_async_context(sole(database, "ringe"))
        assert callable(await asyncio.wait_for(both.enter_async_context(sole(other, "ikast")), 5))
    await other.close()


@pytest.mark.parametrize("database_engine", ["sqlite"], indirect=True)
async def test_who_is_killed_holds_nobody_up(database: Database) -> None:
    path = f"{database.url.database}.ringe.lock"
    holds = f"import fcntl; f = open({path!r}, 'ab'); fcntl.flock(f, fcntl.LOCK_EX); print(flush=True); input()"
    first = await asyncio.create_subprocess_exec(sys.executable, "-c", holds, stdin=PIPE, stdout=PIPE)
    assert first.stdout is not None
    await first.stdout.readline()
    entered = asyncio.Event()
    second = asyncio.create_task(_enter(database, "ringe", entered))
    await asyncio.sleep(0.05)
    assert not entered.is_set()
    first.kill()
    await first.communicate()
    await asyncio.wait_for(entered.wait(), 5)
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)


@pytest.mark.parametrize("database_engine", ["postgresql"], indirect=True)
async def test_after_a_cut_connection_the_right_is_taken_again(database: Database, postgres: Postgres) -> None:
    entered = asyncio.Event()
    async with sole(database, "ringe") as lost:
        watching = asyncio.create_task(lost())
        await _cut(database, postgres)
        await asyncio.sleep(0.2)
        assert not watching.done()
        second = asyncio.create_task(_enter(database, "ringe", entered))
        await asyncio.sleep(0.1)
        assert not entered.is_set()
        for task in (watching, second):
            task.cancel()
        await asyncio.gather(watching, second, return_exceptions=True)


@pytest.mark.parametrize("database_engine", ["postgresql"], indirect=True)
async def test_where_another_was_quicker_the_first_ends_and_says_why(
    database: Database, other: Database, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.store.sole, "LOOKS_EVERY", 0.2)
    entered = asyncio.Event()
    async with sole(database, "ringe") as lost:
        second = asyncio.create_task(_enter(other, "ringe", entered))
        await asyncio.sleep(0.05)
        watching = asyncio.create_task(lost())
        await _cut(database, postgres)
        with pytest.raises(DatabaseFault, match="another process answers for ringe now"):
            await asyncio.wait_for(watching, 5)
        assert entered.is_set()
        second.cancel()
        await asyncio.gather(second, return_exceptions=True)
    await other.close()


async def _cut(database: Database, postgres: Postgres) -> None:
    """Ends the connection that holds a lock, as a restart of the server does."""
    held = "SELECT pid FROM pg_locks JOIN pg_database ON oid = database WHERE locktype = 'advisory' AND granted"
    mine = f"{held} AND datname = '{database.url.database}'"
    await asyncio.to_thread(postgres.run, f"SELECT pg_terminate_backend(pid) FROM ({mine}) AS holders")
