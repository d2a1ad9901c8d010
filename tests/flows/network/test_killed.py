"""Kill -9 in the middle of a match: from the wish to the follow-up nothing is lost, and nobody is told twice."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from bot.core.query import code
from bot.invitations import invite
from bot.store.network_tables import check_ins, matches, volunteers
from bot.store.tables import notices
from tests.flows.mortal_checks import check_copies, check_order, check_times, said
from tests.flows.mortal_story import Phone, Story, story
from tests.flows.stage import PACK

pytestmark = [
    pytest.mark.both_engines,
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="a bot is forked and killed by signals"),
]

KILLS = {"come in": 1, "offer": 1, "ask": 1, "gate": 2, "two yeses": 2, "first meeting": 2, "follow-up": 2}


@pytest.mark.parametrize(
    ("database_engine", "way"), [("sqlite", "polling"), ("postgresql", "webhook")], indirect=["database_engine"]
)
async def test_a_match_comes_about_however_often_the_bot_is_killed(
    fresh_database: str, way: str, tmp_path: Path
) -> None:
    seed = int(os.environ.get("BROBOT_CRASH_SEED", "") or random.randrange(10**6))
    print(f"BROBOT_CRASH_SEED={seed}")  # noqa: T201 # shown where the test fails: it brings the same moments back
    async with story(fresh_database, tmp_path, seed, webhook=way == "webhook") as it:
        amina, bente, sana = it.phone("Amina", "en"), it.phone("Bente", "en"), it.phone("Sana", "en")
        await come_in(it, amina, bente, sana)
        await offer_and_ask(it, amina, bente, sana)
        await both_agree(it, amina, bente, sana)
        await meet_and_answer(it, amina, bente)
        assert it.mortal.killed >= sum(KILLS.values())
        await check(it, {await it.person(each): each for each in (amina, bente, sana)})


async def come_in(it: Story, amina: Phone, bente: Phone, sana: Phone) -> None:
    it.mortal.kills += KILLS["come in"]
    async with it.database.write() as tx:
        token = await invite(tx, PACK.community.id, "coordinator", it.clock())
    sana.says(f"/start i_{token}")
    await sana.taps("l:en")
    await sana.taps("yes")
    await sana.sees("k")
    await amina.meets("en")
    await bente.meets("en")
    await it.chapter_ends()


async def offer_and_ask(it: Story, amina: Phone, bente: Phone, sana: Phone) -> None:
    it.mortal.kills += KILLS["offer"]
    bente.says("/network")
    for tap in ("nv", "nvo:2:", "nvL:", "nvF:", "nvf:a", "nvS:", "nvs:", "nvm:"):
        await bente.taps(tap)
    await becomes(it, volunteers, "new")
    bente.says("I like to teach.")
    await bente.sees("nvx")
    for tap in ("Nw:", "NV:"):
        await sana.taps(tap)
    await becomes(it, volunteers, "approved")
    await it.chapter_ends()

    it.mortal.kills += KILLS["ask"]
    amina.says("/network")
    offer = code("homework_help")
    for tap in (f"no:{offer}", f"nL:{offer}:m:15-17", "nF:", "nf:a", "nS:", "ns:"):
        await amina.taps(tap)
    await amina.sees("nb:")
    await becomes(it, matches, "suggested")
    await it.chapter_ends()


async def both_agree(it: Story, amina: Phone, bente: Phone, sana: Phone) -> None:
    it.mortal.kills += KILLS["gate"]
    await sana.taps("Ns:0")
    await sana.taps("Ny:")
    await becomes(it, matches, "asking_volunteer")
    it.goes_on(23, "13:10")
    await bente.sees("nq:")
    await it.chapter_ends()

    it.mortal.kills += KILLS["two yeses"]
    await bente.taps("nq:")
    await becomes(it, matches, "asking_newcomer")
    await amina.taps("ny:")
    await becomes(it, matches, "meeting")
    await it.chapter_ends()


async def meet_and_answer(it: Story, amina: Phone, bente: Phone) -> None:
    it.mortal.kills += KILLS["first meeting"]
    await amina.taps("nm:")
    await amina.taps("nd:")
    await bente.taps("nc:")
    await becomes(it, matches, "active")
    await it.chapter_ends()

    it.mortal.kills += KILLS["follow-up"]
    for day, clock in ((24, "17:00"), (25, "14:00"), (26, "17:30")):
        it.goes_on(day, clock)
        await it.chapter_ends()
    for phone in (amina, bente):
        await phone.taps("ni:")
        await phone.sees("nk:")
    await it.chapter_ends()


async def becomes(it: Story, table: object, state: str) -> None:
    """Waits until the only row of the table is in this state."""
    async with it.patience(f"waits for {state}"):
        while [each["state"] for each in await it.rows(table)] != [state]:  # type: ignore[arg-type] # a table
            await it.changes()


async def check(it: Story, persons: dict[int, Phone]) -> None:
    assert it.mortal.lost == set(), "an update was confirmed and lay in no database"
    (match,) = await it.rows(matches)
    assert match["state"] == "active"
    assert (match["notes"]["newcomer_name"], match["notes"]["volunteer_name"]) == ("Amina", "Bente")
    assert sorted(each["answer"] for each in await it.rows(check_ins)) == ["well", "well"]
    assert await said(it, persons) == [
        ("Amina", "net_agreed"),
        ("Amina", "net_follow"),
        ("Amina", "net_names"),
        ("Amina", "net_offer"),
        ("Amina", "net_soon"),
        ("Amina", "net_soon"),
        ("Bente", "net_approved"),
        ("Bente", "net_ask"),
        ("Bente", "net_follow"),
        ("Bente", "net_names"),
        ("Bente", "net_proposed"),
        ("Bente", "net_soon"),
        ("Bente", "net_soon"),
        ("Sana", "net_first"),
        ("Sana", "net_new_volunteer"),
        ("Sana", "net_suggested"),
    ]
    rows = await it.rows(notices)
    check_times(it, rows)
    check_copies(it, rows, persons, alike=("net_soon",))
    check_order(it)
