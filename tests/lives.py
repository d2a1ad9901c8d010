"""One life of `python -m bot …`, born warm: a fork of the process that has everything imported (`tests/warm.py`)."""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Mapping
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import IO, Any, Self

from tests.shared_programs import WARM


class Life:
    """A command that runs, in a session of its own. `stdout` and `stderr` are read here where no file was given.

    Without a `stdin` it reads a line that ends when this is closed, or when we end.
    """

    def __init__(
        self,
        *words: str,
        env: Mapping[str, str],
        cwd: Path,
        stdin: IO[Any] | None = None,
        stdout: IO[Any] | None = None,
        stderr: IO[Any] | None = None,
    ) -> None:
        self.words = words
        self._code: int | None = None
        self._line = WARM.asked()
        self.stdout, told = _ours_and_theirs(stdout)
        self.stderr, complained = _ours_and_theirs(stderr)
        files = [*([stdin.fileno()] if stdin else []), told.fileno(), complained.fileno()]
        wanted = json.dumps({"words": words, "env": dict(env), "cwd": str(cwd)}).encode() + b"\n"
        sent = socket.send_fds(self._line, [wanted], files)
        self._line.sendall(wanted[sent:])
        for file in (told, complained):
            file.close()
        self.pid = int(self._told())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it has ended, and we are not told yet
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def poll(self) -> int | None:
        """The exit code, or None while it lives."""
        try:
            return self.wait(0)
        except TimeoutError:
            return None

    def wait(self, seconds: float) -> int:
        """The exit code; raises TimeoutError where it still lives after so many seconds."""
        if self._code is None:
            self._line.settimeout(seconds)
            try:
                self._code = int(self._told())
            except BlockingIOError:
                raise TimeoutError from None
        return self._code

    def _told(self) -> bytes:
        """A line, and nothing of the one after it."""
        told = b""
        while not told.endswith(b"\n"):
            told += self._line.recv(1) or b"\n"
        return told

    def ended(self, within: float) -> tuple[int, str, str]:
        """Waits for the end: the exit code, and all that was not read yet of what it wrote."""
        code = self.wait(within)
        told = [file.read() if file else "" for file in (self.stdout, self.stderr)]
        return code, told[0], told[1]

    def close(self) -> None:
        """Whatever still lives is killed."""
        self.kill()
        for each in (self._line, self.stdout, self.stderr):
            if each is not None:
                each.close()


def _ours_and_theirs(file: IO[Any] | None) -> tuple[IO[str] | None, FileIO]:
    """The end of a pipe to read where no file is given, and what the life writes to."""
    if file is not None:
        return None, FileIO(os.dup(file.fileno()), "w")
    ours, theirs = os.pipe()
    return os.fdopen(ours, encoding="utf-8"), FileIO(theirs, "w")
