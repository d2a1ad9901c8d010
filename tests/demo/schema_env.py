"""The environment of the schema check, made as `start.py test` makes it, and how to ask it about a journal."""

from __future__ import annotations

import subprocess
from pathlib import Path

import start

CHECK = Path(__file__).with_name("schema_check.py")


def faults_in(journal: Path) -> list[str]:
    """What does not fit aiogram's models in a journal that `World.write_journal` wrote; empty where all does.

    The environment under var/ is made from requirements-schema.txt where it is not there yet; where it cannot be
    made, start.Halt says why: the check is never left out.
    """
    start.SCHEMA_VENV.install("requirements-schema.txt")
    done = subprocess.run(
        [start.SCHEMA_VENV.python, CHECK, journal], capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode not in {0, 1} or done.stderr:
        raise RuntimeError(done.stderr)
    return done.stdout.splitlines() if done.returncode else []
