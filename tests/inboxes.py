"""What the tests of the inbox share: handlers that answer as they are told, and a database that goes away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import asyncpg  # type: ignore[import-untyped] # it has no types
import pytest
from sqlalchemy import event, insert, select
from sqlalchemy.exc import DBAPIError

import bot.inbox
from bot.inbox import RAW, Inbox, Verdict
from bot.store.database import Database
from bot.store.tables import communities
from bot.store.tables import inbox as rows
from tests.postgres import Postgres

COMMUNITY = "ringe"
OUT_OF_ORDER = (DBAPIError, OSError, asyncpg.PostgresError)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def update(number: int, chat: int = 1, words: str = "hej") -> RAW:
    message = {"message_id": number, "chat": {"id": chat}, "from": {"id": chat}, "text": words}
    return {"update_id": number, "message": message}


class Answering:
    """Stands where the handlers stand: keeps what was asked of it and answers as it is told."""

    def __init__(self, answer: Callable[[RAW], Awaitable[Verdict]] | None = None) -> None:
        self.begun: list[int] = []
        self.done: list[int] = []
        self.given_up: list[int] = []
        self._answer = answer

    async def handle(self, raw: RAW) -> Verdict:
        self.begun.append(raw["update_id"])
        verdict = await self._answer(raw) if self._answer else "done"
        if verdict == "done":
            self.done.append(raw["update_id"])
        return verdict

    async def give_up(self, raw: RAW) -> None:
        self.given_up.append(raw["update_id"])


def inbox_of(database: Database, answering: Answering) -> Inbox:
    return Inbox(database, COMMUNITY, lambda: NOW, answering.handle, answering.give_up)


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses before another try are short."""
    monkeypatch.setattr(bot.inbox, "FIRST_PAUSE", 0.005)
    monkeypatch.setattr(bot.inbox, "LONGEST_PAUSE", 0.02)


@pytest.fixture
async def kept(database: Database) -> Database:
    """A database with a community, to which updates can belong."""
    async with database.write() as tx:
        await tx.execute(insert(communities).values(id=COMMUNITY, record={}, digest=""))
    return database


async def states(database: Database) -> dict[int, str]:
    async with database.read() as tx:
        found = await tx.execute(select(rows.c.update_id, rows.c.state))
        return {row.update_id: row.state for row in found}


class Outage:
    """Takes the database away from everyone, and gives it back."""

    def __init__(self, database: Database, postgres: Postgres | None) -> None:
        self._database = database
        self._postgres = postgres
        self._read_only = False
        if database.is_sqlite:
            event.listen(database.engine.sync_engine, "checkout", self._given_out)

    def _given_out(self, connection: Any, _record: object, _proxy: object) -> None:
        connection.execute(f"PRAGMA query_only={'ON' if self._read_only else 'OFF'}")

    async def begins(self) -> None:
        await self._set(away=True)

    async def ends(self) -> None:
        await self._set(away=False)

    async def _set(self, *, away: bool) -> None:
        self._read_only = away
        if self._postgres is not None:
            name = self._database.url.database
            self._postgres.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {'false' if away else 'true'}")
            self._postgres.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")


@pytest.fixture
def outage(kept: Database, request: pytest.FixtureRequest) -> Outage:
    """SQLite: the disk may not be written any more. PostgreSQL: every connection is cut and none is let in."""
    return Outage(kept, None if kept.is_sqlite else request.getfixturevalue("postgres"))
