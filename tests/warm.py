"""Starts `python -m bot …` over and over: everything is imported once here, and each start is a fork. Run as a program.

Standard input: a JSON object a line, `words` and `env`, and what differs from ours of `cwd`, `stdin`, `stdout`,
`stderr` (paths). Standard output: the process id of each, a line; where the object says `wait`, then its exit code. A
`stdin` of null is a leash that ends with this process, which ends with its own standard input. A start costs a tenth.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from functools import partial
from typing import Any

from bot.__main__ import app
from bot.commands.nursery import born, read_once


def main() -> None:
    read_once()
    leashes: list[int] = []
    for line in sys.stdin:
        wanted = json.loads(line)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL if wanted.get("wait") else signal.SIG_IGN)  # who buries the dead
        leash, end = os.pipe()
        pid = born(partial(be_the_bot, wanted, leash, (*leashes, end)))
        os.close(leash)
        leashes.append(end)
        say(pid)
        if wanted.get("wait"):
            _, status = os.waitpid(pid, 0)
            say(os.waitstatus_to_exitcode(status))


def say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def be_the_bot(wanted: dict[str, Any], leash: int, others: tuple[int, ...]) -> None:
    """One command's whole life, in its own folder and surroundings; the `others` are ends of leashes."""
    for other in others:
        os.close(other)
    os.environ.clear()
    os.environ.update(wanted["env"])
    os.chdir(wanted.get("cwd") or ".")
    given = os.open(wanted["stdin"], os.O_RDONLY) if wanted.get("stdin") else leash
    for source, stream in ((given, 0), (opened(wanted["stdout"]), 1), (opened(wanted["stderr"]), 2)):
        os.dup2(source, stream)
    sys.stdin = os.fdopen(0, closefd=False)
    app(wanted["words"], prog_name="python -m bot")


def opened(path: str) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)


if __name__ == "__main__":
    main()
