"""Owns the environment of the libraries we measure ourselves against: var/bench-venv, made when it is missing."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from pathlib import Path

from start import ROOT, Environment, Halt

LOCK = "requirements-benchmarks.txt"


class NoRivalsError(Exception):
    """The libraries to compare with could not be installed (no network, as a rule)."""


def rivals_python() -> Path:
    """The interpreter that has them. Installs them the first time, which needs a network and half a minute."""
    environment = Environment(ROOT / "var" / "bench-venv")
    try:
        with redirect_stdout(sys.stderr):  # our own output is for figures
            environment.install(LOCK)
    except Halt as error:
        raise NoRivalsError(str(error)) from error
    return environment.python
