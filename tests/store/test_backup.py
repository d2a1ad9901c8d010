"""Copies of a SQLite database: whole or not at all, and nothing that was there is lost by putting one back."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.backup import BackupFault, back_up, put_back
from bot.store.database import Database
from bot.store.keys import Keys
from bot.store.sole import sole
from tests.conftest import sqlite_url


@pytest.fixture
def database_file(tmp_path: Path, migrated_sqlite: Path) -> Path:
    """A migrated database with one community in it."""
    file = tmp_path / "brobot.db"
    shutil.copyfile(migrated_sqlite, file)
    add(file, "ringe")
    return file


def add(file: Path, community: str) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("INSERT INTO communities (id, record, digest) VALUES (?, '{}', '')", (community,))


def communities(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as database:
        return [name for (name,) in database.execute("SELECT id FROM communities ORDER BY id")]


def test_a_copy_holds_what_was_committed_also_what_lies_in_the_log_beside(database_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(database_file)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("INSERT INTO communities (id, record, digest) VALUES ('horne', '{}', '')")
        writer.commit()
        writer.execute("INSERT INTO communities (id, record, digest) VALUES ('unfinished', '{}', '')")
        back_up(sqlite_url(database_file), copy)
    assert communities(copy) == ["horne", "ringe"]
    assert copy.stat().st_mode & 0o777 == 0o600


def test_a_copy_that_fails_leaves_the_older_copy_as_it_was(database_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(sqlite_url(database_file), copy)
    database_file.write_bytes(b"this is no database at all" * 100)
    with pytest.raises(BackupFault, match="could not be written"):
        back_up(sqlite_url(database_file), copy)
    assert communities(copy) == ["ringe"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["brobot.db", "copy.db"]


def test_putting_back_keeps_every_database_that_it_replaces(database_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    back_up(sqlite_url(database_file), copy)
    add(database_file, "later")
    first = put_back(copy, sqlite_url(database_file))
    second = put_back(copy, sqlite_url(database_file))
    assert first is not None
    assert second is not None
    assert (communities(database_file), communities(first), communities(second)) == (
        ["ringe"],
        ["later", "ringe"],
        ["ringe"],
    )


def test_a_copy_is_put_where_there_is_no_database_yet(database_file: Path, tmp_path: Path) -> None:
    new = tmp_path / "another machine" / "var" / "brobot.db"
    assert put_back(database_file, sqlite_url(new)) is None
    assert communities(new) == ["ringe"]
    assert new.stat().st_mode & 0o777 == 0o600


def test_what_is_no_backup_is_not_put_back(database_file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as database, database:
        database.execute("CREATE TABLE recipes (name TEXT)")
    half = tmp_path / "half.db"
    half.write_bytes(database_file.read_bytes()[:20_000])
    for wrong in (other, half, tmp_path / "missing.db"):
        with pytest.raises(BackupFault):
            put_back(wrong, sqlite_url(database_file))
    assert communities(database_file) == ["ringe"]
    assert not database_file.with_name("brobot.db.before-restore").exists()


async def test_nothing_is_put_back_under_a_running_bot(database_file: Path, tmp_path: Path, keys: Keys) -> None:
    copy = tmp_path / "copy.db"
    back_up(sqlite_url(database_file), copy)
    database = Database(sqlite_url(database_file), keys)
    async with sole(database, "ringe"):
        with pytest.raises(BackupFault, match="A bot uses"):
            put_back(copy, sqlite_url(database_file))
    await database.close()
    assert put_back(copy, sqlite_url(database_file)) is not None
