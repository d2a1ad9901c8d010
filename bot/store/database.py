"""The database: one engine, reading and writing connections, and the version of its tables."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Table, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    NotSupportedError,
    OperationalError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import PoolResetState

from bot.store import sqlite_connection
from bot.store.keys import Keys

HEAD = "0016"
"""The newest migration. A test holds it equal to the newest file in `migrations/versions`."""

Tx = AsyncConnection
"""A connection inside `read()` or `write()`; use-cases pass it on."""

SQLITE_CONNECTIONS = 8
"""Each has a thread. SQLite reads so fast that more would only wait for Python's lock."""

SQLITE_SYNCHRONOUS = "FULL"
"""A commit is on the disk when it returns: only then an update is confirmed to Telegram."""

_COMMITTED = "READ COMMITTED"
"""PostgreSQL's own. Only what writes needs a transaction: a read without one is spared four ways to the server."""

_MIGRATIONS = Path(__file__).parent / "migrations"


class DatabaseFault(Exception):
    """The database cannot be used; the text says where, what, and how to mend it."""


class Database:
    """Connections to one database. SQLite has one writer at a time; PostgreSQL as many as its pool."""

    def __init__(self, url: str, keys: Keys) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _engine(url, keys)
        self._transactions = (
            self.engine if self.is_sqlite else self.engine.execution_options(isolation_level=_COMMITTED)
        )
        self.keys = keys
        self._writer = asyncio.Lock() if self.is_sqlite else None

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        """A connection to read with; what each statement reads is committed by then."""
        async with self.engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Tx]:
        """One transaction that owns its connection: committed at the end, rolled back on an exception."""
        async with self._writer or nullcontext(), self._transactions.connect() as connection:
            if self.is_sqlite:
                await connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
            await connection.commit()  # a connection that is given back without it is rolled back

    async def close(self) -> None:
        await self.engine.dispose()

    async def migrate(self) -> None:
        """Brings the tables to HEAD. Raises DatabaseFault where the database is newer, or cannot be reached."""
        try:
            if self.is_sqlite:
                _open_once(self.url.database)
            async with self.engine.connect() as connection:
                found = await connection.run_sync(_version)
            if found == HEAD:
                return
            if found is not None and found not in _known_versions():
                raise DatabaseFault(
                    f"The database {self.name} has tables of version {found}, which this Brobot (version {HEAD}) "
                    "does not know. Use the newer Brobot that made it, or restore a backup of its time."
                )
            async with self._transactions.begin() as connection:
                await connection.run_sync(_make if found is None else _upgrade)
        except (DBAPIError, sqlite3.Error, OSError) as error:
            raise DatabaseFault(_unreachable(self.url, error)) from error

    @property
    def name(self) -> str:
        """Where the database is, without its password."""
        return self.url.render_as_string(hide_password=True)


def _open_once(path: str | None) -> None:
    """Makes the file where there is none, closed to others, and fails here where it cannot be opened.

    aiosqlite's thread would outlive the failure and complain later.
    """
    if path:
        Path(path).touch(mode=0o600)
    with closing(sqlite3.connect(path or ":memory:")) as connection:
        connection.execute("PRAGMA schema_version")


async def is_new(url: str) -> bool:
    """Whether no Brobot has ever made its tables there: only then may a new key be made for it."""
    if make_url(url).get_backend_name() == "sqlite":
        return not Path(make_url(url).database or "").exists()
    engine = create_async_engine(url, hide_parameters=True)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_version) is None
    except (DBAPIError, OSError) as error:
        raise DatabaseFault(_unreachable(make_url(url), error)) from error
    finally:
        await engine.dispose()


def _unreachable(url: URL, error: BaseException) -> str:
    return (
        f"The database {url.render_as_string(hide_password=True)} cannot be opened: {_cause(error)}. Check "
        "BROBOT_DATABASE_URL, that the server runs, and that the disk has room and may be written."
    )


def insert(table: Table, tx: Tx) -> Any:
    """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update` in either engine."""
    return sqlite.insert(table) if tx.dialect.name == "sqlite" else postgresql.insert(table)


def is_out_of_order(error: BaseException) -> bool:
    """Whether the database itself fails (full, locked, stopped, out of reach), not what was asked of it.

    Then nothing was committed, and the same may be tried again later. An error while connecting to PostgreSQL comes
    as asyncpg or the system raised it; SQLAlchemy wraps the rest.
    """
    if isinstance(error, DBAPIError):
        return not isinstance(error, (DataError, IntegrityError, NotSupportedError, ProgrammingError))
    return isinstance(error, (OSError, PoolTimeout)) or type(error).__module__.startswith("asyncpg.")


def reason_of(error: BaseException) -> str:
    """What the database said, without the statement and its values: those may be personal."""
    return _cause(error) or type(error).__name__


def _engine(url: str, keys: Keys) -> AsyncEngine:
    if make_url(url).get_backend_name() != "sqlite":
        engine = create_async_engine(
            url,
            hide_parameters=True,  # as below
            pool_size=10,
            max_overflow=10,
            pool_pre_ping=True,
            isolation_level="AUTOCOMMIT",
        )
    else:
        engine = create_async_engine(
            url,
            hide_parameters=True,  # what people wrote belongs in no traceback
            pool_size=SQLITE_CONNECTIONS,
            max_overflow=0,  # one more would be opened and closed, its file and thread with it, for a single read
            pool_use_lifo=True,
            skip_autocommit_rollback=True,  # `_roll_back` below does it, where there is something
            connect_args={"timeout": 10, "isolation_level": None, "async_creator_fn": sqlite_connection.connect},
        )

        @event.listens_for(engine.sync_engine, "connect")
        def _prepare(connection: Any, _record: object) -> None:
            cursor = connection.cursor()
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute(f"PRAGMA synchronous={SQLITE_SYNCHRONOUS}")
            cursor.execute("PRAGMA foreign_keys=ON")
            cursor.close()

        @event.listens_for(engine.sync_engine, "reset")
        def _roll_back(connection: Any, _record: object, state: PoolResetState) -> None:
            """Ends what was begun and not committed. A read began nothing and need not wait for a rollback."""
            if state.asyncio_safe and connection.driver_connection.in_transaction:
                connection.rollback()

    engine.sync_engine.dialect.brobot_keys = keys  # type: ignore[attr-defined] # read by bot.store.types.Encrypted
    return engine


def _version(connection: Connection) -> str | None:
    try:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except (OperationalError, ProgrammingError):  # no such table: a new database
        return None


def _known_versions() -> set[str]:
    return {path.stem.split("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py")}


def _make(connection: Connection) -> None:
    """The newest tables at once, for a database that has none; a test holds them equal to what the migrations make."""
    from bot.store.tables import metadata  # noqa: PLC0415 # not needed where they are there

    metadata.create_all(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:head)"), {"head": HEAD})


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 # 0.2 s that a start with the newest tables need not pay
    from alembic.config import Config  # noqa: PLC0415 # the same

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _cause(error: BaseException) -> str:
    return str(error.orig if isinstance(error, DBAPIError) else error).rstrip(".")
