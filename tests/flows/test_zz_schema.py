"""After all stories: everything the bot asked and was answered is as the Bot API has it. Collected last."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.demo.schema_env import faults_in
from tests.flows.stage import Stage


@pytest.mark.parametrize("database_engine", ["sqlite"], indirect=True)  # one journal holds the stories of both
async def test_all_that_the_stories_said_fits_the_bot_api(journal: Path, play: Stage) -> None:
    amina = await play.newcomer("Amina", "ar")
    await amina.says("/help")
    play.world.write_journal(journal)
    assert faults_in(journal) == []
