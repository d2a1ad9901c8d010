"""Someone at a terminal: `python -m bot …` in a folder of their own, and what they are told."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import Any

from bot.demo.botapi import TOKEN
from tests.demo.running import ROOT, surroundings

PATIENCE = 60.0

Ended = subprocess.CompletedProcess[str]


class Warm:
    """Commands that are forks of one process with everything imported: see `tests/warm.py`."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.warm"],
            cwd=ROOT,
            env=surroundings(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def runs(self, words: Sequence[str], stdin: str, cwd: Path, env: Mapping[str, str]) -> Ended:
        """One command to its end."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with TemporaryDirectory() as made:
            given, told, complained = (Path(made) / name for name in ("stdin", "stdout", "stderr"))
            for path, text in ((given, stdin), (told, ""), (complained, "")):
                path.write_text(text, encoding="utf-8")
            paths = {"cwd": str(cwd), "stdin": str(given), "stdout": str(told), "stderr": str(complained)}
            self._process.stdin.write(json.dumps({"words": words, "env": dict(env), "wait": True, **paths}) + "\n")
            self._process.stdin.flush()
            pid = int(self._process.stdout.readline())
            late = Timer(PATIENCE, os.kill, (pid, signal.SIGKILL))
            late.start()
            code = int(self._process.stdout.readline())
            late.cancel()
            return Ended(words, code, told.read_text("utf-8"), complained.read_text("utf-8"))

    def close(self) -> None:
        self._process.communicate(timeout=PATIENCE)


@dataclass
class Operator:
    """Someone at a terminal, in a folder of their own, with a Bot API on this machine."""

    folder: Path
    api: str
    warm: Warm

    def settings(self, **more: str) -> dict[str, str]:
        mine = {"api_url": self.api, "community": "ikast-brande", "listen": "127.0.0.1:0", **more}
        return surroundings(**{f"BROBOT_{name.upper()}": value for name, value in mine.items()})

    def types(self, *words: str, stdin: str = "", **settings: str) -> Ended:
        """`python -m bot …` to its end."""
        return self.warm.runs(words, stdin, self.folder, self.settings(**settings))

    def is_told(self, *words: str, **settings: str) -> str:
        """What is said of something to mend: exit code 2, nothing on standard output, no traceback."""
        told = self.types(*words, **settings)
        assert (told.returncode, told.stdout) == (2, ""), told.stderr
        assert "Traceback" not in told.stderr
        return told.stderr.rstrip("\n")

    @contextmanager
    def runs(self, *words: str, **settings: str) -> Iterator[Run]:
        """`python -m bot run` until the end of the block; it ends in order."""
        given = {"token": TOKEN, "log_level": "INFO", **settings}
        log = self.folder / "run.log"
        with log.open("w", encoding="utf-8") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run", *words],
                cwd=self.folder,
                env=self.settings(**given),
                stdout=file,
                stderr=file,
            )
        try:
            yield Run(process, log)
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE) == 0, log.read_text("utf-8")
        finally:
            process.kill()
            process.wait(PATIENCE)


@dataclass
class Run:
    """A bot that runs, and its log."""

    process: subprocess.Popen[bytes]
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
            assert self.process.poll() is None, self.log.read_text("utf-8")
            time.sleep(0.05)
        raise AssertionError(f"no line {event}: {self.log.read_text('utf-8')}")
