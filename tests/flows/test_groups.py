"""A group chat: the bot answers only who speaks to it, and only with the way to a private chat."""

from __future__ import annotations

import pytest

from bot.store.tables import people
from tests.flows.stage import Stage


async def test_in_a_group_start_is_answered_with_a_link_and_nothing_else_is_answered(play: Stage) -> None:
    amina = play.phone("Amina")
    group = play.world.new_group("Ringe", [amina.person])
    for text in ("hello", "where is football?", "stop", "/help", "/help@other_bot", "112"):
        play.world.says(amina.person, text, chat=group)
    await play.settle()
    assert play.world.from_bot(group) == []
    for said, text in enumerate(("/start", "/start@brobot_demo_bot", "/help@brobot_demo_bot"), 1):
        play.world.says(amina.person, text, chat=group)
        await play.settle()
        assert len(play.world.from_bot(group)) == said
    links = [b["url"] for bubble in play.world.from_bot(group) for row in bubble.buttons for b in row]
    assert links == ["https://t.me/brobot_demo_bot"] * 3
    assert await play.rows(people) == []


@pytest.mark.both_engines
async def test_a_group_that_gets_a_new_id_is_no_news(play: Stage) -> None:
    amina = play.phone("Amina")
    play.world.migrates(play.world.new_group("Ringe", [amina.person]))
    await play.settle()
    assert [call.method for call in play.world.calls if call.method == "sendMessage"] == []
