"""An interpreter for a seat, a first meeting, a case: asked in turn, told of every change, honest where nobody is."""

from __future__ import annotations

import pytest
from icalendar import Calendar, Event

from bot.store.interpreting_tables import interpreters, interpreting_asked, interpreting_tasks
from tests.flows.interpreting.people import interpreter, needs
from tests.flows.network.people import met
from tests.flows.stage import Phone, Stage

SUPPER = "faellesspisning-hillerslev"  # Friday 27/11 18:00, in Danish


def event_of(phone: Phone) -> Event:
    """The event of the newest calendar file on this phone."""
    file = next(bubble.api["document"] for bubble in reversed(phone.bubbles) if bubble.kind == "document")
    (event,) = Calendar.from_ical(phone.stage.world.files[file["file_id"]].content).walk("VEVENT")
    assert isinstance(event, Event)
    return event


async def states(play: Stage) -> list[str]:
    return [each["state"] for each in await play.rows(interpreting_tasks)]


@pytest.mark.both_engines
async def test_they_are_asked_in_turn_and_who_says_yes_hears_of_moves_and_may_say_no_again(play: Stage) -> None:
    sana = await play.coordinator()
    hana, idris = await interpreter(play, "Hana", sana), await interpreter(play, "Idris Omar", sana)
    amina = await needs(play, SUPPER)
    assert "نسأل المترجمين الآن" in amina.sees
    assert "Can you interpret?" in hana.sees
    assert "Arabic ↔ Danish" in hana.sees
    assert "Friday 27/11 18:00" in hana.sees
    assert "Amina" not in hana.sees
    assert "Can you interpret?" not in idris.all_seen
    await amina.says("أحتاج إلى مترجم")
    await amina.taps("Ia:s")
    assert len(await states(play)) == 1, "asking twice is one task"
    await play.later(hours=25)
    assert "Can you interpret?" in idris.sees, "the time to answer is over, and the next is asked"
    idris.presses("Iy:", twice=True)
    await play.settle()
    assert "You interpret for Amina." in idris.sees
    assert idris.bubbles[-1].protected
    await idris.taps("Ic:")
    first = event_of(idris)
    assert (str(first["summary"]), str(first["status"])) == ("Interpreting", "CONFIRMED")
    assert first.decoded("dtstart").isoformat() == "2026-11-27T18:00:00+01:00"
    assert "Amina" not in first.to_ical().decode(), "others see the phone"
    assert amina.all_seen.count("لديكم مترجم: Idris") == 1
    assert "Omar" not in amina.all_seen
    await hana.taps("Iy:")
    assert "not needed any more" in hana.sees
    await hana.forges(f"Ic:{(await play.rows(interpreting_tasks))[0]['id']}")
    assert str(event_of(hana)["status"]) == "CANCELLED", "it is not hers"
    await play.manages(sana, SUPPER)
    await sana.taps("km:")
    assert "What you interpret has moved" in idris.all_seen
    assert "Friday 27/11 19:00" in idris.sees
    await play.until("2026-11-26", "18:00")
    assert "Tomorrow: you interpret" in idris.sees
    await idris.taps("Ic:")
    moved = event_of(idris)
    assert (moved["uid"], moved.decoded("sequence") > first.decoded("sequence")) == (first["uid"], True)
    assert moved.decoded("dtstart").hour == 19
    await idris.taps("Ix:")
    await idris.taps("IX:")
    await idris.taps("Ic:")
    gone = event_of(idris)
    assert (gone["uid"], str(gone["status"]), "location" in gone) == (first["uid"], "CANCELLED", False)
    assert gone.decoded("sequence") > moved.decoded("sequence")
    assert "لن يتمكن المترجم" in amina.all_seen
    assert "Can you interpret?" in hana.sees, "who did not answer said no no"
    await hana.taps("Iy:")
    assert "لديكم مترجم: Hana" in amina.sees
    assert await states(play) == ["found"]
    await play.later(days=2)
    assert "Soon: you interpret" in hana.all_seen
    assert "Soon" not in idris.all_seen
    assert await states(play) == ["over"]


