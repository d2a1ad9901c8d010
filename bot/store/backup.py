"""Copies of a SQLite database, made while it is used and read again before they count."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from contextlib import closing
from itertools import chain, count
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
    """Puts the copy in the database's place, whole or not at all, and gives where the old one was kept."""
    target = _file_of(url)
    if not source.exists():
        raise BackupFault(f"There is no backup at {source}.")
    if _is_used(target):
        raise BackupFault(f"A bot uses {target}. Stop it, then restore again.")
    kept, is_new = None, not target.exists()
    try:
        _check(source)
        if not is_new:
            kept = _unused_beside(target)
            back_up(url, kept)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
            here.backup(there)
    except (OSError, sqlite3.Error) as error:
        if is_new:
            target.unlink(missing_ok=True)
        raise BackupFault(f"The backup {source} could not be put back: {error}. Nothing was changed.") from error
    return kept


def _is_used(database: Path) -> bool:
    """Whether a bot runs on it: each holds a lock beside the database (`bot.store.sole`) as long as it lives."""
    for path in database.parent.glob(f"{database.name}.*.lock"):
        with path.open("ab") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
    return False


def _unused_beside(database: Path) -> Path:
    """A name for the old database under which no older one is kept."""
    endings = chain([""], (f"-{number}" for number in count(2)))
    paths = (database.with_name(f"{database.name}.before-restore{ending}") for ending in endings)
    return next(path for path in paths if not path.exists())


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
