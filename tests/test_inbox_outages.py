"""The inbox while the database is away or full: nothing is confirmed that is not stored, and nothing is lost."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError
from structlog.testing import capture_logs

from bot.inbox import RAW, Verdict
from bot.store.database import Database, is_out_of_order
from tests.inboxes import (
    OUT_OF_ORDER,
    Answering,
    Outage,
    hurried,
    inbox_of,
    kept,
    outage,
    states,
    update,
)

__all__ = ["hurried", "kept", "outage"]


async def test_while_the_database_is_away_nothing_is_confirmed_and_afterwards_nothing_is_lost(
    kept: Database, outage: Outage
) -> None:
    answering = Answering()
    inbox = inbox_of(kept, answering)
    await inbox.take([update(1)], polled=True)
    await inbox.settle()
    await outage.begins()
    with capture_logs() as logs:
        for _ in range(3):
            with pytest.raises(OUT_OF_ORDER) as refused:
                await inbox.take([update(2, chat=2)], polled=True)
            assert is_out_of_order(refused.value)
        with pytest.raises(OUT_OF_ORDER):
            await inbox.take_one(update(3, chat=3))
    told = [line for line in logs if "cannot be stored" in line["event"]]
    assert len(told) == 1
    assert told[0]["cause"]
    await outage.ends()
    assert await inbox.confirmed() == 1
    assert inbox.busy == 0
    await inbox.take([update(2, chat=2)], polled=True)
    await inbox.take_one(update(3, chat=3))
    await inbox.settle()
    assert answering.done == [1, 2, 3]


async def test_what_was_answered_while_the_database_was_away_is_marked_and_not_answered_again(
    kept: Database, outage: Outage
) -> None:
    begun, goes_on = asyncio.Event(), asyncio.Event()

    async def answer(_: RAW) -> Verdict:
        begun.set()
        await goes_on.wait()
        return "done"

    answering = Answering(answer)
    inbox = inbox_of(kept, answering)
    await inbox.take([update(1)], polled=True)
    await begun.wait()
    await outage.begins()
    goes_on.set()
    await asyncio.sleep(0.1)
    assert inbox.busy == 1
    await outage.ends()
    await inbox.settle()
    await inbox.recover()
    await inbox.settle()
    assert answering.begun == [1]
    assert await states(kept) == {1: "done"}


async def test_a_handler_that_finds_the_database_away_is_tried_until_it_is_back(kept: Database, outage: Outage) -> None:
    async def answer(raw: RAW) -> Verdict:
        async with kept.write() as tx:
            await tx.execute(text("UPDATE communities SET digest = 'seen'"))
        return "done"

    answering = Answering(answer)
    inbox = inbox_of(kept, answering)
    await inbox.take([update(1)], polled=True)
    await inbox.settle()
    blocked = Answering(answer)
    heir = inbox_of(kept, blocked)
    begun = asyncio.Event()

    async def first_an_outage(raw: RAW) -> Verdict:
        if not begun.is_set():
            await outage.begins()
            begun.set()
        return await answer(raw)

    blocked._answer = first_an_outage
    await heir.take([update(2)], polled=True)
    await begun.wait()
    await asyncio.sleep(0.1)
    assert blocked.done == []
    await outage.ends()
    await heir.settle()
    assert blocked.done == [2]
    assert blocked.given_up == []


@pytest.mark.parametrize("database_engine", ["sqlite"], indirect=True)
async def test_a_full_disk_confirms_nothing_and_takes_all_when_there_is_room(kept: Database) -> None:
    room = 0

    def limit(connection: Any, _record: object, _proxy: object) -> None:
        connection.execute(f"PRAGMA max_page_count={room}")

    async with kept.read() as tx:
        room = int(await tx.scalar(text("PRAGMA page_count")) or 0)
    event.listen(kept.engine.sync_engine, "checkout", limit)
    answering = Answering()
    inbox = inbox_of(kept, answering)
    long = [update(number, chat=number, words="ord " * 4_000) for number in range(1, 9)]
    with pytest.raises(DBAPIError, match="full"):
        await inbox.take(long, polled=True)
    assert await inbox.confirmed() is None
    assert await states(kept) == {}
    room = 1_000_000
    await inbox.take(long, polled=True)
    await inbox.settle()
    assert sorted(answering.done) == list(range(1, 9))
