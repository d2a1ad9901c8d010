"""When something goes otherwise: moved, called off, late, two secretaries, an organisation that leaves, a bad rule."""

from __future__ import annotations

from datetime import date

import pytest
from icalendar import Calendar

from bot.core.meetings.model import Rule
from bot.core.query import base36, code
from bot.core.schedule import ZONE, local_day
from bot.meetings import pages
from bot.meetings.rule_desk import coded
from tests.flows.meetings.network import is_secretary, kept, planned, represents, writes_agenda
from tests.flows.stage import Phone, Stage, plain


def count(phone: Phone, text: str) -> int:
    return sum(text in plain(bubble.text) for bubble in phone.bubbles)


def calendar_of(phone: Phone) -> tuple[int, str, str]:
    """SEQUENCE, STATUS and start of the newest calendar file on the phone."""
    newest = next(bubble for bubble in reversed(phone.bubbles) if "document" in bubble.api)
    content = phone.stage.world.files[newest.api["document"]["file_id"]].content
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert str(event["uid"]) == "faaborg-midtfyn.meeting.1@brobot"
    start = event.decoded("dtstart").astimezone(ZONE)
    return int(str(event["sequence"])), str(event["status"]), f"{start:%d/%m %H:%M}"


async def moves(phone: Phone, meeting: int, to: str) -> str:
    """Who runs meetings moves one in words, and says yes. Gives what was said before the yes."""
    await phone.says("/meetings")
    await phone.taps(f"Mm:{meeting}")
    await phone.taps(f"Mt:{meeting}")
    shown = await phone.says(to)
    await phone.taps(f"MT:{meeting}:")
    return shown


@pytest.mark.both_engines
async def test_a_meeting_that_is_moved_and_called_off_follows_in_calendars_and_is_told_once(play: Stage) -> None:
    sana = await play.coordinator()
    per = await represents(play, "Per", "fynsland")
    ole = await represents(play, "Ole", "roede-kors-faaborg")
    await play.until("2026-12-29", "09:01")
    await per.taps("Ma:1:y")
    await per.taps("Mc:1")
    assert calendar_of(per) == (0, "CONFIRMED", "09/02 16:30")
    await per.taps("Mp:1")
    await per.says("A place for bicycles in Ringe")

    await play.until("2027-01-26", "10:00")
    assert "Please write the agenda" in sana.all_seen, "nobody is secretary, so the coordinator is asked"
    await sana.taps("Mw:1")
    await sana.taps("Mi:")
    await sana.taps("Mj:")
    await sana.taps("My:1")
    await play.until("2027-02-02", "09:01")
    assert count(per, "📋 Agenda") == count(ole, "📋 Agenda") == 1
    assert "A place for bicycles in Ringe (Fynsland)" in per.sees

    assert "It goes out once more" in await moves(sana, 1, "23/2 17-19")
    sana.presses("Mm:1", twice=True)
    assert count(per, "New time") == 1
    assert calendar_of(per) == (1, "CONFIRMED", "23/02 17:00")
    assert "New time" not in ole.all_seen, "the orientation level gets agendas and minutes alone"
    await play.until("2027-02-16", "09:01")
    assert "As it is now:" in per.sees
    assert count(per, "📋 Agenda") == 2

    assert "The agenda you have still holds." in await moves(sana, 1, "18/2 17-19")
    assert "still holds" in per.sees
    await sana.taps("Mk:1")
    await sana.taps("MK:1:")
    await sana.forges(f"MK:1:{base36(0)}")
    assert count(per, "❌ Cancelled") == 1
    assert calendar_of(per) == (3, "CANCELLED", "18/02 17:00")
    await sana.says("/meetings")
    await sana.taps("Mm:2")
    await sana.taps("Mw:2")
    assert "Fynsland proposes: A place for bicycles in Ringe" in sana.sees, "nothing is lost"


async def test_papers_that_nobody_writes_are_chased_and_told_of_honestly_once(play: Stage) -> None:
    sana = await play.coordinator()
    mia = await represents(play, "Mia", "fmk-integration")
    per = await represents(play, "Per", "fynsland")
    ole = await represents(play, "Ole", "roede-kors-faaborg")
    await is_secretary(play, sana, mia)
    await play.until("2027-02-02", "10:00")
    for phone in (per, ole):
        assert "not ready yet" in phone.sees
    assert "The agenda is missing" in mia.sees
    assert "The agenda is missing" in sana.sees
    await sana.says("/today")
    while "The agenda of Tuesday 09/02 is missing" not in sana.sees:
        await sana.taps([each for each in sana.buttons if each.startswith("T:")][-1])
    await play.until("2027-02-04", "19:00")
    assert count(mia, "The agenda is missing") == 3
    await writes_agenda(mia, 1, "Summer holidays")
    assert "It goes out now." in mia.all_seen
    await mia.says("/meetings")
    await mia.taps("Mm:1")
    await mia.taps("Mw:1")
    assert "Nobody gets it twice" in await mia.taps("My:1")
    await play.until("2027-02-16", "10:00")
    assert [count(phone, "📋 Agenda") for phone in (per, ole)] == [1, 1]
    assert [count(phone, "The minutes of this meeting are not ready yet") for phone in (per, ole)] == [1, 1]

    await mia.taps("Mv:1")
    assert "Nothing stands in them" in await mia.taps("Mz:1")
    await mia.taps("Mb:1:a")
    await mia.says("Ask the library for a room")
    assert "needs a name and a date" in await _back_and_ready(mia)
    await mia.taps("Mq:")
    await mia.taps("Mu:")
    await mia.chooses_label("Per, Fynsland")
    await mia.says("9/3")
    await mia.taps("Mz:1")
    assert "Per, Fynsland, Tuesday 09/03" in per.sees
    await mia.taps("Mz:1")
    assert "Nobody gets them twice" in mia.all_seen
    assert count(per, "📝 Minutes") == 1
    await play.until("2027-03-06", "10:00")
    assert "How far is it?" in per.sees
    await play.until("2027-03-10", "10:00")
    assert "Still open" in mia.sees
    await per.taps("Md:")
    assert "Thank you, that is done." in per.sees
    await play.until("2027-06-01", "10:00")
    assert count(mia, "Still open") == 1


