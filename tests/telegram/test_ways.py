"""What is learnt of the way to Telegram and back, and what the pace makes of it."""

from __future__ import annotations

import asyncio
import random

import pytest

from bot.telegram.lanes import ANNOUNCEMENT
from bot.telegram.ways import Ways
from tests.telegram.simulated import Telegram, in_virtual_time
from tests.telegram.test_pace import paced, send_until_taken


def learnt(*bounds: tuple[float, float], times: int = 2_000) -> Ways:
    """Ways of which each round trip is made of parts that take a random time within these bounds."""
    ways, chance = Ways(rate=30), random.Random(7)
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


def test_a_second_in_which_the_machine_stood_still_is_not_taken_for_a_longer_way() -> None:
    ways = Ways(rate=1_000)
    for seconds in (*[0.002] * 2_000, *[0.3] * 5_000):
        ways.took(seconds)
    assert ways.least <= 0.002


def share_used(telegram: Telegram, messages: int) -> float:
    """Announces to so many chats; gives the part of the limit that was used between the first burst and the last."""

    async def main() -> None:
        pace = paced(telegram.limit)
        chats = iter(range(1, messages + 1))

        async def work() -> None:
            for chat in chats:
                await send_until_taken(pace, telegram, chat, ANNOUNCEMENT, message=True)

        await asyncio.gather(*(work() for _ in range(telegram.limit)))

    in_virtual_time(main)
    at = [when for when, _ in telegram.accepted][200:-30]
    return (len(at) - 1) / (at[-1] - at[0]) / telegram.limit


def test_what_the_way_takes_at_least_is_not_waited_for_twice() -> None:
    telegram = Telegram(30, (0.02, 0.12), (0.02, 0.02))
    assert share_used(telegram, 3_000) > 1 / 1.09 + 0.015, "more than who waits a second from each answer"
    assert telegram.refused == []
    assert telegram.most_in_a_second() <= 30


def test_a_way_that_becomes_shorter_costs_a_few_refusals_and_no_message() -> None:
    telegram = Telegram(30, (0.1, 0.2), (0.1, 0.2), later=(1040.0, (0.001, 0.002), (0.001, 0.002)))
    share_used(telegram, 3_000)
    assert len(telegram.accepted) == 3_000
    assert len(telegram.refused) <= 30
