"""What every story gets: a stage, over SQLite and mostly over PostgreSQL too; all that was said on it is checked."""

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
ONE_ENGINE = frozenset(
    HERE / name
    for name in (
        "test_anything.py",
        "test_conversation.py",
        "test_demo_stories.py",
        "test_finding.py",
        "test_first_words.py",
        "test_reminders.py",
        "test_stopping.py",
        "network/test_changes.py",
        "network/test_leaving.py",
        "network/test_misuse.py",
        "meetings/test_otherwise.py",
        "meetings/test_rights.py",
        "programmes/test_first_steps.py",
    )
)
"""Stories about words, rules and old buttons: what they ask of a database, others ask of both."""


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
    """Leaves the stories of ONE_ENGINE to SQLite, unless BROBOT_BOTH is set (docs/decisions/0023)."""
    if os.environ.get("BROBOT_BOTH"):
        return
    left = [each for each in items if each.path in ONE_ENGINE and "postgresql" in each.name]
    config.hook.pytest_deselected(items=left)
    items[:] = [each for each in items if each not in set(left)]


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
