"""The first steps over the first year: one question, small pieces in their time, and the three answers to each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.schedule import ZONE
from bot.loading import load_pack
from bot.store.first_step_tables import beginnings
from bot.store.tables import notices
from tests.flows.stage import PACK, Stage, plain


@pytest.mark.slow
async def test_a_newcomer_is_told_each_step_in_its_time_and_within_the_cap_over_the_first_year(play: Stage) -> None:
    sana = await play.coordinator()
    amina = await play.newcomer("Amina")
    await amina.says("I am new here")
    assert "When did you move here?" in amina.sees
    amina.presses("sm:202611", twice=True)
    await play.settle()
    assert "Register your address" in amina.sees
    assert "1 of 2 that matter now" in amina.sees
    await amina.taps("sd:borgerservice")
    assert "Done: Register your address" in amina.sees
    assert "If you fall ill" in amina.sees
    await amina.taps("sh:illness")
    assert "A person will answer you here" in amina.sees
    assert "Hvis du bliver syg" in sana.all_seen
    assert "2026" not in sana.sees.split("🧭")[-1]  # a case knows the step, not when they came
    await amina.taps("sr:illness")
    await amina.taps("sR:illness:7")
    assert "Monday 30/11 10:00" in amina.all_seen
    said = len(amina.bubbles)
    await play.until("2027-12-20", "12:00")
    told = [each for each in amina.bubbles[said:] if "🧭" in each.text]
    heads = [plain(each.text).splitlines()[0] for each in told]
    assert heads.count("⏰ You asked me to remind you") == 1
    titles = [head.removeprefix("🧭 ") for head in heads if head.startswith("🧭")]
    wanted = {step.texts["en"].title for step in PACK.first_steps if step.from_week >= 1}
    assert (len(titles), set(titles)) == (len(wanted), wanted)  # each of them once, none missing
    unasked = [each.at.astimezone(ZONE) for each in told if plain(each.text).startswith("🧭")]
    assert all(8 <= each.hour < 20 for each in unasked)
    assert len({each.date() for each in unasked}) == len(unasked)
    for at in unasked:
        assert sum(at <= other < at + timedelta(days=7) for other in unasked) <= 3
    assert "A year in Denmark" in amina.sees


async def test_a_month_is_corrected_a_pack_changes_and_who_ends_it_is_forgotten(play: Stage) -> None:
    amina, omar = await play.newcomer("Amina"), await play.newcomer("Omar")
    for phone in (amina, omar):
        await phone.says("/firststeps")
        await phone.taps("sm:1")
        assert "Gather your papers" in phone.sees
    await amina.forges("sm:2")  # 🏠 under the last of them
    assert "Register your address" in amina.sees
    assert len([row for row in await play.rows(notices) if row["state"] == "waiting"]) > 10
    await amina.taps("sw")
    await amina.taps("sm:202609")  # it was September
    assert "1 of 11 that matter now" in amina.sees
    fewer = tuple(step for step in PACK.first_steps if step.id != "help-others")
    await load_pack(play.app.services.database, replace(PACK, first_steps=fewer, digest="fewer"))
    await play.later(days=2)
    waiting = [row["content"]["step"] for row in await play.rows(notices) if row["state"] == "waiting"]
    assert "help-others" not in waiting
    assert "plan-again" in waiting
    await amina.says("/stop")
    await amina.says("/start")
    await amina.forges("go")
    assert "plan-again" in [row["content"]["step"] for row in await play.rows(notices) if row["state"] == "waiting"]
    await amina.says("/firststeps")
    await amina.taps("sx")
    assert [row for row in await play.rows(notices) if row["state"] == "waiting"] == []
    assert [row["person"] for row in await play.rows(beginnings)] == [await play.id_of(omar)]
    await amina.forges("ss:no-such-step")
    assert "not there any more" in amina.sees
