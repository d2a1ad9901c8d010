"""The demo's clock: it ticks, it is moved forward, and another process can follow it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import file_clock
from bot.demo.clock import DemoClock

START = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)


def test_it_starts_where_it_is_told_and_ticks() -> None:
    clock = DemoClock(None, START)

    first, second = clock(), clock()

    assert START <= first <= second < START + A_MINUTE


def test_it_moves_forward_only() -> None:
    clock = DemoClock(None, START)
    clock.advance(timedelta(hours=26))
    moved = clock()
    clock.set(moved - timedelta(milliseconds=1))

    with pytest.raises(ValueError, match="the clock only moves forward"):
        clock.set(START)
    with pytest.raises(ValueError, match="the clock only moves forward"):
        clock.advance(-A_MINUTE)

    assert START + timedelta(hours=26) <= moved <= clock() < moved + A_MINUTE


def test_a_restart_brings_the_start_back() -> None:
    clock = DemoClock(None, START)
    clock.advance(timedelta(days=3))

    clock.restart()

    assert START <= clock() < START + A_MINUTE


def test_a_frozen_clock_stands(tmp_path: Path) -> None:
    clock = DemoClock(None, START, frozen=True)
    stood = clock()
    clock.set(START + A_MINUTE)

    assert (stood, clock()) == (START, START + A_MINUTE)
    with pytest.raises(ValueError, match="cannot be followed"):
        DemoClock(tmp_path / "clock", START, frozen=True)


def test_a_start_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        DemoClock(None, START.replace(tzinfo=None))


def test_another_process_follows_it_through_the_file(tmp_path: Path) -> None:
    path = tmp_path / "var" / "clock.json"
    clock = DemoClock(path, START)
    bot = file_clock(path)
    before = bot()
    clock.advance(timedelta(days=1))
    after = bot()

    assert START <= before < START + A_MINUTE
    assert START + timedelta(days=1) <= after < START + timedelta(days=1) + A_MINUTE
    assert list(json.loads(path.read_text("utf-8"))) == ["offset_seconds"]
    assert [file.name for file in path.parent.iterdir()] == ["clock.json"]
