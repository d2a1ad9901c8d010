"""A cohort from its enrolment to the certificate, by moving the clock: themes, reminders, the door, what was missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.activities import spot
from bot.core.model import Activity
from bot.core.schedule import ZONE
from bot.loading import load_pack
from bot.store.tables import signups
from tests.flows.stage import PACK, Phone, Stage, plain

RINGE = "ny-i-danmark-ringe-1"  # Tuesdays 17:00–19:00 from 1/12; two Thursdays; away over Christmas
FAABORG = "ny-i-danmark-faaborg-1"  # Wednesdays 10:00–12:00 from 13/1


def local(phone: Phone, text: str) -> list[str]:
    """When the bot wrote bubbles with this in them, by the clock in Denmark."""
    return [f"{each.at.astimezone(ZONE):%d/%m %H:%M}" for each in phone.bubbles if text in plain(each.text)]


async def enrols(phone: Phone, cohort: int) -> str:
    await phone.says("programmes")
    await phone.taps("Pp:ny-i-danmark")
    await phone.taps(f"Pc:{cohort}")
    return await phone.taps(f"Pj:{cohort}")


@pytest.mark.slow
async def test_a_cohort_from_the_list_to_the_certificate(play: Stage) -> None:
    ringe, faaborg = play.number(RINGE), play.number(FAABORG)
    sana = await play.coordinator()
    await sana.says("/programmes")
    await sana.taps("PD")
    await sana.taps("PR")
    await sana.taps("PR:ny-i-danmark-ringe")
    token = sana.sees.split("start=")[1].split()[0]
    tesfay = await play.newcomer("Tesfay")
    await tesfay.says(f"/start {token}")
    assert "You lead a group now: New in Denmark" in tesfay.sees
    amina, omar = await play.newcomer("Amina"), await play.newcomer("Omar")
    for phone in (amina, omar):
        assert "You have a seat." in await enrols(phone, ringe)
    assert "Choose 3 more themes." in amina.sees
    await amina.taps(f"Pt:{ringe}")
    for theme in ("clubs", "cycling", "food"):
        await amina.taps(f"PT:{ringe}:{theme}")
    await amina.taps(f"PT:{ringe}:it")
    assert "You have chosen 3. Take one away first." in amina.sees
    await amina.taps("Pc:")
    await amina.forges(f"Pj:{faaborg}")
    assert "You take part in New in Denmark" in amina.sees
    await play.until("2026-12-01", "18:00")
    assert local(amina, "📚 Denmark and daily life") == ["30/11 17:00", "01/12 15:00"]
    assert local(omar, "🎯 Choose 3 more themes.")  # asked once more, two days after
    await leads(tesfay, ringe)
    await tesfay.taps("Pa:")
    assert "👥 2 are expected" in tesfay.sees
    await tesfay.taps("PI:")
    await tesfay.taps(next(each for each in tesfay.buttons if each.endswith(":d")))
    assert "✅ 1 came" in tesfay.sees
    assert "💛 1 could not come" in tesfay.sees
    assert "Amina" not in tesfay.all_seen
    await leads(tesfay, ringe)
    await tesfay.taps("eh:")
    await tesfay.says("Bring a pen on Tuesday, please.")
    await tesfay.taps("eH:")
    assert "Bring a pen" in amina.all_seen
    assert "Bring a pen" in omar.all_seen
    await play.until("2026-12-02", "12:00")
    assert local(omar, "We missed you") == ["02/12 11:00"]
    assert "Wednesday 13/01 10:00" in omar.sees
    assert local(amina, "We missed you") == []
    await omar.taps("Pv:")
    assert "Done: Wednesday 13/01 10:00" in omar.all_seen
    await play.until("2026-12-09", "12:00")
    assert local(tesfay, "Who came?") == ["09/12 11:00"]
    for session in play.guide.sessions(ringe)[1:]:
        await play.until(str(session.occurrence.start.date()), "19:30")
        await tesfay.forges(f"PJ:{spot(ringe, session.day)}:a")
    assert local(omar, "🎟 Your number at the door: 101") == ["12/01 17:00", "13/01 08:00"]
    assert local(amina, "📚 Phone and computer") == []
    assert local(amina, "📚 Cycling and traffic") == ["25/01 17:00", "26/01 15:00"]
    await play.until("2027-02-04", "12:00")
    assert "Well done! You took part in everything." in amina.sees
    await amina.taps("Pf:")
    await amina.says("أمينة العلي 3")
    assert "Write a name" in amina.sees
    await amina.says("أمينة العلي")
    (paper,) = [each for each in amina.bubbles if each.kind == "document"]
    assert paper.api["document"]["file_name"] == "certificate-ny-i-danmark.pdf"
    assert (await amina.reader()).person.step is None  # type: ignore[union-attr] # she is remembered
    await omar.says("programmes")
    await omar.taps(f"Pc:{ringe}")
    assert "📜 Certificate" in omar.labels


async def leads(trainer: Phone, cohort: int) -> None:
    """Opens the group in the trainer's own list."""
    await trainer.says("/programmes")
    await trainer.taps("PD")
    await trainer.taps(f"PD:{cohort}")


@pytest.mark.both_engines
async def test_a_plan_that_changes_a_full_cohort_and_leaving_lose_nothing(play: Stage) -> None:
    ringe = play.number(RINGE)
    services = play.app.services
    small = tuple(replace(each, capacity=1) if each.id == RINGE else each for each in PACK.activities)
    await load_pack(services.database, replace(PACK, activities=small, digest="small"), play.clock())
    await services.current.refresh(play.clock())
    amina, omar = await play.newcomer("Amina"), await play.newcomer("Omar")
    assert "You have a seat." in await enrols(amina, ringe)
    assert "You are number 1 in line." in await enrols(omar, ringe)
    later = tuple(shifted(each) if each.id == RINGE else each for each in small)
    for _ in range(2):  # loaded twice, told once
        await load_pack(services.database, replace(PACK, activities=later, digest="later"), play.clock())
    await play.later(minutes=2)
    for phone in (amina, omar):
        assert len(local(phone, "The plan has changed")) == 1
        assert "🆕 📅 Tuesday 01/12 18:00" in phone.sees
    (first, second) = sorted(await play.rows(signups), key=lambda row: row["person"])
    assert (first["state"], second["state"]) == ("going", "waiting")
    await amina.taps("Px:")
    await amina.taps("PX:")
    await play.later(minutes=11)
    assert "A seat is free for you." in omar.sees
    await omar.taps("o:")
    await play.until("2026-12-01", "17:30")
    assert local(omar, "📚 Denmark and daily life") == ["30/11 17:00", "01/12 16:00"]
    assert local(amina, "📚 Denmark and daily life") == []
    gone = tuple(each for each in later if each.id != RINGE)
    await load_pack(services.database, replace(PACK, activities=gone, digest="gone"), play.clock())
    await play.later(minutes=2)
    assert "The group of New in Denmark" in omar.sees
    assert "The group of New in Denmark" not in amina.all_seen
    await omar.forges(f"Pc:{ringe}")
    await omar.forges(f"PD:{ringe}")  # only its trainer leads it
    assert "🚪" not in omar.sees


def shifted(cohort: Activity) -> Activity:
    """The cohort an hour later each time."""
    hour = timedelta(hours=1)
    listed = {
        day: replace(held, start=held.start + hour, end=held.end + hour) for day, held in cohort.schedule.listed.items()
    }
    return replace(cohort, schedule=replace(cohort.schedule, listed=listed))
