"""Starts bots that are to be killed: everything is imported once here, and each bot is a fork. Run as a program.

Standard input: a JSON object of environment variables a line; standard output: the process id of the bot started by
it, a line each. The bots run `python -m bot run --leash` from where its imports are done, which costs a tenth of a
whole start. They end with this process, and this one with its standard input.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from typing import NoReturn

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


def main() -> None:
    read_once()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead are buried by the system
    leashes: list[int] = []
    for line in sys.stdin:
        leash, end = os.pipe()
        pid = os.fork()
        if pid == 0:
            for other in (*leashes, end):
                os.close(other)
            be_the_bot(json.loads(line), leash)
        os.close(leash)
        os.write(end, b"begin\n")
        leashes.append(end)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


def be_the_bot(surroundings: dict[str, str], leash: int) -> NoReturn:
    """The bot's whole life; its log goes to the file that LOG names."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.environ.update(surroundings)
    log = os.open(surroundings["LOG"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for source, stream in ((leash, 0), (log, 1), (log, 2)):
        os.dup2(source, stream)
    sys.stdin = os.fdopen(0, closefd=False)
    code: object = 1
    try:
        app(["run", "--leash"])
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001 # it goes no further up: what is above belongs to another process
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
