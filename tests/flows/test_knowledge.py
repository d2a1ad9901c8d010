"""Knowledge: a volunteer searches and shares, writes one of their own, and a coordinator reads it before anybody."""

from __future__ import annotations

import pytest

from bot.core.network.drafts import Help
from bot.store.knowledge_tables import knowledge
from bot.store.network import keep_volunteer, set_volunteer
from tests.flows.stage import Phone, Stage, plain

DETAILS = {
    "offers": ["mentor"],
    "languages": ["da"],
    "free": Help(("mentor",), ("da",)).free,
    "place": "ringe",
    "km": 20,
    "capacity": 1,
    "kind": "unsaid",
    "children": False,
}


async def volunteer(play: Stage, name: str, language: str) -> Phone:
    """Somebody whose help a coordinator has approved."""
    phone = await play.newcomer(name, language)
    services, number = play.app.services, await play.id_of(phone)
    async with services.database.write() as tx:
        await keep_volunteer(tx, services.community, number, DETAILS, play.clock())
        await set_volunteer(tx, services.community, number, play.clock(), state="approved")
    return phone


async def test_it_is_searched_in_ones_own_words_read_and_shared_and_newcomers_are_left_alone(play: Stage) -> None:
    sana, peter = await play.coordinator("Sana"), await play.coordinator("Peter")
    hana, amina = await volunteer(play, "Hana", "ar"), await play.newcomer("Amina")
    await hana.says("/network")
    await hana.taps("K")
    await hana.says("مترجم في مكان العمل")
    assert "مترجم عند أول سوء فهم" in hana.sees
    await hana.taps("Ks:interpreter-at-work")
    assert "أمثلة وتوصيات" in hana.sees, "it names the page it comes from"
    share = next(b for row in hana.bubbles[-1].buttons for b in row if "url" in b)["url"]
    assert share.startswith("https://t.me/share/url?url=")
    assert "start%3Dk_interpreter-at-work" in share
    await hana.taps("Kc:")
    assert [each for each in hana.buttons if each.startswith("KC:")] == ["KC:interpreter-at-work:0"]
    hana.presses("KC:", twice=True)
    await play.settle()
    for phone in (sana, peter):
        assert phone.all_seen.count("A volunteer sends you this") == 1
        assert "Hana" not in phone.all_seen
    await hana.forges("K")
    await hana.says("skattekort")
    assert "skattekort" in hana.sees
    assert any(each.startswith("Kt:") for each in hana.buttons), "nothing, said honestly, and the nearest themes"
    await hana.says("my husband beats me help me now")
    assert "112" in hana.all_seen, "danger is not searched for"

    await sana.says("/knowledge")
    await sana.taps("Kt:cooperation:0")
    assert "Kt:cooperation:1" in sana.buttons
    await sana.taps("Kt:cooperation:1")
    await sana.taps("Ks:")
    await sana.taps("Kc:")
    await sana.taps(f"KC:{sana.data('KC:').split(':')[1]}:{await play.id_of(peter)}")
    assert "Sana sends you this" in peter.sees

    await amina.says("/start k_start-early")
    assert "This is for volunteers and coordinators." in amina.sees
    await amina.says("/network")
    assert not any(each == "K" for each in amina.all_buttons)
    for forged in ("K", "Ks:start-early", "KX:start-early", "Kn", "Ky:1", "Kp:0"):
        await amina.forges(forged)
        assert "Start early" not in amina.sees
    await sana.forges("Kx:start-early")
    await sana.taps("KX:start-early")
    await hana.forges("Ks:start-early")
    assert "start-early" not in "".join(hana.buttons)


@pytest.mark.both_engines
async def test_ones_own_is_read_by_a_coordinator_first_sent_back_written_anew_and_taken_down(play: Stage) -> None:
    sana, hana = await play.coordinator("Sana"), await volunteer(play, "Hana", "da")
    omar = await volunteer(play, "Omar", "en")
    await hana.says("/knowledge")
    await hana.taps("Kn")
    await hana.says("Suppe på tirsdage\nRing til mig på 62 61 60 59, så kan vi lave suppe sammen.")
    assert "nummer" in hana.sees, "nobody's number is published"
    await hana.says("Suppe på tirsdage\nVi laver suppe sammen hver tirsdag. Alle tager en ret med.")
    await hana.taps("KK:")
    assert any(each.startswith("KT:") for each in hana.buttons)
    hana.presses("KT:", twice=True)
    await play.settle()
    assert sana.all_seen.count("Somebody wrote this for all who help") == 1
    assert "Hana" not in sana.all_seen
    await omar.says("/knowledge")
    await omar.says("suppe")
    assert "I found nothing" in omar.sees, "nobody sees it before a coordinator has read it"
    await sana.says("/today")
    assert "Suppe på tirsdage" in sana.sees
    await sana.taps("Kd:")
    await sana.taps("Kb:")
    await sana.says("Hvor mange kom der?")
    assert "Hvor mange kom der?" in hana.sees
    await hana.taps("Ke:")
    await hana.says("Suppe på tirsdage\nVi laver suppe sammen hver tirsdag. Der kommer tyve.")
    await hana.taps("KK:")
    await hana.taps("KT:1:mentors")
    assert "Der kommer tyve." in sana.sees
    sana.presses("Ky:", twice=True)
    await play.settle()
    assert plain(hana.all_seen).count("kan nu læses af alle") == 1
    await omar.says("suppe")
    await omar.taps("Ks:")
    assert "Der kommer tyve." in omar.sees
    assert "In Danish:" in omar.sees
    (row,) = await play.rows(knowledge)
    number = row["id"]
    await omar.forges(f"KX:{number}")
    assert (await play.rows(knowledge))[0]["state"] == "shown", "it is not his"
    await hana.says("/deleteme")
    await hana.taps("del!")
    assert await play.rows(knowledge) == []
    await omar.forges(f"Ks:{number}")
    assert "This is not there any more." in omar.sees
