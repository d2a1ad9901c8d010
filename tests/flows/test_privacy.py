"""What is kept about a person: shown to them, and gone when they say so, with their seat to the next in line."""

from __future__ import annotations

import json

import pytest

from bot.store.case_tables import cases
from bot.store.tables import metadata, notices, people, signups
from tests.flows.stage import Stage

pytestmark = pytest.mark.both_engines

BREAD = "bagning-korinth"  # two seats


async def test_my_data_is_everything_in_a_file(play: Stage) -> None:
    amina = await play.newcomer("Amina", "ar")
    await amina.signs_up(BREAD)
    await amina.says("/mydata")
    bubble = amina.bubbles[-1]
    data = json.loads(play.world.files[bubble.api["document"]["file_id"]].content)
    assert (data["person"]["language"], data["person"]["place"]) == ("ar", "ringe")
    assert len(data["signups"]) == 1
    assert data["notices"]
    assert bubble.protected


async def test_delete_me_asks_once_more_and_then_everything_is_gone_and_the_seat_is_the_next_ones(play: Stage) -> None:
    sana = await play.coordinator()
    amina, berhane, chen = [await play.newcomer(name) for name in ("Amina", "Berhane", "Chen")]
    for phone in (amina, berhane, chen):
        await phone.signs_up(BREAD)
        await play.later(minutes=1)
    await amina.says("🙋 A person")
    await amina.says("qwrtplkj my secret")
    await amina.says("remind me on Thursday at 9:00 to call zxcvbnm")
    await amina.taps("ry")
    person = (await amina.reader()).person
    assert person is not None
    await amina.says("/deleteme")
    assert len(await play.rows(people)) == 4
    await amina.taps("del!")
    assert play.world.keyboard(amina.person) is None
    assert (await amina.reader()).person is None
    for table in (signups, notices, cases):
        assert [row for row in await play.rows(table) if row["person"] == person.id] == []
    kept = str([await play.rows(table) for table in metadata.sorted_tables])
    assert [word for word in ("my secret", "zxcvbnm", str(amina.person.id)) if word in kept] == []
    assert "A seat is free for you." in chen.sees
    assert "qwrtplkj" in sana.all_seen  # what a coordinator's phone has shown is not ours to take back
    said = len(amina.bubbles)
    await play.until("2026-11-27", "12:00")
    assert len(amina.bubbles) == said


async def test_who_comes_back_starts_anew(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("/deleteme")
    await amina.taps("del!")
    await amina.says("/start")
    assert any(each.startswith("l:") for each in amina.buttons)


async def test_deleting_twice_from_an_old_bubble_is_harmless(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.says("/deleteme")
    amina.presses("del!", twice=True)
    await play.settle()
    assert await play.rows(people) == []
    assert "We keep nothing about you." in amina.all_seen


async def test_sign_ups_and_notices_are_gone_sixty_days_after(play: Stage) -> None:
    amina = await play.newcomer("Amina")
    await amina.signs_up(BREAD)
    await play.until("2027-01-22", "12:00")
    assert len(await play.rows(signups)) == 1
    await play.until("2027-02-02", "12:00")
    assert (await play.rows(signups), await play.rows(notices)) == ([], [])
    assert len(await play.rows(people)) == 1
