"""How long a person waits for a bot that was not running, and how much memory it takes once it is.

From the start of the process to its first answer to a question that waited: `python -m bot run` by itself, and by way
of `start.py` where that has made the environment. The files lie in the system's memory from the uncounted start before,
which also writes Python's compiled files where there are none; the first start after a boot takes longer.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import psutil

from benchmarks.figures import Figure, at_most
from benchmarks.known_people import move_in, surroundings
from benchmarks.phones import Phones, phones
from start import ROOT

TIMES = 5
QUESTIONS = 1_000
IN_FLIGHT = 16
MEGABYTE = 1_000_000

BOT = [sys.executable, "-m", "bot", "run"]
MADE_BY_START = ROOT / ".venv" / "installed-locks"


def run() -> Iterator[Figure]:
    """The figures."""
    with tempfile.TemporaryDirectory(prefix="brobot-start-") as made, phones() as asking:
        folder = Path(made) / "known"
        move_in(folder)
        for name, command in _commands().items():
            waited = [_first_answer(command, folder, asking) for _ in range(1 + TIMES)][1:]
            yield at_most("start", name, median(waited), "s to the first answer, median", 3)
            yield Figure("start", name, max(waited), f"s to the first answer, slowest of {TIMES}")
        yield Figure(
            "start", f"after {QUESTIONS:,} questions", _memory(folder, asking) / MEGABYTE, "MB of resident memory"
        )


def _commands() -> dict[str, list[str]]:
    """The ways to start it. An environment that somebody else made is left as it is: `start.py` would complete it."""
    commands = {"python -m bot run": BOT}
    if MADE_BY_START.exists():
        commands["start.py bot run"] = [sys.executable, str(ROOT / "start.py"), "bot", "run"]
    return commands


def _first_answer(command: list[str], folder: Path, asking: Phones) -> float:
    """Seconds from the start of the process to the answer to a question asked before."""
    asking.begin(in_flight=1)
    started = time.perf_counter()
    with _bot(command, folder, asking):
        asking.end()
        return time.perf_counter() - started


def _memory(folder: Path, asking: Phones) -> int:
    """Bytes, after as many questions as were asked for."""
    with _bot(BOT, folder, asking) as process:
        answered = 0
        while answered < QUESTIONS:
            answered += len(asking.ask(IN_FLIGHT, seconds=0.5).took)
        memory: int = psutil.Process(process.pid).memory_info().rss
        return memory


@contextmanager
def _bot(command: list[str], folder: Path, asking: Phones) -> Iterator[subprocess.Popen[bytes]]:
    """A running bot; it may write Python's compiled files, also where the benchmarks were told not to."""
    environment = surroundings(folder, asking.url)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(10)
