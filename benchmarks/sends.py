"""Messages a second against Telegram's limit: how much of it is used, how often it is overstepped, what is lost.

The cases at 30/s and with a hidden limit take their time from the limit, not from the processor, so ours run side by
side, each against a Bot API of its own, and then the rivals'; those at 1,000/s run one after another. About two and a
half minutes in all, on a machine that has nothing else to do: a busy one takes its part from every rate.
`instant` is loopback as it is; `net` lets each request arrive after a random 20–120 ms and its answer 20 ms later, with
which an allowed second that nobody may overstep is used at 1 / 1.05 = 0.952 at most (docs/decisions/0021).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Figure, at_least, at_most
from benchmarks.loopback import FIRST_PERSON, TOKEN, bot_api
from benchmarks.rivals import NoRivalsError, rivals_python
from start import ROOT

OURS = "Brobot"
NET = ("--net", "20-120")


@dataclass(frozen=True, slots=True)
class Case:
    """So many messages, each to a chat of its own. `hidden` is the true limit where Telegram keeps it to itself."""

    rate: int
    chats: int
    net: bool
    hidden: int | None = None
    max_retries: int | None = None
    """For python-telegram-bot's AIORateLimiter; None is Brobot."""

    @property
    def name(self) -> str:
        who = OURS if self.max_retries is None else f"PTB AIORateLimiter(max_retries={self.max_retries})"
        limit = f"{self.rate:,}/s" + (f", in truth {self.hidden}/s" if self.hidden else "")
        return f"{who}, {limit}, {'net' if self.net else 'instant'}, {self.chats:,} messages"


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of the messages of a case."""

    delivered: int
    lost: int
    refused: int
    seconds: float


FAST = [Case(1_000, 5_000, net) for net in (False, True)]
"""Those that cost the processor something."""
FAST_RIVALS = [Case(1_000, 1_000, net, max_retries=tries) for net in (False, True) for tries in (0, 5)]
"""Fewer messages: they take five times as long."""
SLOW = [*(Case(30, 450, net) for net in (False, True)), Case(30, 1_250, net=True, hidden=25)]
"""Those whose time the limit sets. Half of the 2,500 messages of the goal, so half of its refusals."""
SLOW_RIVALS = [
    *(Case(30, 450, net, max_retries=tries) for net in (False, True) for tries in (0, 5)),
    Case(30, 1_250, net=True, hidden=25, max_retries=5),
]


def run() -> Iterator[Figure]:
    """The figures. Without a network to install the rivals from, ours alone, and a line on stderr."""
    python: Path | None = None
    try:
        python = rivals_python()
    except NoRivalsError as error:
        print(f"Brobot alone is measured: {error}", file=sys.stderr)
    rivals = python is not None
    for case in [*FAST, *(FAST_RIVALS if rivals else [])]:
        yield from _figures(case, _measure(case, python))
    for cases in [SLOW, *([SLOW_RIVALS] if rivals else [])]:
        with ThreadPoolExecutor(len(cases)) as side_by_side:
            measured = side_by_side.map(lambda case: _measure(case, python), cases)
            for case, sent in zip(cases, measured, strict=True):
                yield from _figures(case, sent)


def _measure(case: Case, python: Path | None) -> Sent:
    options: list[str | int] = ["--rate", case.rate, "--people", case.chats]
    if case.net:
        options += NET
    if case.hidden:
        options += ["--hidden", case.hidden]
    with bot_api(*options) as url:
        chats = [str(FIRST_PERSON), str(case.chats)]
        if case.max_retries is None:
            command = [sys.executable, "-m", "benchmarks.sends_brobot", url, str(case.rate), *chats]
        else:
            script = Path(__file__).with_name("sends_ptb.py")
            command = [str(python), str(script), url, TOKEN, str(case.rate), *chats, str(case.max_retries)]
        done = subprocess.run(command, cwd=ROOT, env=_without_proxies(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{case.name}:\n{done.stderr}")
    return Sent(**json.loads(done.stdout))


def _without_proxies() -> dict[str, str]:
    """python-telegram-bot's transport would send loopback through a proxy of the system."""
    return {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}


def _figures(case: Case, sent: Sent) -> Iterator[Figure]:
    used = round(sent.delivered / sent.seconds / (case.hidden or case.rate), 3)
    units = ("of the allowed rate", "refusals (429)", "messages lost")
    if case.max_retries is not None:
        for unit, value in zip(units, (used, sent.refused, sent.lost), strict=True):
            yield Figure("sends", case.name, value, unit)
        return
    least = 0.85 if case.hidden else 0.92 if case.net else 0.99
    yield at_least("sends", case.name, used, units[0], least)
    yield at_most("sends", case.name, sent.refused, units[1], 10 if case.hidden else 0)
    yield at_most("sends", case.name, sent.lost, units[2], 0)
