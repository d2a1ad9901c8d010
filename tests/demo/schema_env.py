"""The schema check in the environment that `start.py test` makes for it: one process for all journals of a run."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import start

CHECK = Path(__file__).with_name("schema_check.py")
ADDRESS = "SCHEMA_CHECK_SOCKET"
"""Where the workers of a run find the check: its models take seconds to load."""


def faults_in(journal: Path) -> list[str]:
    """What does not fit aiogram's models in a journal that `World.write_journal` wrote; empty where all does.

    The environment under var/ is made from requirements-schema.txt where it is not there yet; where it cannot be
    made, start.Halt says why: the check is never left out.
    """
    begin()
    with socket.socket(socket.AF_UNIX) as asked:
        asked.connect(os.environ[ADDRESS])
        asked.sendall(f"{journal}\n".encode())
        with asked.makefile(encoding="utf-8") as told:
            faults: list[str] = json.load(told)
    return faults


def begin() -> None:
    """Begins the check where neither we nor who began us has done so. It ends with this process."""
    if ADDRESS in os.environ:
        return
    start.SCHEMA_VENV.install("requirements-schema.txt")
    folder = tempfile.mkdtemp(prefix="brobot-check-")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(f"{folder}/s")
        listening.listen()
        check = subprocess.Popen([start.SCHEMA_VENV.python, CHECK], stdin=listening.fileno())
    os.environ[ADDRESS] = f"{folder}/s"
    atexit.register(_end, check, folder)


def _end(check: subprocess.Popen[bytes], folder: str) -> None:
    check.terminate()
    check.wait()
    shutil.rmtree(folder)
