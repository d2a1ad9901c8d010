"""The report on an announcement: why it did not arrive, in words, and what may have come twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.announcing.delivery import recover
from bot.store import deliveries
from bot.store.announcement_tables import deliveries as rows_of_deliveries
from tests.flows.stage import Stage
from tests.flows.test_announcing import DANISH, send, write


@pytest.mark.both_engines
async def test_the_report_says_how_many_may_have_got_it_twice_after_a_crash(play: Stage) -> None:
    sana = await play.coordinator()
    clara, amina = await play.newcomer("Clara", "da"), await play.newcomer("Amina", "ar")
    await play.until("2026-11-23", "20:30")
    await write(sana)
    await send(sana)
    services, now = play.app.services, play.clock()
    async with services.database.write() as tx:  # a process takes one in hand, and dies
        (claimed,) = await deliveries.claim(tx, services.community, 1, now, 1, now + timedelta(minutes=2))
    assert await recover(services) == 1
    await play.until("2026-11-24", "08:00")
    assert [each.all_seen.count(DANISH) for each in (clara, amina)] == [1, 1]
    await sana.says("/announce")
    await sana.taps("Bo:1")
    assert "✅ Delivered: 2\n👯 Possibly twice: 1" in await sana.taps("Br:1")
    told = {row["person"] for row in await play.rows(rows_of_deliveries) if row["again"]}
    assert told == {claimed.person}


async def test_the_report_says_in_words_why_it_did_not_arrive(play: Stage) -> None:
    sana = await play.coordinator()
    lost, blocks, leaves, failing = [
        await play.newcomer(name, "da") for name in ("Lost", "Blocks", "Leaves", "Failing")
    ]
    blocks.person.blocked = True  # and Telegram has not told us
    leaves.person.deactivated = True
    await write(sana)
    await sana.taps("Bs:")
    play.world.trouble.drop = 1
    await sana.taps("BS:")
    await sana.taps("Br:")
    report = sana.sees
    assert "✅ Delivered: 2" in report
    assert "🚫 Blocked the bot: 1" in report
    assert "👻 No longer in Telegram: 1" in report
    assert "❔ Sent, but Telegram did not confirm: 1" in report
    assert [DANISH in each.sees for each in (lost, failing)] == [True, True]
    await sana.taps("BU:")
    assert "Danish, Ringe, no longer in Telegram" in sana.sees
