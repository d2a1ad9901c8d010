"""Someone at a terminal: `python -m bot …` in a folder of their own, and what they are told."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from bot.demo.botapi import TOKEN
from tests.demo.running import surroundings
from tests.lives import Life

PATIENCE = 60.0

Ended = subprocess.CompletedProcess[str]


@dataclass
class Operator:
    """Someone at a terminal, in a folder of their own, with a Bot API on this machine."""

    folder: Path
    api: str

    def settings(self, **more: str) -> dict[str, str]:
        mine = {"api_url": self.api, "community": "ikast-brande", "listen": "127.0.0.1:0", **more}
        return surroundings(**{f"BROBOT_{name.upper()}": value for name, value in mine.items()})

    def types(self, *words: str, stdin: str = "", **settings: str) -> Ended:
        """`python -m bot …` to its end."""
        with TemporaryFile() as given, TemporaryFile() as told, TemporaryFile() as complained:
            given.write(stdin.encode())
            given.seek(0)
            files: dict[str, IO[bytes]] = {"stdin": given, "stdout": told, "stderr": complained}
            with Life(*words, env=self.settings(**settings), cwd=self.folder, **files) as life:
                code = life.wait(PATIENCE)
            written = [_all_of(file) for file in (told, complained)]
        return Ended(words, code, *written)

    def is_told(self, *words: str, **settings: str) -> str:
        """What is said of something to mend: exit code 2, nothing on standard output, no traceback."""
        told = self.types(*words, **settings)
        assert (told.returncode, told.stdout) == (2, ""), told.stderr
        assert "Traceback" not in told.stderr, told.stderr
        return told.stderr.rstrip("\n")

    @contextmanager
    def runs(self, *words: str, **settings: str) -> Iterator[Run]:
        """`python -m bot run` until the end of the block; it ends in order."""
        given = {"token": TOKEN, "log_level": "INFO", **settings}
        log = self.folder / "run.log"
        with (
            log.open("w", encoding="utf-8") as file,
            Life("run", *words, env=self.settings(**given), cwd=self.folder, stdout=file, stderr=file) as life,
        ):
            yield Run(life, log)
            life.send_signal(signal.SIGTERM)
            assert life.wait(PATIENCE) == 0, log.read_text("utf-8")


def _all_of(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


@dataclass
class Run:
    """A bot that runs, and its log."""

    life: Life
    log: Path

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]

    def logs(self, event: str) -> dict[str, Any]:
        """Waits for a log line whose event begins so."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for line in self.lines:
                if line["event"].startswith(event):
                    return line
            assert self.life.poll() is None, self.log.read_text("utf-8")
            time.sleep(0.05)
        raise AssertionError(f"no line {event}: {self.log.read_text('utf-8')}")
