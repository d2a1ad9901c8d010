"""Rights are checked where something is done, not in the menu; who erases themselves leaves no name behind."""

from __future__ import annotations

import pytest

from bot.store.meeting_tables import meeting_points, meeting_replies, outcomes
from tests.flows.meetings.network import is_secretary, planned, represents
from tests.flows.stage import Stage

OF_WHO_RUNS_THEM = (
    *("Mw:1", "Mn:1", "My:1", "Mv:1", "Mb:1:d", "Mz:1", "Mt:1", "Mk:1", "Mx", "Mx:other", "Mr", "Mo:0", "Ms"),
    *("MR:1:1:2340:1630:1830", "Me:1:s", "Mf:1:0", "MP:1"),
)
OF_COORDINATORS = ("Ml:0", "ML:c009o:o", "MQ:c009o", "MI:c009o", "MM:c009o", "MS:s", "MG:s:1:0", "MJ:c009o:1")
FORGED = ("M?", "Mm", "Mm:x", "Mr:9:9:9:9:9", "MT:1:zzzzzzz:1:1", "Ma:1:q", "MG:q:1:1", "Mj:1:y", "M:-1")


async def test_a_button_that_is_not_yours_changes_nothing_and_is_answered(play: Stage) -> None:
    sana = await play.coordinator()
    per = await represents(play, "Per", "fynsland")
    mia = await represents(play, "Mia", "fmk-integration")
    amina = await play.newcomer("Amina")
    await is_secretary(play, sana, mia)
    await amina.says("/meetings")
    before = await planned(play)
    for phone, verbs in ((per, OF_WHO_RUNS_THEM + OF_COORDINATORS), (amina, ("M", "Mm:1", *OF_WHO_RUNS_THEM))):
        for data in verbs:
            said = await phone.forges(data)
            assert "coordinators" in said or "not there any more" in said, data
    for data in OF_COORDINATORS:
        assert "coordinators" in await mia.forges(data), data
    for data in FORGED:
        assert await per.forges(data)
    assert await planned(play) == before


@pytest.mark.both_engines
async def test_who_erases_themselves_leaves_what_they_took_on_without_a_name(play: Stage) -> None:
    sana = await play.coordinator()
    per = await represents(play, "Per", "fynsland")
    await play.until("2026-12-29", "09:01")
    await per.taps("Ma:1:y")
    await per.taps("Mp:1")
    await per.says("A place for bicycles")
    await play.until("2027-02-10", "10:00")
    await sana.says("/meetings")
    await sana.taps("Mm:1")
    await sana.taps("Mv:1")
    await sana.taps("Mb:1:a")
    await sana.says("Ask for a room")
    await sana.chooses_label("Per, Fynsland")
    await sana.says("1/6")
    await per.says("/deleteme")
    await per.taps("del!")
    assert [(row["whose"], row["person"]) for row in await play.rows(outcomes)] == [("Fynsland", None)]
    assert [(row["organisation"], row["person"]) for row in await play.rows(meeting_points)] == [("fynsland", None)]
    assert await play.rows(meeting_replies) == []
    await sana.taps("Mv:1")
    assert "Ask for a room (Fynsland, Tuesday 01/06)" in sana.all_seen
