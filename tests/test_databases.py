"""The databases that the suite stands on: empty, one for each test, on both engines."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.database import HEAD, Database

ROOT = Path(__file__).resolve().parent.parent

# A test run that is killed while its server stands.
KILLED = """
from tests.postgres import running_postgres
with running_postgres() as server:
    print(server.home, flush=True)
    import time
    time.sleep(60)
"""


async def test_a_database_starts_without_tables(database_url: str) -> None:
    engine = create_async_engine(database_url)
    async with engine.begin() as connection:
        assert await connection.run_sync(lambda sync: inspect(sync).get_table_names()) == []
        await connection.execute(text("CREATE TABLE left_behind (id INTEGER)"))
    await engine.dispose()


@pytest.mark.parametrize("time_round", [1, 2])
async def test_what_one_test_writes_no_other_test_sees(database_url: str, time_round: int) -> None:
    engine = create_async_engine(database_url)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE seen (time_round INTEGER)"))
        await connection.execute(text("INSERT INTO seen VALUES (:time_round)"), {"time_round": time_round})
        assert list((await connection.execute(text("SELECT time_round FROM seen"))).scalars()) == [time_round]
    await engine.dispose()


async def test_a_fresh_database_has_the_newest_tables(database: Database) -> None:
    async with database.read() as tx:
        assert (await tx.execute(text("SELECT version_num FROM alembic_version"))).scalar_one() == HEAD


def test_a_killed_test_run_leaves_no_server_behind() -> None:
    run = subprocess.Popen([sys.executable, "-c", KILLED], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    home = Path(run.stdout.readline().strip())
    server = int((home / "data" / "postmaster.pid").read_text().splitlines()[0])
    run.send_signal(signal.SIGKILL)
    run.wait()
    run.stdout.close()
    patience = time.monotonic() + 10
    while home.exists() and time.monotonic() < patience:
        time.sleep(0.05)
    assert not home.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)
