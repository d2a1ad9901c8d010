"""What is learnt of the way to Telegram and back."""

from __future__ import annotations

import random

import pytest

from bot.telegram.ways import Ways


def learnt(*bounds: tuple[float, float], times: int = 2_000) -> Ways:
    """Ways of which each round trip is made of parts that take a random time within these bounds."""
    ways, chance = Ways(), random.Random(7)
    for _ in range(times):
        ways.took(sum(chance.uniform(*each) for each in bounds))
    return ways


def test_nothing_is_said_before_enough_is_known() -> None:
    assert learnt((0.1, 0.2), times=99).least == 0.0
    assert learnt((0.1, 0.2), times=100).least > 0.0


@pytest.mark.parametrize("bounds", [((0.04, 0.14),), ((0.02, 0.06), (0.02, 0.06)), ((0.01, 0.01), (0.03, 0.3))])
def test_the_shortest_there_can_be_is_never_overrated_and_hardly_underrated(
    bounds: tuple[tuple[float, float], ...],
) -> None:
    truly = sum(shortest for shortest, _ in bounds)
    for times in (100, 300, 1_000, 5_000):
        assert learnt(*bounds, times=times).least <= truly
    assert learnt(*bounds, times=5_000).least >= 0.75 * truly


def test_a_new_way_is_learnt_and_the_old_one_forgotten() -> None:
    ways = learnt((0.01, 0.02))
    for _ in range(1_100):
        ways.took(0.2)
    assert ways.least == pytest.approx(0.2)
    ways.took(0.01)
    assert ways.least < 0.01, "one shorter round trip is enough"
    ways.forget()
    assert ways.least == 0.0
