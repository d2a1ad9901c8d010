"""The schema check in the environment that `start.py test` makes for it: one process for all journals of a run."""

from __future__ import annotations

import json
from pathlib import Path

from tests.shared_programs import SCHEMA_CHECK


def faults_in(journal: Path) -> list[str]:
    """What does not fit aiogram's models in a journal that `World.write_journal` wrote; empty where all does.

    The environment under var/ is made from requirements-schema.txt where it is not there yet; where it cannot be
    made, start.Halt says why: the check is never left out.
    """
    with SCHEMA_CHECK.asked() as asked:
        asked.sendall(f"{journal}\n".encode())
        with asked.makefile(encoding="utf-8") as told:
            faults: list[str] = json.load(told)
    return faults
