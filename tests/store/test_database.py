"""Connections: what a statement gives back, what is committed, and what a read may not hold up."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.store.database import Database

ROWS = [{"n": 1, "name": "one"}, {"n": 2, "name": "two"}]


@pytest.fixture
async def kept(database: Database) -> Database:
    """A database with a small table of our own."""
    async with database.write() as tx:
        await tx.execute(text("CREATE TABLE kept (n INTEGER PRIMARY KEY, name VARCHAR(9))"))
        await tx.execute(text("INSERT INTO kept VALUES (:n, :name)"), ROWS)
    return database


async def names(database: Database) -> list[str]:
    async with database.read() as tx:
        return list((await tx.execute(text("SELECT name FROM kept ORDER BY n"))).scalars())


async def test_a_statement_gives_its_rows_and_how_many_it_changed(kept: Database) -> None:
    async with kept.write() as tx:
        changed = await tx.execute(text("UPDATE kept SET name = 'two!' WHERE n > 1"))
        assert changed.rowcount == 1
        returned = await tx.execute(text("INSERT INTO kept VALUES (3, 'three'), (4, 'four') RETURNING n"))
        assert sorted(returned.scalars()) == [3, 4]
        nothing = await tx.execute(text("SELECT n FROM kept WHERE n > 9"))
        assert (list(nothing.keys()), nothing.all()) == (["n"], [])
    assert await names(kept) == ["one", "two!", "three", "four"]


async def test_what_fails_takes_its_whole_transaction_back(kept: Database) -> None:
    async def write() -> None:
        async with kept.write() as tx:
            await tx.execute(text("UPDATE kept SET name = 'changed'"))
            await tx.execute(text("INSERT INTO kept VALUES (1, 'again')"))

    with pytest.raises(IntegrityError):
        await write()
    assert await names(kept) == ["one", "two"]


async def test_a_read_that_goes_on_sees_what_is_committed_meanwhile_and_holds_nobody_up(kept: Database) -> None:
    async with kept.read() as reading:
        count = text("SELECT count(*) FROM kept")
        assert await reading.scalar(count) == 2
        async with kept.write() as tx:
            await tx.execute(text("DELETE FROM kept WHERE n = 1"))
            assert await reading.scalar(count) == 2
        assert await reading.scalar(count) == 1
