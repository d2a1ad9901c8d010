"""Log lines: JSON, one an event, and no secret in any of them, wherever it came from."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from tests.demo.running import ROOT, surroundings

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
BEGIN = f"""
import logging, warnings
import structlog
from bot.logs import set_up_logs
TOKEN = {TOKEN!r}
set_up_logs("INFO", secrets=[TOKEN, ""])
log = structlog.get_logger("bot.somewhere")
"""


def logged(code: str, *, ends: int = 0) -> list[dict[str, Any]]:
    """The lines that a program with this code writes: each is JSON, and none holds the token."""
    ran = subprocess.run(
        [sys.executable, "-c", BEGIN + code], cwd=ROOT, env=surroundings(), capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (ends, "")
    assert TOKEN not in ran.stderr
    return [json.loads(line) for line in ran.stderr.splitlines()]


def test_an_event_is_one_line_of_json_with_its_level_and_time() -> None:
    [line] = logged('log.info("said", chat="a", count=2)')
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "said", "level": "info", "chat": "a", "count": 2}


def test_a_secret_is_cut_out_of_values_of_any_kind() -> None:
    [line] = logged(
        'log.error(f"at {TOKEN}", url=f"https://x/bot{TOKEN}/getMe", many=[TOKEN], error=ValueError(TOKEN))'
    )
    assert "[removed]" in line["event"]
    assert line["url"] == "https://x/bot[removed]/getMe"
    assert line["many"] == ["[removed]"]


def test_a_secret_is_cut_out_of_tracebacks_and_of_what_libraries_log() -> None:
    first, second = logged(
        "try:\n    raise ValueError(TOKEN)\nexcept ValueError:\n    log.exception('failed')\n"
        "logging.getLogger('aiohttp').warning('no answer from %s', TOKEN)"
    )
    assert "ValueError: [removed]" in first["exception"]
    assert second["event"] == "no answer from [removed]"


def test_libraries_are_heard_only_from_a_warning_on_and_the_scheduler_from_an_error_on() -> None:
    lines = logged(
        "logging.getLogger('aiohttp').info('hello')\n"
        "logging.getLogger('apscheduler.scheduler').warning('skipped')\n"
        "log.debug('too much')\n"
        "warnings.warn('this will change')"
    )
    assert [("this will change" in line["event"], line["level"]) for line in lines] == [(True, "warning")]


def test_an_unforeseen_end_is_a_line_too() -> None:
    [line] = logged("raise RuntimeError(TOKEN)", ends=1)
    assert (line["level"], line["event"]) == ("critical", "Brobot ended by a fault of its own")
    assert "RuntimeError: [removed]" in line["exception"]
