"""The schema check in the environment that `start.py test` makes for it: one process for one journal after another."""

from __future__ import annotations

import atexit
import json
import subprocess
from functools import cache
from pathlib import Path

import start

CHECK = Path(__file__).with_name("schema_check.py")


def faults_in(journal: Path) -> list[str]:
    """What does not fit aiogram's models in a journal that `World.write_journal` wrote; empty where all does.

    The environment under var/ is made from requirements-schema.txt where it is not there yet; where it cannot be
    made, start.Halt says why: the check is never left out.
    """
    check = checking()
    assert check.stdin is not None
    assert check.stdout is not None
    check.stdin.write(f"{journal}\n")
    check.stdin.flush()
    told = check.stdout.readline()
    if not told:
        raise RuntimeError(f"the schema check ended by itself: {check.wait()}")
    faults: list[str] = json.loads(told)
    return faults


@cache
def checking() -> subprocess.Popen[str]:
    """The process of the check, begun where it is first asked for: its models take a second. It ends with this one."""
    start.SCHEMA_VENV.install("requirements-schema.txt")
    check = subprocess.Popen(
        [start.SCHEMA_VENV.python, CHECK], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )
    atexit.register(check.communicate)
    return check
