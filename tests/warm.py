"""Starts `python -m bot …` over and over: everything is imported once here, and each start is a fork. Run as a program.

Standard input: a listening socket. Each connection is one life: a JSON object, `words`, `env` and `cwd`, comes with the
three files that it writes to and reads from; its process id goes back, and its exit code, a line each. A life without a
file to read reads the connection, and ends with it where it is told to. A start costs a tenth.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from contextlib import suppress
from functools import partial

from bot.__main__ import app
from bot.commands.nursery import MOST_OPEN, born, read_once

LOOKS_UP_EVERY = 1.0
LONGEST = 1 << 20
MOST_FILES = 3


def main() -> None:
    """Takes one connection after another, for as long as who began us is there."""
    parent = os.getppid()
    read_once()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(fileno=sys.stdin.fileno()) as listening:
        listening.settimeout(LOOKS_UP_EVERY)
        while os.getppid() == parent:
            with suppress(TimeoutError):
                asking, _ = listening.accept()
                with asking:
                    born(partial(see_through, asking))


def see_through(asking: socket.socket) -> None:
    """One life from its birth to its end, in a process that waits for it."""
    asking.settimeout(None)
    line, files, _, _ = socket.recv_fds(asking, LONGEST, MOST_FILES)
    while not line.endswith(b"\n"):
        line += asking.recv(LONGEST)
    wanted = json.loads(line)
    given = files if len(files) == MOST_FILES else [asking.fileno(), *files]
    pid = born(partial(be_the_bot, wanted["words"], wanted["env"], wanted["cwd"], given))
    for file in files:
        os.close(file)
    with suppress(ConnectionError):  # who asked is gone
        asking.sendall(f"{pid}\n".encode())
    _, status = os.waitpid(pid, 0)
    with suppress(ConnectionError):
        asking.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())


def be_the_bot(words: list[str], env: dict[str, str], cwd: str, files: list[int]) -> None:
    """One command's whole life, in a session, a folder and surroundings of its own."""
    os.setsid()
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    for stream, file in enumerate(files):
        os.dup2(file, stream)
    os.closerange(MOST_FILES, MOST_OPEN)
    sys.stdin = os.fdopen(0, closefd=False)
    app(words, prog_name="python -m bot")


if __name__ == "__main__":
    main()
