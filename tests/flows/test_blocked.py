"""Blocked and unblocked: nothing is sent meanwhile, and what is still in time is said afterwards."""

from __future__ import annotations

import pytest

from bot.store.tables import people
from tests.flows.stage import Stage


@pytest.mark.both_engines
async def test_nothing_is_sent_while_blocked_and_what_is_still_true_afterwards(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.signs_up("madklub-ringe")  # Thursday 26/11 17:30
    before = len(amina.bubbles)
    play.world.blocks(amina.person)
    await play.settle()
    await play.until("2026-11-25", "20:00")
    assert len(amina.bubbles) == before
    play.world.starts(amina.person)
    await play.settle()
    assert "What are you looking for?" in amina.all_seen
    await play.until("2026-11-26", "15:30")
    assert "Soon" in amina.sees
    assert amina.all_seen.count("Tomorrow") <= 1


async def test_who_is_found_to_have_blocked_us_is_asked_nothing_more(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.signs_up("madklub-ringe")
    amina.person.blocked = True  # Telegram's news of it is lost
    await play.until("2026-11-25", "18:00")
    (row,) = await play.rows(people)
    assert row["state"] == "blocked"
    refused = [call for call in play.world.calls if call.status == 403]
    await play.until("2026-11-27", "12:00")
    assert [call for call in play.world.calls if call.status == 403] == refused
    assert len(refused) == 1


async def test_a_stop_stays_a_stop_when_the_block_is_taken_away(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.signs_up("madklub-ringe")
    await amina.says("/stop")
    play.world.blocks(amina.person)
    play.world.unblocks(amina.person)
    await play.settle()
    before = len(amina.bubbles)
    await play.until("2026-11-27", "12:00")
    assert len(amina.bubbles) == before
