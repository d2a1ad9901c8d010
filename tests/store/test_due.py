"""What needs something by itself, in one query. That each family is woken in its time is told by its stories."""

from __future__ import annotations

from dataclasses import astuple
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import insert

from bot.store.database import Database
from bot.store.due import pending
from bot.store.network_log import mark_changed, mark_settled
from bot.store.tables import communities

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


async def test_nothing_is_pending_where_there_is_nobody(database: Database) -> None:
    async with database.read() as tx:
        assert not any(astuple(await pending(tx, "ringe", NOW, TODAY)))


async def test_a_changed_network_is_unmatched_until_it_was_matched_that_day(database: Database) -> None:
    async with database.write() as tx:
        await tx.execute(insert(communities).values(id="ringe", record={}, digest=""))
        await mark_changed(tx, "ringe")
        assert (await pending(tx, "ringe", NOW, TODAY)).unmatched
        await mark_settled(tx, "ringe", 1, TODAY)
        assert not (await pending(tx, "ringe", NOW, TODAY)).unmatched
        assert (await pending(tx, "ringe", NOW, TODAY + timedelta(days=1))).unmatched
