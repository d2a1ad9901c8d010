"""Programs that all workers of a run share, begun once and reached by a socket: their libraries take long to load."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import start
from start import ROOT


@dataclass(frozen=True, slots=True)
class Shared:
    """A program that answers on its standard input, a listening socket; `variable` tells the workers its address."""

    variable: str
    command: Callable[[], Sequence[str | Path]]

    def begin(self) -> None:
        """Begins it where neither we nor who began us has done so. It ends with this process."""
        if self.variable in os.environ:
            return
        command = self.command()
        folder = tempfile.mkdtemp(prefix="brobot-shared-")
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(f"{folder}/s")
            listening.listen()
            program = subprocess.Popen(command, cwd=ROOT, stdin=listening.fileno())
        os.environ[self.variable] = f"{folder}/s"
        atexit.register(_end, program, folder)

    def asked(self) -> socket.socket:
        """A connection to it, begun where it is not there yet."""
        self.begin()
        asked = socket.socket(socket.AF_UNIX)
        asked.connect(os.environ[self.variable])
        return asked


def _end(program: subprocess.Popen[bytes], folder: str) -> None:
    program.terminate()
    program.wait()
    shutil.rmtree(folder)


def _schema_check() -> Sequence[str | Path]:
    """In an environment of its own under var/, made where it is not there yet; start.Halt says why it cannot be."""
    start.SCHEMA_VENV.install("requirements-schema.txt")
    return [start.SCHEMA_VENV.python, ROOT / "tests" / "demo" / "schema_check.py"]


SCHEMA_CHECK = Shared("SCHEMA_CHECK_SOCKET", _schema_check)
WARM = Shared("WARM_SOCKET", lambda: [sys.executable, "-m", "tests.warm"])
ALL = (SCHEMA_CHECK, WARM)
