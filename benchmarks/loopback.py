"""Owns the Bot API on loopback as the benchmarks start it: a process of its own, ended when they are done with it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from start import ROOT

TOKEN = "7000000001:demo-token-of-the-bot-api-on-loopback"
"""The token that `bot.demo.botapi` takes where it is told none; it opens nothing else."""

FIRST_PERSON = 700_000_001
"""The chat of the first of its people; the others follow."""


@contextmanager
def bot_api(*options: str | int) -> Iterator[str]:
    """Its address, such as http://127.0.0.1:40321. `options` are those of `python -m bot.demo.botapi`."""
    command = [sys.executable, "-m", "bot.demo.botapi", *map(str, options)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            address = process.stdout.readline().strip()
            if not address:
                raise RuntimeError(f"The Bot API on loopback did not start: {' '.join(command[2:])}")
            yield address
        finally:
            process.terminate()
            process.wait(10)
