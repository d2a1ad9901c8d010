"""Starts `python -m bot …` over and over: everything is imported once here, and each start is a fork. Run as a program.

Standard input: a JSON object a line, `words` and `env`, and what differs from ours of `cwd`, `stdin`, `stdout`,
`stderr` (paths). Standard output: the process id of each, a line; where the object says `wait`, then its exit code. A
`stdin` of null is a leash that ends with this process, which ends with its own standard input. A start costs a tenth.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import traceback
from typing import Any, NoReturn

import bot.process  # the command would import it in each life
import bot.topics
import bot.words
from bot.__main__ import app
from bot.i18n import Catalogues


def read_once() -> None:
    """What every life would read anew from files that do not change meanwhile: most of the cost of a start."""
    bot.words.standard_words()
    bot.words.danish_towns()
    Catalogues.shipped()
    bot.topics.standard_topics()
    gc.collect()
    gc.freeze()  # each life would look through it, and copy it by that


def main() -> None:
    read_once()
    leashes: list[int] = []
    for line in sys.stdin:
        wanted = json.loads(line)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL if wanted.get("wait") else signal.SIG_IGN)  # who buries the dead
        leash, end = os.pipe()
        pid = os.fork()
        if pid == 0:
            for other in (*leashes, end):
                os.close(other)
            be_the_bot(wanted, leash)
        os.close(leash)
        os.write(end, b"begin\n")
        leashes.append(end)
        say(pid)
        if wanted.get("wait"):
            _, status = os.waitpid(pid, 0)
            say(os.waitstatus_to_exitcode(status))


def say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def be_the_bot(wanted: dict[str, Any], leash: int) -> NoReturn:
    """One command's whole life, in its own folder and surroundings."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(wanted["env"])
    os.chdir(wanted.get("cwd") or ".")
    given = os.open(wanted["stdin"], os.O_RDONLY) if wanted.get("stdin") else leash
    for source, stream in ((given, 0), (opened(wanted["stdout"]), 1), (opened(wanted["stderr"]), 2)):
        os.dup2(source, stream)
    sys.stdin = os.fdopen(0, closefd=False)
    code: object = 1
    try:
        app(wanted["words"], prog_name="python -m bot")
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001 # it goes no further up: what is above belongs to another process
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 0)


def opened(path: str) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)


if __name__ == "__main__":
    main()
