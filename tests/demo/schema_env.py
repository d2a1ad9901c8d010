"""The environment of the schema check: made once from requirements-schema.txt under var/, and how to ask it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements-schema.txt"
HOME = ROOT / "var" / "schema-venv"
CHECK = Path(__file__).with_name("schema_check.py")


def schema_python() -> Path:
    """The interpreter with aiogram; made anew where the lock has changed. Fails where it cannot be made."""
    python = HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = HOME / "lock.sha256"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not (python.exists() and stamp.exists() and stamp.read_text() == wanted):
        _make(python)
        stamp.write_text(wanted)
    return python


def _make(python: Path) -> None:
    shutil.rmtree(HOME, ignore_errors=True)
    uv = shutil.which("uv")
    if uv:
        _run(uv, "venv", "--quiet", "--python", sys.executable, str(HOME))
        _run(uv, "pip", "install", "--quiet", "--python", str(python), "--require-hashes", "-r", str(LOCK))
    else:
        _run(sys.executable, "-m", "venv", str(HOME))
        _run(str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK))


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the environment of the schema check could not be made:\n{done.stderr}")


def faults_in(journal: Path) -> list[str]:
    """What does not fit aiogram's models in a journal that `World.write_journal` wrote; empty where all does."""
    done = subprocess.run([schema_python(), CHECK, journal], capture_output=True, encoding="utf-8", check=False)
    if done.returncode not in {0, 1} or done.stderr:
        raise RuntimeError(done.stderr)
    return done.stdout.splitlines() if done.returncode else []
