"""Owns how SQLAlchemy talks to aiosqlite: a statement and its rows in one errand to the connection's thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import partial
from typing import Any, Self

import aiosqlite


class OneErrand(aiosqlite.Connection):
    """An aiosqlite connection whose cursors make, run, read and close a statement at once.

    SQLAlchemy's dialect asks a cursor for each by itself, and each is an errand to a thread and back, which costs more
    than SQLite needs to answer (docs/decisions/0026). Rows are read whole, as that dialect does anyway.
    """

    def cursor(self) -> StatementCursor:  # type: ignore[override] # what the dialect uses of a cursor, and no more
        return StatementCursor(self)


def connect(database: str, **options: Any) -> OneErrand:
    """As `aiosqlite.connect`, for SQLAlchemy's `async_creator_fn`: its thread never holds up the end of the program."""
    connection = OneErrand(partial(sqlite3.connect, database, **options), iter_chunk_size=64)
    connection._thread.daemon = True  # as the dialect does where it connects itself
    return connection


class StatementCursor:
    """The result of one statement after another: `description`, `rowcount`, `lastrowid` and all rows."""

    __slots__ = ("_connection", "_rows", "arraysize", "description", "lastrowid", "rowcount")

    def __init__(self, connection: OneErrand) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.arraysize = 1
        self.description: Any = None
        self.lastrowid: int | None = None
        self.rowcount = -1

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Self:
        return await self._errand("execute", sql, parameters)

    async def executemany(self, sql: str, parameters: Sequence[Sequence[Any]]) -> Self:
        return await self._errand("executemany", sql, parameters)

    async def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """It was closed when its rows were read."""

    async def _errand(self, how: str, sql: str, parameters: Sequence[Any]) -> Self:
        await self._connection._execute(self._run, how, sql, parameters)  # type: ignore[no-untyped-call] # aiosqlite's
        return self

    def _run(self, how: str, sql: str, parameters: Sequence[Any]) -> None:
        """In the connection's thread."""
        cursor = self._connection._conn.cursor()
        try:
            getattr(cursor, how)(sql, parameters)
            self._rows = cursor.fetchall() if cursor.description else []
            self.description, self.rowcount, self.lastrowid = cursor.description, cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()
