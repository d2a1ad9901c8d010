"""What every story gets: a stage, once over SQLite and once over PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.keys import make_keys
from tests.flows.stage import Stage, stage


@pytest.fixture
async def play(fresh_database: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A story's stage."""
    key_file = tmp_path / "brobot.key"
    make_keys(key_file)
    async with stage(fresh_database, key_file) as made:
        yield made
