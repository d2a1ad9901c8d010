"""What the whole suite stands on: databases of both engines, a browser, and the rule that CI skips nothing."""

from __future__ import annotations

import asyncio
import functools
import gc
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest
import structlog
import uvloop
from playwright.async_api import Browser, async_playwright, expect
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store import database as database_module
from bot.store.database import Database
from bot.store.keys import Keys, make_keys, read_keys
from tests import shared_programs
from tests.no_skips import pytest_make_collect_report, pytest_runtest_makereport
from tests.postgres import Postgres, running_postgres

__all__ = ["pytest_make_collect_report", "pytest_runtest_makereport"]  # pytest finds its hooks here by name

CHROMIUMS: Final = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
NO_CHROMIUM: Final = "there is no Chromium here; the mend is `sudo apt-get install chromium`"
# The first two let it run as root and in a container; the rest keep it from calling home.
CHROMIUM_OPTIONS: Final = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

expect.set_options(timeout=20_000)  # what a page shows is waited for so long; a loaded machine is slow


@pytest.fixture(scope="session", autouse=True)
def nothing_waits_for_the_disk() -> Iterator[None]:
    """No database of this process outlives its test. A bot that is a process of its own waits as it should."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database_module, "SQLITE_SYNCHRONOUS", "OFF")
        yield


@pytest.fixture(scope="session", autouse=True)
def statements_are_compiled_once() -> Iterator[None]:
    """A test has engines of its own, which would each write the same statements anew: a sixth of a story's time.

    What is compiled holds the keys of the dialect it was compiled for, so only one with the same keys may use it.
    """
    shared = functools.partial(create_async_engine, execution_options={"compiled_cache": {}})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database_module, "create_async_engine", shared)
        for dialect in (SQLiteDialect_aiosqlite, PGDialect_asyncpg):
            patch.setattr(dialect, "__hash__", lambda one: hash(type(one)))
            patch.setattr(dialect, "__eq__", lambda one, other: _keys_of(one) == _keys_of(other))
        yield


def _keys_of(dialect: Any) -> tuple[object, ...]:
    keys: Keys | None = getattr(dialect, "brobot_keys", None)
    return (type(dialect), keys.lookup, *keys.ciphers) if keys else (type(dialect), id(dialect))


@pytest.fixture(scope="session", autouse=True)
def log_lines_are_plain() -> None:
    """structlog would draw each expected fault with its variables in a frame, which takes seconds."""
    processors = structlog.processors
    structlog.configure([structlog.stdlib.add_log_level, processors.format_exc_info, processors.JSONRenderer()])


@pytest.fixture(scope="session", autouse=True)
def only_new_garbage_is_looked_through() -> None:
    """What was imported and collected lives to the end, as in the bot's own process."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """The keys of a new key file, one for the session."""
    path = tmp_path_factory.mktemp("keys") / "key"
    make_keys(path)
    return read_keys(path)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One PostgreSQL server for the session, started when the first test asks for it."""
    with running_postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_engine(request: pytest.FixtureRequest) -> str:
    """The engine under test. A test that is about one of the two says so with
    `@pytest.mark.parametrize("database_engine", ["postgresql"], indirect=True)`.
    """
    return str(request.param)


def server_of(request: pytest.FixtureRequest) -> Postgres:
    """The session's server, for who needs it on one engine only."""
    server: Postgres = request.getfixturevalue("postgres")
    return server


@pytest.fixture
def database_url(database_engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty database without any table, a new one for each test and engine."""
    if database_engine == "sqlite":
        yield sqlite_url(tmp_path / "brobot.db")
        return
    with server_of(request).copy("template0") as url:
        yield url


@pytest.fixture
def fresh_database(database_engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a migrated database, a new one for each test and engine: a copy of one migrated once."""
    if database_engine == "sqlite":
        copy = tmp_path / "brobot.db"
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), copy)
        yield sqlite_url(copy)
        return
    with server_of(request).copy(request.getfixturevalue("migrated_postgres")) as url:
        yield url


@pytest.fixture
async def database(fresh_database: str, keys: Keys) -> AsyncIterator[Database]:
    """A migrated database, open; closed after the test."""
    opened = Database(fresh_database, keys)
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory, keys: Keys) -> Path:
    """A migrated SQLite file, to be copied; no test opens it."""
    path = tmp_path_factory.mktemp("migrated") / "brobot.db"
    _migrate(sqlite_url(path), keys)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Postgres, keys: Keys) -> str:
    """The name of a migrated PostgreSQL database, to be copied; no test connects to it."""
    postgres.run("CREATE DATABASE migrated TEMPLATE template0")
    _migrate(postgres.url("migrated"), keys)
    return "migrated"


def sqlite_url(path: Path) -> str:
    """The SQLAlchemy address of a SQLite file, for aiosqlite."""
    return f"sqlite+aiosqlite:///{path}"


def _migrate(url: str, keys: Keys) -> None:
    """The bot's own migration, in a thread of its own so that no test's event loop is touched."""

    async def migrated() -> None:
        database = Database(url, keys)
        await database.migrate()
        await database.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, migrated()).result()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the system's Chromium. A test that uses it is marked `browser` by itself."""
    for name in CHROMIUMS:
        if path := shutil.which(name):
            return path
    pytest.skip(NO_CHROMIUM)


@pytest.fixture
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """A headless browser, new for the test: `page = await browser.new_page(...)`."""
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_OPTIONS))
        yield opened
        await opened.close()


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The loop that the bot runs on."""
    return {"uvloop": uvloop.new_event_loop}


def pytest_xdist_setupnodes() -> None:
    """What takes seconds to load is loaded once for all workers."""
    for program in shared_programs.ALL:
        program.begin()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what needs a browser, so that `--fast` can leave it out."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Recalls, above pytest's closing line, the checks that failed before it."""
    if failed := os.environ.get("BROBOT_FAILED_CHECKS"):
        terminalreporter.write_line(f"Failed before pytest: {failed}", red=True)
