"""A nursery: one process loads what every bot needs and what never changes, and each bot is a fork of it.

Most of what a start costs is loading libraries and reading word lists; here that is paid once, and a bot is there at
once (docs/decisions/0024). The demo's bots are born here, and the tests' commands.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import traceback
from collections.abc import Callable
from typing import NoReturn

import uvloop  # noqa: F401 # loaded here once, like what follows: `run` would load it in each life

import bot.logs
import bot.process
import bot.topics
import bot.words
from bot.i18n import Catalogues

OURS = (signal.SIGINT, signal.SIGTERM)
MOST_OPEN = 1_024


def read_once() -> None:
    """Reads what every life would read anew from files that do not change meanwhile.

    What cannot be read is left to the life that needs it, which tells of it as it always would.
    """
    for read in (bot.words.standard_words, bot.words.danish_towns, Catalogues.shipped, bot.topics.standard_topics):
        with contextlib.suppress(Exception):
            read()
    gc.freeze()  # each life would look through it all, and have a copy of its own by that


def keep(life: Callable[[], object]) -> None:
    """One life for each line of standard input, which says nothing more until that life has ended. Then the next.

    Tells on standard output each one's process id, and then its exit code (`-9`: killed), a line each. A life has the
    same standard input, so that it ends with whoever holds the other end; what it writes goes to standard error.
    Ctrl-C and SIGTERM are for the lives: we end with standard input, and bury the last one before.
    """
    os.closerange(3, MOST_OPEN)  # uvloop leaves us copies of our lines, and each life would hold them
    read_once()
    for number in OURS:
        signal.signal(number, signal.SIG_IGN)
    while _asked():
        pid = born(lambda: _apart(life))
        _tell(pid)
        _, status = os.waitpid(pid, 0)
        _tell(os.waitstatus_to_exitcode(status))


def _asked() -> bool:
    os.set_blocking(0, True)  # the last life has waited on it in its own way
    return bool(os.read(0, 64))


def _tell(number: int) -> None:
    with contextlib.suppress(ConnectionError):  # who asked is gone: the life sees it too, and we shall
        os.write(1, b"%d\n" % number)


def _apart(life: Callable[[], object]) -> None:
    """A life that writes to standard error only: our standard output is for who asks for lives."""
    os.dup2(2, 1)
    life()


def born(life: Callable[[], object]) -> int:
    """Forks a process that lives this life and ends with its exit code; gives its process id.

    It begins with signals as any program does: whoever ends it in its first moment is heard.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, OURS)
    pid = os.fork()
    if pid == 0:
        for number in (*OURS, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    if pid == 0:
        _live(life)
    return pid


def _live(life: Callable[[], object]) -> NoReturn:
    """The whole life; nothing of it returns to what is above, which belongs to the nursery."""
    code: object = 1
    try:
        life()
        code = 0
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001 # told here, since it goes no further up
        traceback.print_exc()
    finally:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code if isinstance(code, int) else 0)
