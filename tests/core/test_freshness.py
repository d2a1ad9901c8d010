"""An activity is asked about after 90 days, shown as unconfirmed after two weeks of silence, paused after four."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.freshness import freshness, is_unconfirmed

CONFIRMED = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "asked", "stands"),
    [
        (89, None, "fresh"),
        (90, None, "ask"),
        (91, 90, "asked"),
        (104, 90, "silent"),
        (117, 90, "silent"),
        (118, 90, "pause"),
        (300, None, "silent"),
        (300, 290, "asked"),
    ],
)
def test_silence_has_its_steps_and_nobody_is_paused_unasked(days: int, asked: int | None, stands: str) -> None:
    asked_at = None if asked is None else CONFIRMED + timedelta(days=asked)
    assert freshness(CONFIRMED, asked_at, CONFIRMED + timedelta(days=days)) == stands


def test_what_is_new_to_us_counts_as_fresh() -> None:
    assert freshness(None, None, CONFIRMED) == "fresh"
    assert not is_unconfirmed(None, CONFIRMED)


def test_the_card_says_so_when_two_weeks_of_silence_have_passed() -> None:
    assert not is_unconfirmed(CONFIRMED, CONFIRMED + timedelta(days=103))
    assert is_unconfirmed(CONFIRMED, CONFIRMED + timedelta(days=104))
