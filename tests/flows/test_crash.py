"""Kill -9 at fifty moments of the main story: what was confirmed is kept, nothing is said twice but what was in flight,
and the story ends right."""

from __future__ import annotations

import os
import random
from datetime import date
from pathlib import Path

import pytest

from bot.demo.botapi.updates import FIRST_UPDATE
from bot.store.tables import notices, signups
from tests.flows.mortal_checks import check_copies, check_order, check_times, said
from tests.flows.mortal_story import KILLS_BY_CHAPTER, NEXT_TUESDAY, TUESDAY, Phone, Story, story, told

pytestmark = [
    pytest.mark.both_engines,
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="a bot is forked and killed by signals"),
]


@pytest.mark.parametrize(
    ("database_engine", "way"),
    [("sqlite", "polling"), ("postgresql", "webhook")],
    indirect=["database_engine"],
)
async def test_the_story_ends_right_however_often_the_bot_is_killed(
    fresh_database: str, way: str, tmp_path: Path
) -> None:
    seed = int(os.environ.get("BROBOT_CRASH_SEED", "") or random.randrange(10**6))
    print(f"BROBOT_CRASH_SEED={seed}")  # noqa: T201 # shown where the test fails: it brings the same moments back
    async with story(fresh_database, tmp_path, seed, webhook=way == "webhook") as it:
        cast = await told(it)
        assert it.mortal.killed >= sum(KILLS_BY_CHAPTER)
        await check(it, cast)


async def check(it: Story, cast: dict[str, Phone]) -> None:
    """The history that the phones and the Bot API saw, held against what was promised."""
    persons = {await it.person(phone): phone for phone in cast.values()}
    assert it.mortal.lost == set(), "an update was confirmed and lay in no database"
    given_out = set(range(FIRST_UPDATE, it.world.updates._next))
    assert given_out - it.answered == set(), "an update was not answered"
    assert await seats(it, persons) == [
        ("Amina", TUESDAY, "cancelled"),
        ("Bereket", TUESDAY, "cancelled"),
        ("Clara", TUESDAY, "going"),
        ("Clara", NEXT_TUESDAY, "going"),
        ("Dawit", TUESDAY, "going"),
    ]
    assert it.mortal.most_seats <= 2, "two seats, and at some moment more than two persons had one"
    assert await said(it, persons) == [
        ("Bereket", "day_before"),
        ("Clara", "day_before"),
        ("Clara", "follow_up"),
        ("Clara", "offer"),
        ("Clara", "two_hours"),
        ("Dawit", "follow_up"),
        ("Dawit", "offer"),
        ("Dawit", "two_hours"),
    ]
    check_times(it, await it.rows(notices))
    check_copies(it, await it.rows(notices), persons)
    check_order(it)


async def seats(it: Story, persons: dict[int, Phone]) -> list[tuple[str, date, str]]:
    kept = await it.rows(signups)
    return sorted((persons[each["person"]].person.name, each["day"], each["state"]) for each in kept)
