"""Every table says what it keeps; what tells a person is encrypted; migrations make exactly these tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Table, text

from bot.store.database import HEAD, Database, DatabaseFault, is_new
from bot.store.database import _known_versions as known_versions
from bot.store.keys import Keys
from bot.store.tables import metadata
from bot.store.types import Encrypted

OF_NOBODY = {
    *("communities", "places", "organisations", "activities", "activity_texts", "changes", "polling"),
    *("needs", "unread_words"),  # counts, without who asked
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


async def test_the_migrations_make_exactly_the_tables_of_the_code(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        found: list[object] = compare_metadata(context, metadata)
        return found

    async with database.engine.connect() as connection:
        found = await connection.run_sync(differences)
    assert [each for each in found if "alembic_version" not in str(each)] == []


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
