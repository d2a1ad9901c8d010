"""What is born in a nursery: a process of its own, which ends as its life does and hears who ends it."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from bot.commands.nursery import born


def outcome(life: Callable[[], object], *, ended_by: int = 0) -> int:
    """The exit code of this life; the number of a signal below zero."""
    pid = born(life)
    if ended_by:
        os.kill(pid, ended_by)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


@contextmanager
def deaf() -> Iterator[None]:
    """As a nursery is, which leaves Ctrl-C and SIGTERM to its lives."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@pytest.mark.parametrize(("life", "code"), [(lambda: None, 0), (lambda: sys.exit(3), 3), (sys.exit, 0)])
def test_a_life_ends_with_its_own_exit_code(life: Callable[[], object], code: int) -> None:
    assert outcome(life) == code


def test_a_life_that_fails_says_why_and_never_comes_back_to_the_nursery(capfd: pytest.CaptureFixture[str]) -> None:
    assert outcome(lambda: 1 / 0) == 1
    assert "ZeroDivisionError" in capfd.readouterr().err


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_life_is_ended_in_its_first_moment_though_the_nursery_does_not_listen(how: signal.Signals) -> None:
    with deaf():
        assert outcome(lambda: time.sleep(60), ended_by=how) == -how
