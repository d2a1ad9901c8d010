"""The runner of the benchmarks: which there are, and the shape of a figure; what they measure is not tested here."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

from rich.console import Console

from benchmarks.__main__ import names
from benchmarks.figures import Figure, as_json, at_least, at_most, show
from benchmarks.loopback import TOKEN, bot_api
from bot.demo.botapi import TOKEN as TOKEN_OF_THE_STAND_IN

ROOT = Path(__file__).parents[1]


def test_a_figure_is_one_line_of_json_with_a_goal_in_words() -> None:
    line = as_json(at_least("sends", "30/s", 0.995, "of the allowed rate", 0.99))
    assert json.loads(line) == {
        "benchmark": "sends",
        "case": "30/s",
        "value": 0.995,
        "unit": "of the allowed rate",
        "goal": "≥ 0.99",
        "ok": True,
    }


def test_a_figure_that_misses_its_goal_says_so_and_one_without_a_goal_says_nothing() -> None:
    assert at_most("sends", "30/s", 3, "refusals (429)", 0).ok is False
    assert json.loads(as_json(Figure("due", "claim", 3.1, "ms")))["ok"] is None


def test_the_table_shows_the_figure_its_goal_and_whether_it_is_met() -> None:
    paper = io.StringIO()
    console = Console(width=100, file=paper)
    show([at_most("due", "1,000 of 1,000,000", 3.21, "ms", 10), at_most("due", "cold", 31, "ms", 30)], console)
    text = paper.getvalue()
    assert [word in text for word in ("3.21", "≤ 10", "✓", "✗")] == [True, True, True, True]


def test_the_sends_benchmark_is_known_by_name() -> None:
    assert "sends" in names()
    assert "figures" not in names()


def test_an_unknown_name_is_answered_with_those_there_are() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "speed"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "there is no benchmark speed" in done.stderr
    assert "sends" in done.stderr


def test_brobots_own_sender_delivers_over_the_bot_api_on_loopback() -> None:
    with bot_api("--people", 5) as url:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.sends_brobot", url, "30", "700000001", "5"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    told = json.loads(done.stdout)
    assert {name: told[name] for name in ("delivered", "lost", "refused")} == {
        "delivered": 5,
        "lost": 0,
        "refused": 0,
    }


def test_the_benchmarks_use_the_token_of_the_stand_in() -> None:
    assert TOKEN == TOKEN_OF_THE_STAND_IN


def test_options_are_for_the_benchmark_that_has_some() -> None:
    def refused(*words: str) -> str:
        command = [sys.executable, "-m", "benchmarks", *words]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        return done.stderr

    assert "unknown: --people 3" in refused("due", "--people", "3")
    assert "invalid int value" in refused("year", "--people", "many")
