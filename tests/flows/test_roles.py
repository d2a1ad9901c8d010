"""Who coordinates: invited from the chat, also for one organisation only, and removed; what they had goes on."""

from __future__ import annotations

import pytest

from bot.core.rights import organiser_of
from bot.store.case_tables import cases, colleagues, invitations
from bot.store.tables import people
from tests.flows.stage import Phone, Stage

CLUB = "boldklub"


def link_in(phone: Phone) -> str:
    return "/start " + phone.sees.partition("?start=")[2].split()[0]


@pytest.mark.both_engines
async def test_a_coordinator_invites_another_who_may_all_and_removes_them_again(play: Stage) -> None:
    sana, peter, amina = await play.coordinator("Sana"), await play.newcomer("Peter"), await play.newcomer("Amina")
    await sana.says("/colleagues")
    await sana.taps("Ri")
    await peter.says(link_in(sana))
    assert "Your colleagues see you as Peter." in peter.sees
    await amina.says(link_in(sana))
    assert "This link does not work any more." in amina.sees
    await sana.says("/colleagues")
    assert "Sana: coordinator" in sana.sees
    assert "Peter: coordinator" in sana.sees

    await amina.says("🙋 A person")
    await peter.taps("ht:")
    await sana.taps(f"Rp:{await play.id_of(peter)}")
    await sana.taps("RX:")
    assert "You do not coordinate here any more." in peter.all_seen
    assert "Somebody asks for a person" in sana.sees, "what he had is everybody's again"
    assert [row["taken_by"] for row in await play.rows(cases)] == [None]
    await peter.says("I can help her", reply_to=next(b.id for b in peter.bubbles if "You have this case" in b.text))
    assert "I can help her" not in amina.all_seen
    await peter.says(link_in_chat(play, peter))
    assert (await peter.reader()).coordinates is False, "an old link does not bring him back"


def link_in_chat(play: Stage, phone: Phone) -> str:
    return next(m.text for m in play.world.chat(phone.person) if m.text.startswith("/start i_"))


@pytest.mark.both_engines
async def test_the_last_coordinator_stays_and_an_invitation_is_taken_back(play: Stage) -> None:
    sana, eve = await play.coordinator("Sana"), await play.newcomer("Eve")
    await sana.says("/colleagues")
    await sana.taps("Rp:")
    await sana.taps("RX:")
    assert "Somebody has to be there." in sana.sees
    await sana.taps("R")
    await sana.taps("Ri")
    link = link_in(sana)
    await sana.taps("Rt:")
    await eve.says(link)
    assert "This link does not work any more." in eve.sees
    assert [row for row in await play.rows(invitations) if row["used_by"] is None] == []
    for forged in ("R", "Ri", "Ro:0", f"RO:{CLUB}", "Rt", "Rt:zz", "Rp:1", "RX:1"):
        await eve.forges(forged)
    assert {row["roles"] for row in await play.rows(people)} == {"", "coordinator"}


async def test_who_looks_after_one_organisation_changes_its_activities_and_no_others(play: Stage) -> None:
    football = next(each for each in play.guide.activities.values() if each.sign_up == "each")
    other = next(each for each in play.guide.activities.values() if each.organisation != football.organisation)
    omar = await play.coordinator("Omar", organiser_of(football.organisation))
    await omar.says("/coordinate")
    shown = {play.guide.activities[int(each.split(":")[1])].organisation for each in omar.buttons if each[:2] == "k:"}
    assert shown == {football.organisation}
    assert not {"N", "R", "kn"} & set(omar.buttons)
    coming = play.guide.coming(other.number, play.clock())[0]
    mine = omar.data("k:")
    await omar.forges(f"k:{other.number}:{mine.split(':')[2]}")
    assert "Only coordinators can do this." in omar.sees
    assert coming.state == "on"
    await omar.says("/coordinate")
    await omar.taps("k:")
    await omar.taps("km:")
    assert "Everyone who signed up is told." in omar.sees
    for forged in ("N", "R", "kn"):
        await omar.forges(forged)
        assert "Only coordinators can do this." in omar.sees
    assert [row["name"] for row in await play.rows(colleagues)] == ["Omar"]
