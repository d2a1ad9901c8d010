"""Updates a second, and how long a person waits: a whole question to Brobot beside the bare echo of other libraries.

All poll the Bot API on loopback, each an own one, and are asked in turn, several rounds each, so that what else the
machine does meets all of them; a figure is the median of its rounds. About two minutes. The processor's time for an
update is the bot's own process, all of its threads.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import psutil

from benchmarks.figures import Figure, at_least, at_most
from benchmarks.known_people import move_in, surroundings
from benchmarks.loopback import TOKEN
from benchmarks.phones import Phones, phones
from benchmarks.rivals import NoRivalsError, rivals_python
from start import ROOT

IN_FLIGHT = (1, 16, 64)
ROUNDS = 5
ROUND_SECONDS = 1.2
WARM_UP_SECONDS = 1.0

QUESTION, ECHO = "Brobot, a whole question", "Brobot, an echo"
PTB, AIOGRAM = "PTB, a bare echo", "aiogram, a bare echo"


@dataclass(slots=True)
class Bot:
    """One of those that are compared, and what its rounds gave."""

    name: str
    phones: Phones
    process: psutil.Process
    rates: list[float] = field(default_factory=list)
    p50: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def round(self, in_flight: int) -> None:
        """One more round."""
        before = _seconds(self.process)
        asked = self.phones.ask(in_flight, ROUND_SECONDS)
        self.cpu.append((_seconds(self.process) - before) / len(asked.took) * 1000)
        self.rates.append(asked.rate)
        self.p50.append(asked.percentile(0.50))
        self.p99.append(asked.percentile(0.99))


def _seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


def run() -> Iterator[Figure]:
    """The figures. Without a network to install the rivals from, ours alone, and a line on stderr."""
    python: Path | None = None
    try:
        python = rivals_python()
    except NoRivalsError as error:
        print(f"Brobot alone is measured: {error}", file=sys.stderr)
    for in_flight in IN_FLIGHT:
        yield from _figures(in_flight, _compare(in_flight, python))


def _compare(in_flight: int, python: Path | None) -> list[Bot]:
    with tempfile.TemporaryDirectory(prefix="brobot-updates-") as made, ExitStack() as open_bots:
        folder = Path(made)
        for name in ("question", "echo"):
            move_in(folder / name)
        bots = [
            open_bots.enter_context(_bot(name, command, folder))
            for name, command in _commands(in_flight, python, folder).items()
        ]
        for bot in bots:
            bot.phones.ask(in_flight, WARM_UP_SECONDS)
        for _ in range(ROUNDS):
            for bot in bots:
                bot.round(in_flight)
        return bots


def _commands(in_flight: int, python: Path | None, folder: Path) -> dict[str, list[str]]:
    """How each is started; `URL` stands for its Bot API's address."""
    here = Path(__file__).parent
    commands = {
        QUESTION: [sys.executable, "-m", "bot", "run"],
        ECHO: [sys.executable, "-m", "benchmarks.updates_echo", "URL", str(folder / "echo")],
    }
    if python is not None:
        commands[PTB] = [str(python), str(here / "updates_ptb.py"), "URL", TOKEN, str(in_flight)]
        commands[AIOGRAM] = [str(python), str(here / "updates_aiogram.py"), "URL", TOKEN]
    return commands


@contextmanager
def _bot(name: str, command: list[str], folder: Path) -> Iterator[Bot]:
    with phones() as asking:
        # python-telegram-bot's transport would send loopback through a proxy of the system.
        environment = {
            key: value
            for key, value in surroundings(folder / "question", asking.url).items()
            if not key.lower().endswith("_proxy")
        }
        command = [asking.url if word == "URL" else word for word in command]
        complaints = None if name in {QUESTION, ECHO} else subprocess.DEVNULL  # the others tell at length that they end
        with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=complaints) as process:
            try:
                yield Bot(name, asking, psutil.Process(process.pid))
            finally:
                process.terminate()
                process.wait(10)


def _figures(in_flight: int, bots: list[Bot]) -> Iterator[Figure]:
    rates = {bot.name: median(bot.rates) for bot in bots}
    for bot in bots:
        case = f"{bot.name}, {in_flight} in flight"
        ours = bot.name in {QUESTION, ECHO}
        yield Figure("updates", case, round(rates[bot.name], 1), "updates/s")
        if ours and PTB in rates:
            times = rates[bot.name] / rates[PTB]
            unit = "times the bare PTB echo"
            yield at_least("updates", case, times, unit, 1) if in_flight > 1 else Figure("updates", case, times, unit)
        if ours and AIOGRAM in rates:
            yield Figure("updates", case, rates[bot.name] / rates[AIOGRAM], "times the bare aiogram echo")
        yield Figure("updates", case, median(bot.p50), "ms, p50")
        late = median(bot.p99)
        goal = ours and in_flight == 16
        yield at_most("updates", case, late, "ms, p99", 50) if goal else Figure("updates", case, late, "ms, p99")
        yield Figure("updates", case, median(bot.cpu), "ms of processor an update")
