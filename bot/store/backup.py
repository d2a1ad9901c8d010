"""Copies of a SQLite database, made while it is used and read again before they count."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url


class BackupFault(Exception):
    """The copy was not made or cannot be put back; the text says why and what to do."""


def back_up(url: str, to: Path) -> None:
    """Writes a whole, checked copy to `to`, or nothing at all. It has mode 600: it holds what the database holds."""
    source = _file_of(url)
    if not source.exists():
        raise BackupFault(f"There is no database at {source}. Check BROBOT_DATABASE_URL.")
    part = to.with_name(f"{to.name}.part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(part)) as there:
            here.backup(there)
        _check(part)
        part.replace(to)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise BackupFault(f"The backup {to} could not be written: {error}. Check its folder and the disk.") from error


def put_back(source: Path, url: str) -> Path | None:
    """Puts the copy in the database's place and gives where the old one was kept."""
    target = _file_of(url)
    if not source.exists():
        raise BackupFault(f"There is no backup at {source}.")
    try:
        _check(source)
        kept = None
        if target.exists():
            kept = target.with_name(f"{target.name}.before-restore")
            back_up(url, kept)
        with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
            here.backup(there)
    except sqlite3.Error as error:
        raise BackupFault(f"The backup {source} could not be put back: {error}. Is the bot stopped?") from error
    return kept


def _file_of(url: str) -> Path:
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        raise BackupFault("Only SQLite is backed up here. For PostgreSQL use pg_dump and pg_restore.")
    return Path(address.database)


def _check(path: Path) -> None:
    with closing(sqlite3.connect(path)) as copy:
        found = copy.execute("PRAGMA integrity_check").fetchone()[0]
        version = copy.execute("SELECT version_num FROM alembic_version").fetchone()
    if found != "ok" or version is None:
        raise sqlite3.DatabaseError(f"it is not a whole Brobot database ({found})")
