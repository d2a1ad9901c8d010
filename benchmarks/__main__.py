"""Runs benchmarks by name: a table, or with `--json` a JSON object a line for each figure as soon as it is known."""

from __future__ import annotations

import argparse
import importlib
import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from rich.console import Console

from benchmarks.figures import Figure, as_json, show

HERE = Path(__file__).parent

UNHURRIED = {"year"}
"""Benchmarks that take long and count more than they time: they let others go before."""


def names() -> list[str]:
    """The benchmarks there are: the modules here that have a `run()`."""
    is_benchmark = re.compile(r"^def run\(\)", re.MULTILINE).search
    return sorted(path.stem for path in HERE.glob("*.py") if is_benchmark(path.read_text(encoding="utf-8")))


def figures_of(name: str) -> Iterator[Figure]:
    """Runs one benchmark."""
    run = importlib.import_module(f"benchmarks.{name}").run
    yield from run()


def take_precedence() -> None:
    """Goes before what else the machine does, with all processes started from here, where we may (as root)."""
    if hasattr(os, "setpriority"):  # not on Windows
        with suppress(PermissionError):
            os.setpriority(os.PRIO_PROCESS, 0, -10)


def main() -> int:
    """The exit code: 0 where all were measured (whether or not the goals were met), 2 for an unknown name."""
    known = names()
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="+", metavar="NAME", help=f"one or more of: {', '.join(known)}")
    parser.add_argument("--json", action="store_true", help="one JSON object a line for each figure")
    arguments, own = parser.parse_known_args()
    for name in arguments.names:
        if name not in known:
            parser.error(f"there is no benchmark {name}; there are: {', '.join(known)}")
    if own:
        configure = getattr(importlib.import_module(f"benchmarks.{arguments.names[0]}"), "configure", None)
        if configure is None or len(arguments.names) > 1:
            parser.error(f"unknown: {' '.join(own)}")
        configure(own)
    if set(arguments.names) - UNHURRIED:
        take_precedence()
    for name in arguments.names:
        if arguments.json:
            for figure in figures_of(name):
                print(as_json(figure), flush=True)
        else:
            show(list(figures_of(name)), Console(width=None if sys.stdout.isatty() else 110))
    return 0


if __name__ == "__main__":
    sys.exit(main())