async def _back_and_ready(phone: Phone) -> str:
    await phone.taps("Mv:1")
    return await phone.taps("Mz:1")


async def test_two_secretaries_an_organisation_that_leaves_and_a_rule_without_a_date(play: Stage) -> None:
    sana = await play.coordinator()
    lone = await play.coordinator("Lone")
    per = await represents(play, "Per", "fynsland")
    mia = await represents(play, "Mia", "fmk-integration")
    for coordinator in (sana, lone):
        await coordinator.says("/meetings")
        await coordinator.taps("Ms")
        await coordinator.taps("MS:s")
    await sana.taps(f"MG:s:{await play.id_of(mia)}:0")
    await lone.taps(f"MG:s:{await play.id_of(per)}:0")
    assert "There is only one" in lone.sees
    assert "Secretary: Mia" in lone.sees
    assert "You are the secretary" not in per.all_seen

    await play.until("2026-12-29", "09:01")
    await per.taps("Ma:1:y")
    await sana.says("/meetings")
    await sana.taps("Mo:0")
    await sana.taps(f"MO:{code('fynsland', 5)}")
    await sana.taps("MQ:")
    await sana.taps("MV:")
    assert count(per, "Fynsland leaves the network") == 1
    await sana.says("/meetings")
    await sana.taps("Mm:1")
    assert "Fynsland" not in sana.sees, "its answer counts no more"
    assert "not in the network at the moment" in await per.says("/meetings")
    await play.until("2027-02-20", "10:00")
    assert "Agenda" not in per.all_seen
    assert "not ready" not in per.all_seen

    fifths = Rule((2, 5, 8, 11), 5, 1, (await play_rule(play)).start, (await play_rule(play)).end)
    await sana.says("/meetings")
    await sana.taps("Mr")
    await sana.forges(f"Mr:{coded(fifths)}")
    assert "has no such day" in sana.sees
    await sana.forges(f"MR:{coded(fifths)}")
    assert local_day((await planned(play))[0].start) == date(2027, 5, 11), "nothing has changed"


async def play_rule(play: Stage) -> Rule:
    assert play.guide.charter is not None
    return play.guide.charter.rule


async def test_a_new_rule_an_overlap_and_a_meeting_for_a_part_of_the_members(play: Stage) -> None:
    sana = await play.coordinator()
    per = await represents(play, "Per", "fynsland")
    rikke = await represents(play, "Rikke", "ryslinge-lokalraad")
    rule = await play_rule(play)
    await play.until("2026-12-30", "09:01")
    await sana.says("/meetings")
    await sana.taps("Mr")
    thursdays = Rule(rule.months, rule.nth, 3, rule.start, rule.end)
    await sana.taps(f"Mr:{coded(thursdays)}")
    await sana.taps("MR:")
    await play.later(minutes=1)
    assert count(per, "❌ Cancelled") == 1, "the one they were asked to; of the others nobody knew"
    assert [local_day(each.start) for each in await planned(play)][:2] == [date(2027, 2, 11), date(2027, 5, 13)]
    await sana.taps(f"Mr:{coded(rule)}")
    await sana.taps("MR:")
    await play.later(minutes=1)
    assert local_day((await planned(play))[0].start) == date(2027, 2, 9), "the old rule, and its meeting is back"
    assert count(per, "will you come?") == 2, "asked anew"
    await sana.taps(f"Mr:{coded(thursdays)}")
    await sana.taps("MR:")
    await play.until("2026-12-31", "09:01")
    assert count(per, "will you come?") == 3

    await sana.says("/meetings")
    await sana.taps("Mx")
    await sana.taps("Mx:exchange")
    assert "At the same time: Network meeting" in await sana.says("11/2 17-19")
    await sana.taps("MX:exchange:")
    number = int(sana.data("MP:").split(":")[1])
    await sana.taps(f"Me:{number}:s")
    await sana.says("Homework cafés")
    await sana.taps(f"Mf:{number}:0")
    while not any("Ryslinge" in label for label in sana.labels):
        await sana.taps(f"Mf:{number}:1")
    await sana.chooses_label(next(label for label in sana.labels if "Ryslinge" in label))
    await sana.taps(f"Mm:{number}")
    before = count(per, "will you come?")
    await sana.taps(f"MP:{number}")
    await play.later(minutes=1)
    assert "Homework cafés" in rikke.all_seen
    assert count(per, "will you come?") == before
    assert "not there any more" in await per.forges(f"Mm:{number}")
    assert (await kept(play, number)).parties == ("ryslinge-lokalraad",)
    seen = await pages.overview(play.app.services, await rikke.reader(), play.clock())
    assert seen.buttons
