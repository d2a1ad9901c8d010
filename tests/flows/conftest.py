"""What every story gets: a stage, over SQLite and, where it is marked, PostgreSQL; all that was said is checked."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.store.keys import make_keys
from tests.conftest import server_of, sqlite_url
from tests.demo.schema_env import faults_in
from tests.flows.stage import Stage, fill, settings_of, stage
from tests.postgres import Postgres

HERE = Path(__file__).parent


@pytest.fixture
def twice() -> str:
    """How updates come: once. A story that wants them twice is parametrised with "same" and "new"."""
    return ""


@pytest.fixture(scope="session")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The key of every story."""
    path = tmp_path_factory.mktemp("key") / "brobot.key"
    make_keys(path)
    return path


@pytest.fixture(scope="session")
def filled_sqlite(migrated_sqlite: Path, key_file: Path) -> Path:
    """A SQLite file with the pack in it, to be copied."""
    path = key_file.with_name("filled.db")
    shutil.copyfile(migrated_sqlite, path)
    _fill(sqlite_url(path), key_file)
    return path


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Plays a story on SQLite, and on PostgreSQL where it is marked; with BROBOT_BOTH on both (docs/decisions/0023).

    The longest stories come first: nobody waits for one that began last.
    """
    items.sort(key=lambda each: HERE not in each.path.parents or each.get_closest_marker("slow") is None)
    if os.environ.get("BROBOT_BOTH"):
        return
    left = [each for each in items if HERE in each.path.parents and _is_second_time(each)]
    config.hook.pytest_deselected(items=left)
    items[:] = [each for each in items if each not in set(left)]


def _is_second_time(item: pytest.Item) -> bool:
    """Whether it is the PostgreSQL half of a story that nothing asks for: no mark, and no engine that it names."""
    names_it = any("database_engine" in mark.args[0] for mark in item.iter_markers("parametrize"))
    chosen = item.get_closest_marker("both_engines") is not None or names_it
    parts = getattr(item, "callspec", None)
    return not chosen and parts is not None and parts.params.get("database_engine") == "postgresql"


@pytest.fixture(scope="session")
def filled_postgres(postgres: Postgres, migrated_postgres: str, key_file: Path) -> str:
    """The name of a PostgreSQL database with the pack in it, to be copied."""
    postgres.run(f"CREATE DATABASE filled TEMPLATE {migrated_postgres} STRATEGY file_copy")
    _fill(postgres.url("filled"), key_file)
    return "filled"


@pytest.fixture
def filled_database(database_engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database with the pack in it, a new one for each test and engine."""
    if database_engine == "sqlite":
        shutil.copyfile(request.getfixturevalue("filled_sqlite"), tmp_path / "brobot.db")
        yield sqlite_url(tmp_path / "brobot.db")
        return
    with server_of(request).copy(request.getfixturevalue("filled_postgres")) as url:
        yield url


@pytest.fixture
async def play(filled_database: str, key_file: Path, twice: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A story's stage. Afterwards all that the bot asked and was answered is held against the Bot API's models."""
    async with stage(filled_database, key_file, twice=twice) as made:
        yield made
        made.world.write_journal(tmp_path / "journal.jsonl")
    assert faults_in(tmp_path / "journal.jsonl") == []


def _fill(url: str, key_file: Path) -> None:
    """In a thread of its own, so that no test's event loop is touched."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, fill(settings_of(url, key_file))).result()
