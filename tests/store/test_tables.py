"""Every table says what it keeps; what tells a person is encrypted; migrations make exactly these tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, inspect, text

from bot.store.database import HEAD, Database, DatabaseFault, is_new
from bot.store.database import _known_versions as known_versions
from bot.store.database import _upgrade as upgrade
from bot.store.keys import Keys
from bot.store.tables import metadata
from bot.store.types import Encrypted

OF_NOBODY = {
    *("communities", "places", "organisations", "activities", "activity_texts", "changes", "polling"),
    *("needs", "unread_words", "seat_counts", "case_counts", "reports"),  # counts, without who asked
}
TELLING = ("chat", "place", "step", "content", "payload", "question", "name", "text")


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_table_says_what_it_keeps_why_and_for_how_long(table: Table) -> None:
    assert set(table.info) == {"keeps", "why", "until", "days"}
    assert all(table.info[name] for name in ("keeps", "why", "until"))


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_row_belongs_to_a_community(table: Table) -> None:
    assert table.name == "communities" or "community" in table.c


@pytest.mark.parametrize(
    "table", [each for each in metadata.sorted_tables if each.name not in OF_NOBODY], ids=lambda table: table.name
)
def test_what_tells_a_person_is_encrypted(table: Table) -> None:
    plain = [column.name for column in table.c if not isinstance(column.type, Encrypted)]
    assert [name for name in plain if name in TELLING] == []


def test_the_newest_migration_is_the_one_the_code_expects() -> None:
    assert max(known_versions()) == HEAD


def described(connection: Connection) -> dict[str, object]:
    """What the engine knows of each table: columns, keys, indexes with their conditions. SQLite minds no length."""
    seen = inspect(connection)
    measured = connection.dialect.name != "sqlite"
    return {
        table: {
            "columns": {
                each["name"]: (
                    str(each["type"]) if measured else str(each["type"]).partition("(")[0],
                    each["nullable"],
                    each["default"],
                )
                for each in columns
            },
            "key": sorted(seen.get_pk_constraint(table)["constrained_columns"]),
            "references": sorted(str(sorted(each.items(), key=str)) for each in seen.get_foreign_keys(table)),
            "unique": sorted(str(each["column_names"]) for each in seen.get_unique_constraints(table)),
            "indexes": {
                each["name"]: (
                    each["column_names"],
                    each["unique"],
                    {name: str(value) for name, value in each.get("dialect_options", {}).items()},
                )
                for each in seen.get_indexes(table)
            },
        }
        for table in seen.get_table_names()
        for columns in [seen.get_columns(table)]
    }


async def test_the_migrations_make_exactly_the_tables_that_a_new_database_has(database: Database) -> None:
    def taken_down_and_migrated(connection: Connection) -> dict[str, object]:
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))
        upgrade(connection)
        return described(connection)

    async with database.engine.begin() as connection:
        made = await connection.run_sync(described)
        migrated = await connection.run_sync(taken_down_and_migrated)
    assert migrated == made
    assert set(made) == {*metadata.tables, "alembic_version"}


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    await database.migrate()
    async with database.read() as tx:
        assert await tx.scalar(text("SELECT version_num FROM alembic_version")) == HEAD


async def test_a_database_of_a_newer_brobot_is_named_and_left_alone(database: Database) -> None:
    async with database.write() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseFault, match=r"9999.*newer Brobot"):
        await database.migrate()


@pytest.mark.parametrize("database_engine", ["sqlite"], indirect=True)
async def test_a_new_database_file_is_closed_to_others(database_url: str, keys: Keys, tmp_path: Path) -> None:
    new = Database(database_url, keys)
    await new.migrate()
    await new.close()
    assert [path.stat().st_mode & 0o077 for path in tmp_path.glob("brobot.db*")] == [0]


@pytest.mark.parametrize(
    ("url", "cause"),
    [
        ("sqlite+aiosqlite:////proc/nowhere/brobot.db", "No such file"),
        ("postgresql+asyncpg://brobot:geheim@127.0.0.1:9/brobot", "Connect"),
    ],
)
async def test_a_database_that_cannot_be_opened_is_named_without_its_password(keys: Keys, url: str, cause: str) -> None:
    unreachable = Database(url, keys)
    with pytest.raises(DatabaseFault, match=cause) as found:
        await unreachable.migrate()
    assert "BROBOT_DATABASE_URL" in str(found.value)
    assert "geheim" not in str(found.value)
    await unreachable.close()


async def test_a_database_is_new_until_its_tables_are_made(database_url: str, keys: Keys) -> None:
    before = await is_new(database_url)
    made = Database(database_url, keys)
    await made.migrate()
    await made.close()
    assert (before, await is_new(database_url)) == (True, False)