async def test_where_nobody_fits_it_is_said_at_once_and_whoever_is_approved_later_is_asked(play: Stage) -> None:
    sana = await play.coordinator()
    amina = await needs(play, SUPPER)
    assert "لم نجد أحدًا" in amina.all_seen
    assert "No interpreter so far" in sana.all_seen
    await sana.says("/today")
    assert "No interpreter so far: Friday 27/11 18:00" in sana.sees
    hana = await interpreter(play, "Hana", sana)
    assert "Can you interpret?" in hana.sees
    await hana.taps("Ir:")
    assert "We do not ask you before" in hana.sees
    assert [each["answer"] for each in await play.rows(interpreting_asked)] == ["no"]
    await hana.says("/interpreter")
    await hana.taps("Ivn")
    assert "Can you interpret?" not in hana.sees, "a no is never asked twice for the same"
    idris = await interpreter(play, "Idris", sana)
    await idris.taps("Iy:")
    assert "لديكم مترجم: Idris" in amina.sees
    await idris.says("/interpreter")
    await idris.taps("Ivx")
    await play.later(minutes=1)
    assert "لن يتمكن المترجم" in amina.all_seen, "who interprets no more does not come"
    await amina.opens(SUPPER)
    await amina.taps("x:")
    await play.later(minutes=11)
    assert await states(play) == ["off"], "who has no seat needs nobody"


async def test_a_child_is_met_only_with_a_boerneattest_and_the_end_of_a_match_reaches_who_comes(play: Stage) -> None:
    amina, bente, sana, match = await met(play)
    hana = await interpreter(play, "Hana", sana)
    await amina.taps(f"nm:{match.id}")
    await amina.taps(f"Ia:m{match.id}")
    await amina.taps("Il:")
    await amina.taps(f"IL:m{match.id}:ar")
    await amina.taps("Ib:")
    assert "first meeting of two people" in hana.sees
    await hana.taps("Iy:")
    assert "Hana" in amina.sees
    assert "An interpreter comes: Hana" in bente.sees, "both of the two hear who comes"
    await sana.forges(f"Io:{(await play.rows(interpreting_tasks))[0]['id'] + 1}")
    await bente.taps(f"nm:{match.id}")
    await bente.taps(f"ne:{match.id}")
    await bente.taps(f"nE:{match.id}:time")
    await play.later(minutes=1)
    assert "You need not interpret" in hana.sees
    await hana.taps("Ic:")
    assert "it is taken out of your phone's calendar" in hana.sees
    assert str(event_of(hana)["status"]) == "CANCELLED"
    assert await states(play) == ["off"]


async def test_a_case_says_when_and_where_and_never_what_it_is_about(play: Stage) -> None:
    sana = await play.coordinator()
    hana = await interpreter(play, "Hana", sana)
    amina = await play.newcomer("Amina", "ar")
    await amina.says("/help")
    await amina.taps("h")
    await amina.says("ابني مريض ولا أعرف ماذا أفعل")
    await sana.taps("ht:")
    await sana.taps("Ia:c")
    await sana.taps(
        "Ib:c",
    )
    assert "When do you need the interpreter?" in sana.sees
    assert "I do not know that time" in await sana.says("soon")
    await sana.says("Friday 14-15")
    assert "By phone" in sana.sees
    await sana.taps("IK:")
    assert "By phone" in hana.sees
    assert "مريض" not in hana.all_seen
    await hana.taps("Iy:")
    assert "لديكم مترجم: Hana" in amina.sees
    assert "An interpreter comes: Hana" in sana.sees
    assert "Amina" not in hana.all_seen
    await erases(amina)
    assert "You need not interpret" in hana.sees
    assert await play.rows(interpreting_tasks) == []
    await erases(hana)
    assert await play.rows(interpreters) == []


async def erases(phone: Phone) -> None:
    await phone.says("/deleteme")
    await phone.taps("del!")
